"""The coverage gate fails for the feature that lacks tests, and is silent otherwise."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

GATE = Path(__file__).parents[2] / "scripts" / "coverage_gate.py"


def gate(folder: Path, covered: dict[str, int]) -> "subprocess.CompletedProcess[str]":
    """Runs the gate over features of ten statements each."""
    files: dict[str, object] = {}
    for feature, lines in covered.items():
        path = Path("src/resume_review/features") / feature
        (folder / path).mkdir(parents=True)
        (folder / path / "__init__.py").touch()
        files[str(path / "service.py")] = {
            "summary": {"covered_lines": lines, "num_statements": 10 if lines else 0}
        }
    (folder / "coverage.json").write_text(json.dumps({"files": files}))
    command = [sys.executable, GATE, "coverage.json"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_covered_features_pass_in_silence(tmp_path: Path) -> None:
    result = gate(tmp_path, {"auth": 8, "candidates": 10})

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_feature_below_the_gate_fails(tmp_path: Path) -> None:
    result = gate(tmp_path, {"auth": 7, "candidates": 10})

    assert (result.returncode, result.stderr) == (1, "coverage of features/auth: 70.0 %, needed 80 %\n")


def test_feature_that_was_not_measured_fails(tmp_path: Path) -> None:
    result = gate(tmp_path, {"auth": 0})

    assert (result.returncode, result.stderr) == (1, "coverage of features/auth: not measured, needed 80 %\n")
