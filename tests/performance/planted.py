"""`python tests/performance/planted.py`: plants known faults in clean resumes and counts what the rubric finds.

Every fault goes into one clean resume at a time, in each layout. Recall is the share of faults found on the planted words.
Precision is the share of a check's findings that are right: wrong are those on clean resumes that `planted_accepted.yaml`
does not grant, and those that a planted fault brings up elsewhere although it is no cause of them.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

import yaml
from planted_cases import (
    HERE,
    TODAY,
    Answer,
    Found,
    answers,
    clean_cases,
    flattened,
    planted_cases,
    processors,
    resumes,
)
from planted_layouts import LAYOUTS

from resume_review.rubric.registry import all_checks

__all__ = [
    "LANGUAGES",
    "LAYOUTS",
    "TODAY",
    "Proof",
    "Tally",
    "all_checks",
    "planted_cases",
    "processors",
    "prove",
    "resumes",
    "table",
]

GRAVE = 3
# Findings of this severity tell and do not blame.
INFORMATION = 1
ENOUGH = 0.95
LANGUAGES = ("en", "ja")


@dataclass(slots=True)
class Tally:
    """What became of the faults planted for one check."""

    planted: int = 0
    found: int = 0
    wrong: list[str] = field(default_factory=list[str])
    missed: list[str] = field(default_factory=list[str])
    places: dict[str, list[int]] = field(default_factory=dict[str, list[int]])

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        claimed = self.found + len(self.wrong)
        return self.found / claimed if claimed else 1.0

    def blind(self) -> list[str]:
        """Layouts and languages in which none of the faults is found."""
        return [place for place, (found, planted) in self.places.items() if planted and not found]

    @property
    def weak(self) -> bool:
        return self.recall < ENOUGH or self.precision < ENOUGH or bool(self.blind())


@dataclass(slots=True)
class Proof:
    """All tallies by check, and what was found on the clean resumes."""

    tallies: dict[str, Tally]
    grave: list[str]
    errors: list[str]
    pages: int

    @classmethod
    def joined(cls, one: "Proof", other: "Proof") -> "Proof":
        """Of two runs in different places."""
        tallies = dict(one.tallies)
        for check, more in other.tallies.items():
            mine = tallies.get(check, Tally())
            tallies[check] = Tally(
                planted=mine.planted + more.planted, found=mine.found + more.found,
                wrong=mine.wrong + more.wrong, missed=mine.missed + more.missed, places=mine.places | more.places,
            )  # fmt: skip
        return cls(tallies, one.grave + other.grave, one.errors + other.errors, one.pages + other.pages)

    @property
    def recall(self) -> float:
        planted = sum(tally.planted for tally in self.tallies.values())
        return sum(tally.found for tally in self.tallies.values()) / max(1, planted)

    @property
    def precision(self) -> float:
        found = sum(tally.found for tally in self.tallies.values())
        return found / max(1, found + sum(len(tally.wrong) for tally in self.tallies.values()))


def prove(
    layouts: Sequence[str] = LAYOUTS, languages: Sequence[str] = LANGUAGES, only: str = "", *, most: int = 2,
    spread: int = 10, workers: int = 1, listed: bool | None = None,
) -> Proof:  # fmt: skip
    """Runs all cases.

    Args:
        layouts, languages: Where to plant.
        only: The id or prefix of the checks.
        most: Resumes for each fault in Markdown; elsewhere it is one.
        spread: Faults of each check and language in looks other than Markdown; all when 0.
        workers: Processes.
        listed: Only phrasings our lists were made with in view, or only others.
    """
    cases = [
        *clean_cases(layouts, languages),
        *planted_cases(layouts, languages, only, most=most, spread=spread, listed=listed),
    ]
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    base: dict[tuple[str, str], Answer] = {}
    grave: list[str] = []
    errors: list[str] = []
    accepted, consequences = _granted("planted_accepted"), _granted("planted_consequences")
    for answer in answers(cases, workers):
        case = answer.case
        errors += [f"{case.label()} [{case.check}] {answer.error}"] if answer.error else []
        if not case.check:
            base[case.name, case.layout] = answer
            alarms = [
                found
                for found in answer.findings
                if found.severity > INFORMATION and found.check not in accepted.get(case.name, {})
            ]
            for found in alarms:
                text = f"{case.layout} {case.name}: {found.severity} {found.quote[:60]!r} {found.message}"
                tallies[found.check].wrong.append(text)
                grave += [f"{found.check} {text}"] if found.severity >= GRAVE else []
            continue
        _count(tallies[case.check], answer)
        for found in _elsewhere(answer, base[case.name, case.layout], consequences.get(case.place, {})):
            tallies[found.check].wrong.append(
                f"{case.label()} [{case.check}] brings {found.quote[:60]!r} {found.message}"
            )
    pages = sum(answer.pages for answer in base.values())
    return Proof(
        {check: tallies[check] for check in sorted(tallies) if check.startswith(only)}, grave, errors, pages
    )


def _granted(name: str) -> dict[str, dict[str, str]]:
    """Checks that may speak, with the reason."""
    text = (HERE / f"{name}.yaml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, str]]", yaml.safe_load(text))


def _count(tally: Tally, answer: Answer) -> None:
    case = answer.case
    tally.planted += 1
    tally.found += answer.hit
    place = tally.places.setdefault(f"{case.name[:2]} {case.layout}", [0, 0])
    place[0] += answer.hit
    place[1] += 1
    if not answer.hit:
        tally.missed.append(case.label())


def _elsewhere(answer: Answer, base: Answer, granted: dict[str, str]) -> Iterable[Found]:
    """New findings away from the planted words that the fault does not explain."""
    case = answer.case
    known = {(found.check, flattened(found.quote)) for found in base.findings}
    words = [flattened(part) for part in case.words]
    for found in answer.findings:
        quote = flattened(found.quote)
        new = (
            found.severity > INFORMATION
            and (found.check, quote) not in known
            and found.check != case.check
            and found.check not in granted
        )
        # What is said about the planted words, or about the line that holds them, is about the fault.
        if new and quote and not any(part in quote or quote in part for part in words):
            line = next((line for line in case.text.splitlines() if quote in flattened(line)), "")
            if not any(part in flattened(line) for part in words):
                yield found


def table(proof: Proof, *, missed: bool = False) -> str:
    """One line for each check and layout; weak ones are marked."""
    lines = ["check   recall  precision  planted  found by language and layout"]
    for check, tally in proof.tallies.items():
        shares = "  ".join(f"{place} {found}/{all_}" for place, (found, all_) in tally.places.items())
        mark = "  <-- weak" if tally.weak else ""
        lines.append(
            f"{check}  {tally.recall:6.1%}  {tally.precision:9.1%}  {tally.planted:7}  {shares}{mark}"
        )
        if missed:
            lines += [f"        missed: {label}" for label in tally.missed]
            lines += [f"        wrong: {label}" for label in tally.wrong]
    planted = sum(tally.planted for tally in proof.tallies.values())
    lines.append(
        f"all     {proof.recall:6.1%}  {proof.precision:9.1%}  {planted:7}  "
        f"clean resumes: {len(proof.grave) / max(1, proof.pages):.2f} wrong findings of severity >= {GRAVE} a page"
    )
    lines += [f"failed: {error}" for error in proof.errors]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--layouts", default=",".join(LAYOUTS), help=f"of {', '.join(LAYOUTS)}")
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--only", default="", help="id or prefix of the checks, such as CON01 or TON")
    parser.add_argument("--missed", action="store_true", help="show each missed fault and each wrong finding")
    parser.add_argument("--all", action="store_true", help="plant all faults in all looks")
    parser.add_argument("--workers", type=int, default=processors())
    given = parser.parse_args()
    started = time.perf_counter()
    proof = prove(
        given.layouts.split(","), given.languages.split(","), given.only,
        spread=0 if given.all or given.only else 10, workers=given.workers,
    )  # fmt: skip
    print(table(proof, missed=given.missed))
    print(f"{time.perf_counter() - started:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
