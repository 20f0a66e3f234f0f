"""Measures each thing beside its baseline, in turns, so that a busy machine slows both."""

import json
import os
import platform
import re
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
LATEST = ROOT / ".bench" / "latest.json"
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"

_PREFACE = """# Benchmarks

Written by `make bench`. Each value was measured in turns with its baseline, in the same run, and is a median; what
counts is the ratio, because a slower machine slows both. `OVER` marks what is beyond its goal.

Here: {processors} processors, Python {python}, {system}, {day}. Server, workers, database and whoever loads them
share the processors.

"""

# One round: does the thing once and returns what it cost, in the measurement's unit.
Round = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """`goal` is the most that `value` may be, in `unit`; None where only the ratio is of interest."""

    name: str
    unit: str
    measure: Round
    baseline_name: str
    measure_baseline: Round
    goal: float | None = None
    rounds: int = 5

    @property
    def key(self) -> tuple[str, str]:
        """The same thing may be measured beside several."""
        return self.name, self.baseline_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    name: str
    value: float
    unit: str
    baseline_name: str
    baseline: float
    ratio: float
    goal: float | None

    @property
    def key(self) -> tuple[str, str]:
        """That of its measurement."""
        return self.name, self.baseline_name

    def verdict(self) -> str:
        if self.goal is None:
            return ""
        return "ok" if self.value <= self.goal else "OVER"


def run(measurement: Measurement) -> Outcome:
    """Alternates thing and baseline after one unmeasured round of each, and takes the medians."""
    measurement.measure_baseline()
    measurement.measure()
    pairs = [(measurement.measure_baseline(), measurement.measure()) for _ in range(measurement.rounds)]
    baseline = statistics.median(pair[0] for pair in pairs)
    value = statistics.median(pair[1] for pair in pairs)
    return Outcome(
        name=measurement.name,
        value=round(value, 3),
        unit=measurement.unit,
        baseline_name=measurement.baseline_name,
        baseline=round(baseline, 3),
        # A baseline without a single error has no ratio; the smallest shown value stands in.
        ratio=round(value / max(baseline, 0.001), 2),
        goal=measurement.goal,
    )


def _cells(outcome: Outcome) -> tuple[str, ...]:
    goal = "" if outcome.goal is None else f"<= {outcome.goal:g}"
    value, baseline = f"{outcome.value:g} {outcome.unit}", f"{outcome.baseline:g} {outcome.unit}"
    return (
        outcome.name,
        value,
        baseline,
        outcome.baseline_name,
        f"{outcome.ratio:g}x",
        goal,
        outcome.verdict(),
    )


def table(outcomes: Sequence[Outcome]) -> str:
    rows = [("measurement", "value", "baseline", "", "ratio", "goal", ""), *map(_cells, outcomes)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def page(outcomes: Sequence[Outcome]) -> str:
    """The table as the documentation has it."""
    preface = _PREFACE.format(
        processors=os.cpu_count(),
        python=platform.python_version(),
        system=platform.system(),
        day=datetime.now(UTC).date(),
    )
    rows = [("measurement", "value", "baseline", "which", "ratio", "goal", ""), ("---",) * 7]
    return preface + "".join(f"| {' | '.join(row)} |\n" for row in (*rows, *map(_cells, outcomes)))


def main(measurements: Sequence[Measurement]) -> int:
    """Prints the table and writes the files; a measurement that cannot run fails the whole, after the others.

    `BENCH_ONLY` (a regular expression over names) measures some again; the others keep what was found before.
    """
    wanted = re.compile(os.environ.get("BENCH_ONLY", ""))
    found = {each.key: each for each in _before()} if wanted.pattern else {}
    failures: list[str] = []
    for measurement in measurements:
        if not wanted.search(measurement.name):
            continue
        print(f"measuring {measurement.name} ...", file=sys.stderr)
        try:
            found[measurement.key] = run(measurement)
        except Exception as error:  # noqa: BLE001 - the others are measured all the same
            failures.append(f"{measurement.name}: {type(error).__name__}: {error}")
    outcomes = [found[each.key] for each in measurements if each.key in found]
    LATEST.parent.mkdir(exist_ok=True)
    LATEST.write_text(json.dumps([asdict(outcome) for outcome in outcomes], indent=1) + "\n")
    print(table(outcomes))
    PAGE.write_text(page(outcomes))
    for failure in failures:
        print(f"failed: {failure}", file=sys.stderr)
    return 1 if failures else 0


def _before() -> list[Outcome]:
    return [Outcome(**each) for each in json.loads(LATEST.read_text())] if LATEST.exists() else []
