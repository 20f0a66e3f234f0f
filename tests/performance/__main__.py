"""`make bench`: every list called MEASUREMENTS in a bench_*.py of this folder."""

import importlib
from pathlib import Path

import harness


def registered() -> list[harness.Measurement]:
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    return [measurement for name in names for measurement in importlib.import_module(name).MEASUREMENTS]


if __name__ == "__main__":
    raise SystemExit(harness.main(registered()))
