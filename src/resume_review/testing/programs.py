"""Programs of the system that some tests drive; `scripts/system_packages.sh` installs them."""

import os
import shutil

import pytest


def require(program: str) -> str:
    """The path of a program; where it is missing, skip the test, or in CI, where everything must run, fail it."""
    # Daemons lie where a plain user's PATH does not lead.
    if path := shutil.which(program) or shutil.which(program, path="/usr/sbin"):
        return path
    reason = f"{program} is not installed: sh scripts/system_packages.sh"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def tesseract() -> str:
    """The program that recognises characters."""
    require("tesseract")
    return "tesseract"
