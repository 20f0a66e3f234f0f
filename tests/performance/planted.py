"""`python tests/performance/planted.py`: plants known faults in clean resumes and counts what the rubric finds.

Every fault goes into one clean resume at a time, in each layout. Recall is the share of faults found on the planted words;
precision is the share of a check's findings that a fault was planted for, over all files of the run.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import cast

import yaml
from planted_faults import Fault, NotHereError, faults
from planted_layouts import CJK_FONT, LAYOUTS, Look, render

from resume_review.documents import Document
from resume_review.documents.reader import read_document
from resume_review.rubric import Review, review

HERE = Path(__file__).parent
TODAY = date(2026, 11, 15)
INDUSTRIES = {
    "cloud": "tech_consulting", "strategy": "strategy_consulting", "finance": "ma_finance", "advisory": "financial_advisory",
    "graduate": "tech_consulting", "executive": "system_integrator", "it": "system_integrator", "sales": "system_integrator",
    "data": "tech_consulting",
}  # fmt: skip
RESUMES_PER_FAULT = 2
GRAVE = 3


@dataclass(slots=True)
class Tally:
    """What became of the faults planted for one check."""

    planted: int = 0
    found: int = 0
    false: int = 0
    layouts: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    missed: list[str] = field(default_factory=list[str])

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false) if self.found else 0.0


def resumes() -> dict[str, str]:
    """The clean resumes by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / "resumes").glob("*.md"))}


def industry_of(name: str) -> str:
    return next(
        (code for word, code in INDUSTRIES.items() if word in name.split("_")), "full_service_consulting"
    )


def judge(name: str, markdown: str, layout: str, look: Look | None = None) -> tuple[Document, Review]:
    document = read_document(*render(markdown, layout, look or Look()))
    answer = review(document, industry=industry_of(name), review_date=TODAY)
    for finding in answer.findings:
        if finding.quote is not None and document.text[finding.start : finding.end] != finding.quote:
            message = f"{finding.check} quotes words that are not at its place"
            raise AssertionError(message)
    return document, answer


def touches(check: str, answer: Review, document: Document, words: list[str]) -> bool:
    """Whether a finding of the check lies on one of the words; without words, whether there is one."""
    flat = ["".join(part.split()) for part in words]
    for finding in answer.findings:
        if finding.check != check:
            continue
        if not words:
            return True
        quote = "".join((finding.quote or "").split())
        if quote and any(part in quote or quote in part or quote[:25] == part[:25] for part in flat):
            return True
        if finding.quote is None and not any(part in "".join(document.text.split()) for part in flat):
            return True
    return False


def _keys(answer: Review) -> set[tuple[str, str]]:
    return {(finding.check, finding.quote or "") for finding in answer.findings}


def _bases(language: str) -> list[tuple[str, str]]:
    return [(name, text) for name, text in resumes().items() if name.startswith(language)]


def _chosen(fault: Fault, bases: list[tuple[str, str]]) -> Iterator[tuple[str, str, list[str]]]:
    """The fault in the first resumes that have a place for it, starting at another one for each fault."""
    made = 0
    for step in range(len(bases)):
        name, clean = bases[(fault.number * 3 + step) % len(bases)]
        try:
            text, words = fault.plant(clean)
        except NotHereError:
            continue
        yield name, text, words
        made += 1
        if made == RESUMES_PER_FAULT:
            return


def run(layouts: tuple[str, ...], languages: tuple[str, ...], only: str = "") -> dict[str, Tally]:
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for language in languages:
        bases = _bases(language)
        for layout in layouts:
            if layout == "pdf" and language == "ja" and not CJK_FONT.exists():
                print("Japanese PDF left out: there is no font for it on this machine.", file=sys.stderr)
                continue
            base = {name: _keys(judge(name, text, layout)[1]) for name, text in bases}
            for fault in faults(language):
                if fault.check.startswith(only):
                    _try(fault, bases, base, layout, tallies)
    for check, name, layout, look in _looks(layouts, only):
        document, answer = judge(name, resumes()[name], layout, look)
        _count(tallies[check], f"{layout}: {look}", layout, found=touches(check, answer, document, []))
    return dict(sorted(tallies.items()))


