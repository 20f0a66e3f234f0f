"""What is planted where, what the rubric answers, and which of its findings lie on the planted words."""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import cast

import yaml
from planted_faults import Fault, NotHereError, faults
from planted_layouts import LAYOUTS, LOOKS, kind_of, render

from resume_review.documents import Document
from resume_review.documents.limits import Limits
from resume_review.documents.reader import read_document
from resume_review.rubric import Review, review

HERE = Path(__file__).parent
TODAY = date(2026, 11, 15)
INDUSTRIES = {
    "strategy": "strategy_consulting", "tech": "tech_consulting", "finance": "ma_finance",
    "advisory": "financial_advisory", "full": "full_service_consulting", "si": "system_integrator",
}  # fmt: skip
LARGE = Limits(file_bytes=40 * 1024 * 1024)

Settings = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A resume with one fault; without a check it is the clean resume."""

    check: str = ""
    place: str = ""
    name: str
    layout: str
    text: str
    words: tuple[str, ...] = ()
    look: Settings = ()
    asked: Settings = ()
    listed: bool = True

    def label(self) -> str:
        return f"{self.layout} {self.name}: {self.place} {' / '.join(self.words)[:90]}"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, as far as counting needs it."""

    check: str
    quote: str
    severity: int
    message: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Answer:
    case: Case
    hit: bool
    findings: tuple[Found, ...]
    pages: int = 1
    overall: int | None = None
    error: str = ""


