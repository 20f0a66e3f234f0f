"""Programs of the system that some tests drive; `scripts/system_packages.sh` installs them."""

import os
import shutil

import pytest


def require(program: str) -> None:
    """Skip the test where a program is missing; in CI, where everything must run, fail it."""
    if shutil.which(program):
        return
    reason = f"{program} is not installed: sh scripts/system_packages.sh"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def tesseract() -> str:
    """The program that recognises characters."""
    require("tesseract")
    return "tesseract"
