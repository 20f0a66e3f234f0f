"""What a person waits for when a process starts: the command line, and importing the program."""

import os
import subprocess
import sys
import time
from pathlib import Path

from harness import ROOT, Measurement, Round

BIN = Path(sys.executable).parent
SAMPLE = ROOT / "src" / "resume_review" / "samples" / "strategy_consultant_en.pdf"


def process(*command: str | Path) -> Round:
    # As a user's shell has it: compiled modules are kept, which some containers switch off.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def measure() -> float:
        started = time.perf_counter()
        result = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
        elapsed = 1000 * (time.perf_counter() - started)
        if result.returncode != 0:
            last = (result.stderr.strip() or "no output").splitlines()[-1]
            message = f"exit code {result.returncode}: {last}"
            raise RuntimeError(message)
        return elapsed

    return measure


def python(code: str) -> Round:
    return process(sys.executable, "-c", code)


BARE = python("pass")

MEASUREMENTS = [
    Measurement(
        name="review of the sample, from process start",
        unit="ms",
        measure=process(
            BIN / "resume-review", "review", SAMPLE, "--industry", "strategy_consulting", "--format", "json"
        ),
        baseline_name="python -c pass",
        measure_baseline=BARE,
        goal=800,
    ),
    Measurement(
        name="resume-review --help",
        unit="ms",
        measure=process(BIN / "resume-review", "--help"),
        baseline_name="python -c pass",
        measure_baseline=BARE,
    ),
    Measurement(
        name="import resume_review.main",
        unit="ms",
        measure=python("import resume_review.main"),
        baseline_name="import fastapi, sqlalchemy.ext.asyncio",
        measure_baseline=python("import fastapi, sqlalchemy.ext.asyncio"),
    ),
    Measurement(
        name="import resume_review.cli.app",
        unit="ms",
        measure=python("import resume_review.cli.app"),
        baseline_name="import argparse",
        measure_baseline=python("import argparse"),
    ),
]
