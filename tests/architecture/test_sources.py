"""Rules of the house that can be read off a file's syntax tree."""

import ast
import math
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

Plant = Callable[[str, str], Path]

# The one place that ends a transaction; see docs/adr/0001-transaction-edge.md.
TRANSACTION_EDGE = Path("database/session.py")
LONGEST_POLL_SECONDS = 0.05
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}
SWITCHED_OFF = {f"pytest.{name}" for name in ("xfail", "importorskip", "mark.skip", "mark.xfail")}
KIND = re.compile(r"pytest\.mark\.(unit|integration|e2e)\b")


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def trees(paths: list[Path]) -> Iterator[tuple[Path, ast.AST]]:
    for path in paths:
        yield from ((path, node) for node in ast.walk(parse(path)))


def commits(paths: list[Path]) -> list[str]:
    return [
        f"{path}:{node.lineno}"
        for path, node in trees(paths)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
        and path.parts[-2:] != TRANSACTION_EDGE.parts
    ]


def vague_names(paths: list[Path]) -> list[str]:
    return [str(path) for path in paths if VAGUE & {path.stem, path.parent.name}]


def switched_off(paths: list[Path]) -> list[str]:
    """Tests that never run. One that a machine cannot run (no root, another system) asks for that first."""
    return [f"{path}:{node.lineno}: {ast.unparse(node)}" for path in paths for node in never_run(parse(path))]


def never_run(tree: ast.AST) -> Iterator[ast.expr]:
    asked = {inner for node in ast.walk(tree) if asks(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in SWITCHED_OFF:
            yield node
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called == "pytest.skip" and node not in asked:
                yield node
            if called == "pytest.mark.skipif" and isinstance(node.args[0], ast.Constant):
                yield node


def asks(node: ast.AST) -> bool:
    """An `if`, or a helper that tests call to learn whether they can run."""
    return isinstance(node, ast.If) or (
        isinstance(node, ast.FunctionDef) and not node.name.startswith("test_")
    )


def sleeps(paths: list[Path]) -> list[str]:
    """Calls that wait for time to pass. A short pause in a `while` loop waits for a condition instead."""
    polls = {
        call
        for _, loop in trees(paths)
        if isinstance(loop, ast.While)
        for call in ast.walk(loop)
        if (pause := pause_of(call)) is not None and pause <= LONGEST_POLL_SECONDS
    }
    return [
        f"{path}:{call.lineno}"
        for path, call in trees(paths)
        if isinstance(call, ast.Call) and pause_of(call) and call not in polls
    ]


def pause_of(node: ast.AST) -> float | None:
    """Seconds that a call of `sleep` takes, infinite when not a number; None for anything else."""
    if not isinstance(node, ast.Call) or ast.unparse(node.func).rpartition(".")[2] != "sleep":
        return None
    match node.args:
        case [ast.Constant(value=int() | float() as seconds)]:
            return seconds
        case _:
            return math.inf


def without_kind(paths: list[Path]) -> list[str]:
    return [
        str(path) for path in paths if path.name.startswith("test_") and not KIND.search(path.read_text())
    ]


def relative_imports(paths: list[Path]) -> list[str]:
    return [
        f"{path}:{node.lineno}"
        for path, node in trees(paths)
        if isinstance(node, ast.ImportFrom) and node.level
    ]


def product(paths: list[Path]) -> list[Path]:
    return [path for path in paths if "src" in path.parts and "tests" not in path.parts]


def test_only_the_edge_commits(sources: list[Path]) -> None:
    assert commits(product(sources)) == []


def test_commit_elsewhere_is_found(plant: Plant) -> None:
    allowed = plant("database/session.py", "async def edge(s):\n    await s.commit()\n")
    planted = plant("features/auth/repository.py", "async def add(s):\n    await s.commit()\n")

    assert commits([allowed, planted]) == [f"{planted}:2"]


def test_modules_are_named_for_what_they_hold(sources: list[Path]) -> None:
    assert vague_names(sources) == []


def test_vague_module_is_found(plant: Plant) -> None:
    planted = [plant("auth/utils.py", ""), plant("auth/helpers/dates.py", "")]

    assert vague_names(planted) == [str(path) for path in planted]


def test_no_test_is_switched_off(test_files: list[Path]) -> None:
    assert switched_off(test_files) == []


@pytest.mark.parametrize(
    "line",
    [
        "@pytest.mark.skip",
        "@pytest.mark.xfail(strict=False)",
        "@pytest.mark.skipif(True, reason='x')",
        "pytest.skip('x')",
    ],
)
def test_switched_off_test_is_found(plant: Plant, line: str) -> None:
    path = plant("test_x.py", f"{line}\ndef test_y() -> None: ...\n")

    assert len(switched_off([path])) == 1


def test_asking_the_machine_first_is_allowed(plant: Plant) -> None:
    path = plant(
        "test_x.py", "MARK = pytest.mark.skipif(os.geteuid() != 0)\nif closed():\n    pytest.skip('x')\n"
    )

    assert switched_off([path]) == []


def test_no_test_sleeps(test_files: list[Path]) -> None:
    # The chaos driver is a program, and its pauses are between the faults that it makes.
    assert sleeps([path for path in test_files if not path.name.startswith("chaos")]) == []


def test_sleep_is_found(plant: Plant) -> None:
    path = plant("test_x.py", "sleep(1)\ntime.sleep(0.1)\nasyncio.sleep(0)\nwhile not done:\n    sleep(x)\n")

    assert sleeps([path]) == [f"{path}:1", f"{path}:2", f"{path}:5"]


def test_polling_is_no_sleep(plant: Plant) -> None:
    path = plant("test_x.py", "while not done():\n    time.sleep(0.01)\n")

    assert sleeps([path]) == []


def test_every_test_file_names_its_kind(test_files: list[Path]) -> None:
    assert without_kind(test_files) == []


def test_file_without_kind_is_found(plant: Plant) -> None:
    path = plant("test_x.py", "def test_x(): assert True\n")

    assert without_kind([path]) == [str(path)]


def test_imports_are_absolute(sources: list[Path]) -> None:
    assert relative_imports(sources) == []


def test_relative_import_is_found(plant: Plant) -> None:
    path = plant("a.py", "from . import b\n")

    assert relative_imports([path]) == [f"{path}:1"]


def test_tests_folders_are_no_packages(test_files: list[Path]) -> None:
    # With an __init__ two files of one name collide, and import-linter takes tests for product code.
    assert [path for path in test_files if path.name == "__init__.py"] == []
