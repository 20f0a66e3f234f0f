"""What the tests of deployment share."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def supply_chain() -> ModuleType:
    """The script behind `make audit` and `make sbom`."""
    spec = importlib.util.spec_from_file_location("supply_chain", ROOT / "scripts" / "supply_chain.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def shipped(supply_chain: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The locked requirements of the wheel with all extras."""
    return supply_chain.export(tmp_path_factory.mktemp("export") / "requirements.txt")
