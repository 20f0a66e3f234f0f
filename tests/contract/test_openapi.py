"""The committed description of the API is the one that the program gives."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]


def test_description_is_up_to_date(tmp_path: Path) -> None:
    fresh = tmp_path / "openapi.json"
    # The developer's own settings must not show in the description.
    env = {name: value for name, value in os.environ.items() if not name.startswith("RESUME_REVIEW_")}

    subprocess.run([sys.executable, ROOT / "scripts" / "write_openapi.py", fresh], env=env, check=True)

    committed = json.loads((ROOT / "openapi.json").read_text())
    assert committed == json.loads(fresh.read_text()), "run `make openapi` and commit openapi.json"