def _try(
    fault: Fault, bases: list[tuple[str, str]], base: dict[str, set[tuple[str, str]]], layout: str,
    tallies: dict[str, Tally],
) -> None:  # fmt: skip
    for name, text, words in _chosen(fault, bases):
        document, answer = judge(name, text, layout)
        found = touches(fault.check, answer, document, words)
        label = f"{layout} {name}: {fault.place} {str(fault.words)[:90]}"
        _count(tallies[fault.check], label, layout, found=found)
        flat = {"".join(part.split()) for part in words}
        for check, quote in _keys(answer) - base[name]:
            short = "".join(quote.split())
            if check == fault.check or not short or any(part in short or short in part for part in flat):
                continue
            if fault.place not in {
                "no_results",
                "plain_person",
                "reverse",
                "drop_section",
                "long",
                "many_bullets",
            }:
                tallies[check].false += 1


def _count(tally: Tally, label: str, layout: str, *, found: bool) -> None:
    tally.planted += 1
    tally.found += found
    counts = tally.layouts.setdefault(layout, [0, 0])
    counts[0] += found
    counts[1] += 1
    if not found:
        tally.missed.append(label)


def _looks(layouts: tuple[str, ...], only: str) -> Iterator[tuple[str, str, str, Look]]:
    table = cast(
        "dict[str, dict[str, dict[str, list[str] | float | bool]]]",
        yaml.safe_load((HERE / "planted_looks.yaml").read_text(encoding="utf-8")),
    )
    for check, by_layout in table.items():
        for layout, settings in by_layout.items():
            if layout in layouts and check.startswith(only):
                values = {
                    key: tuple(value) if isinstance(value, list) else value for key, value in settings.items()
                }
                for name in ("en_cloud_consultant", "en_advisory_senior", "en_executive_si"):
                    yield check, name, layout, Look(**values)  # pyright: ignore[reportArgumentType] - from a data file


def false_alarms(layouts: tuple[str, ...]) -> list[str]:
    """Findings on the clean resumes."""
    return [
        f"{name} {layout} {finding.check} {finding.severity} {(finding.quote or '')[:50]!r} {finding.message[:70]}"
        for name, text in resumes().items()
        for layout in layouts
        for finding in judge(name, text, layout)[1].findings
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layouts", default=",".join(LAYOUTS))
    parser.add_argument("--languages", default="en,ja")
    parser.add_argument("--only", default="", help="id or prefix of the checks")
    parser.add_argument("--missed", action="store_true", help="show the faults that were not found")
    given = parser.parse_args()
    layouts = tuple(given.layouts.split(","))
    tallies = run(layouts, tuple(given.languages.split(",")), given.only)
    print("check  recall  precision    n  by layout")
    for check, tally in tallies.items():
        shares = "  ".join(f"{layout} {good}/{total}" for layout, (good, total) in tally.layouts.items())
        mark = "" if tally.recall >= 0.95 or not tally.planted else "  <-- under 95 %"
        print(f"{check}  {tally.recall:6.1%}  {tally.precision:9.1%} {tally.planted:4}  {shares}{mark}")
        if given.missed:
            for label in tally.missed:
                print("       missed:", label)
    planted = sum(tally.planted for tally in tallies.values())
    found = sum(tally.found for tally in tallies.values())
    print(f"all    {found / max(1, planted):6.1%}  of {planted} faults")
    alarms = false_alarms(layouts)
    grave = [alarm for alarm in alarms if int(alarm.split()[3]) >= GRAVE]
    print(
        f"clean resumes: {len(grave) / len(resumes()) / len(layouts):.2f} false findings of severity >= 3 per page"
    )
    if given.missed:
        print("\n".join(alarms))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
