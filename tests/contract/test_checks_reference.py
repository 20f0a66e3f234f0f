"""The committed reference of the checks is the one that the program gives."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]


def test_reference_is_up_to_date(tmp_path: Path) -> None:
    fresh = tmp_path / "checks.md"

    subprocess.run([sys.executable, ROOT / "scripts" / "write_checks.py", fresh], check=True)

    committed = (ROOT / "docs" / "reference" / "checks.md").read_text(encoding="utf-8")
    assert committed == fresh.read_text(encoding="utf-8"), (
        "run `make reference` and commit docs/reference/checks.md"
    )
