"""Fails when a feature has less line coverage than the gate. Silent when all hold.

Usage: coverage_gate.py COVERAGE_JSON
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

GATE = 80.0
FEATURES = Path("src/resume_review/features")


class Summary(TypedDict):
    covered_lines: int
    num_statements: int


class FileReport(TypedDict):
    summary: Summary


def coverage_of(feature: Path, files: dict[str, FileReport]) -> float | None:
    """Percent of the feature's statements that ran, or None when nothing of it was measured."""
    summaries = [report["summary"] for path, report in files.items() if Path(path).is_relative_to(feature)]
    statements = sum(summary["num_statements"] for summary in summaries)
    if not statements:
        return None
    return 100 * sum(summary["covered_lines"] for summary in summaries) / statements


def faults(root: Path, files: dict[str, FileReport]) -> Iterator[str]:
    for folder in sorted((root / FEATURES).iterdir()):
        if not (folder / "__init__.py").is_file():
            continue
        percent = coverage_of(folder.relative_to(root), files)
        if percent is None or percent < GATE:
            measured = "not measured" if percent is None else f"{percent:.1f} %"
            yield f"coverage of features/{folder.name}: {measured}, needed {GATE:.0f} %"


def main() -> int:
    report: dict[str, dict[str, FileReport]] = json.loads(Path(sys.argv[1]).read_text())
    found = list(faults(Path(), report["files"]))
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
