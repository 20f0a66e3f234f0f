"""The PDF builder for the tests beside it."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def make() -> ModuleType:
    """The builder module; test folders are no packages, so it is loaded by its path."""
    name = "resume_review_pdf_test_builder"
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("builder.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
