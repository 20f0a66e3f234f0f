"""What the architecture tests share: the files they read, and a place to plant a violation."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

Plant = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def sources() -> list[Path]:
    """Every Python file of the project, tests and scripts included."""
    return [*files("src"), *files("tests"), *files("scripts")]


@pytest.fixture(scope="session")
def test_files(sources: list[Path]) -> list[Path]:
    return [path for path in sources if "tests" in path.parts]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Writes one file below a temporary folder, for a rule to find fault with."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write


def files(folder: str) -> Iterator[Path]:
    return (ROOT / folder).rglob("*.py")