@cache
def resumes() -> dict[str, str]:
    """The clean resumes by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / "resumes").glob("*.md"))}


def industry_of(name: str) -> str:
    """The industry that is the second word of the name of a resume."""
    return INDUSTRIES[name.split("_")[1]]


def judge(
    name: str, markdown: str, layout: str, look: Settings = (), asked: Settings = ()
) -> tuple[Document, Review]:
    """Raises `AssertionError` where a finding does not quote what stands at its place."""
    document = read_document(*render(markdown, layout, dict(look)), limits=LARGE)
    wanted = {"industry": industry_of(name), **dict(asked)}
    answer = review(document, review_date=TODAY, **wanted)  # pyright: ignore[reportArgumentType] - from a data file
    for finding in answer.findings:
        if finding.quote is not None and document.text[finding.start : finding.end] != finding.quote:
            raise AssertionError(f"{finding.check} quotes words that are not at its place")
    return document, answer


def touches(check: str, answer: Review, document: Document, words: Iterable[str]) -> bool:
    """Whether a finding of the check lies on one of the words; without words, whether there is one."""
    flat = [flattened(part) for part in words]
    body = flattened(document.text)
    for finding in answer.findings:
        if finding.check != check:
            continue
        quote = flattened(finding.quote or "")
        if not flat or (not quote and not any(part in body for part in flat)):
            return True
        if quote and any(part in quote or quote in part or quote[:25] == part[:25] for part in flat):
            return True
    return False


def flattened(text: str) -> str:
    """Without what a layout may change: blanks and case."""
    return "".join(text.split()).casefold()


def answered(case: Case) -> Answer:
    """Reviews one case; an exception is an answer too, so that the others are still counted."""
    try:
        return _answered(case)
    except Exception as error:  # noqa: BLE001 - whatever a resume can make fail is what is looked for
        return Answer(case, hit=False, findings=(), error=f"{type(error).__name__}: {error}")


def _answered(case: Case) -> Answer:
    document, answer = judge(case.name, case.text, case.layout, case.look, case.asked)
    findings = tuple(
        Found(finding.check, finding.quote or "", finding.severity, finding.message)
        for finding in answer.findings
    )
    hit = bool(case.check) and touches(case.check, answer, document, case.words)
    return Answer(case, hit, findings, max(1, len(document.pages)), answer.scores.overall)


def answers(cases: list[Case], workers: int = 1) -> Iterator[Answer]:
    """Reviews all cases, in order."""
    if workers <= 1:
        yield from map(answered, cases)
        return
    # Forked, so that the packs and patterns that are loaded here are there already.
    answered(cases[0])
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        yield from pool.map(answered, cases, chunksize=16)


def processors() -> int:
    return len(os.sched_getaffinity(0))


def clean_cases(layouts: Iterable[str], languages: Iterable[str]) -> list[Case]:
    return [
        Case(name=name, layout=layout, text=text)
        for layout in layouts
        for name, text in resumes().items()
        if name[:2] in languages
    ]


def planted_cases(
    layouts: Iterable[str], languages: Iterable[str], only: str = "", *, most: int = 2, spread: int = 10,
    listed: bool | None = None,
) -> Iterator[Case]:  # fmt: skip
    """Every fault in Markdown, each in `most` resumes; in each other look `spread` of a check's faults, all when 0.

    How a phrase is judged does not depend on the look: there, some phrases stand for the others, other ones in each look.
    """
    groups: defaultdict[tuple[str, str, str], list[Case]] = defaultdict(list)
    for case in _all_cases(layouts, languages, only, most):
        if listed is None or case.listed is listed:
            groups[case.check, case.layout, case.name[:2]].append(case)
    for (_, layout, _), cases in groups.items():
        if layout == "md" or not spread or len(cases) <= spread:
            yield from cases
        else:
            first = LAYOUTS.index(layout)
            yield from (cases[(first + step * len(cases) // spread) % len(cases)] for step in range(spread))


def _all_cases(layouts: Iterable[str], languages: Iterable[str], only: str, most: int) -> Iterator[Case]:
    for language in languages:
        bases = [(name, text) for name, text in resumes().items() if name.startswith(language)]
        for layout in layouts:
            kind, shift = kind_of(layout), LAYOUTS.index(layout)
            for fault in faults(language):
                lost = fault.place == "case" and LOOKS[layout].caps
                if fault.check.startswith(only) and fault.fits(kind) and not lost:
                    yield from _places(fault, bases, layout, shift, most if layout == "md" else 1)
            yield from _set_cases(bases, layout, only)


def _places(fault: Fault, bases: list[tuple[str, str]], layout: str, shift: int, most: int) -> Iterator[Case]:
    made = 0
    for step in range(len(bases)):
        name, clean = bases[(fault.number * 5 + shift * 2 + step) % len(bases)]
        try:
            text, words = fault.plant(clean)
        except NotHereError:
            continue
        yield Case(
            check=fault.check, place=fault.place, name=name, layout=layout, text=text, words=tuple(words),
            listed=fault.listed,
        )  # fmt: skip
        made += 1
        if made == most:
            return


def _set_cases(bases: list[tuple[str, str]], layout: str, only: str) -> Iterator[Case]:
    """Faults of the look, and of what is asked, each in two resumes."""
    for check, entries in _settings().items():
        if not check.startswith(only):
            continue
        for number, entry in enumerate(entries):
            if layout not in entry["layouts"] and kind_of(layout) not in entry["layouts"]:
                continue
            look, asked = entry.get("look", {}), entry.get("asked", {})
            turned = bases[number * 2 % len(bases) :] + bases[: number * 2 % len(bases)]
            for name, text in [base for base in turned if _fits(base[1], look, asked)][:2]:
                yield Case(
                    check=check, place="settings", name=name, layout=layout, text=text,
                    look=_frozen(look), asked=_frozen(asked),
                )  # fmt: skip


@cache
def _settings() -> dict[str, list[dict[str, dict[str, object]]]]:
    text = (HERE / "planted_settings.yaml").read_text(encoding="utf-8")
    return cast("dict[str, list[dict[str, dict[str, object]]]]", yaml.safe_load(text))


def _fits(text: str, look: dict[str, object], asked: dict[str, object]) -> bool:
    """Whether the resume has what the look changes, and less than what is asked."""
    if "experience_level" in asked and re.search(r"\b2\d years of experience|1[5-9]年", text):
        return False
    if "columns" in look:
        return re.search(r"^## .*Experience\n[\s\S]*^## Education", text, re.MULTILINE) is not None
    return (
        not ("table" in look or "spaces" in look) or re.search(r"^\*\*.* \| ", text, re.MULTILINE) is not None
    )


def _frozen(values: dict[str, object]) -> Settings:
    return tuple((key, _tuples(value)) for key, value in values.items())


def _tuples(value: object) -> object:
    return tuple(_tuples(each) for each in cast("list[object]", value)) if isinstance(value, list) else value
