"""Headings and the sections they open. Words name a heading; typography confirms or denies it."""

import re
from collections import Counter
from dataclasses import dataclass, field

from resume_review.documents.assembly import Assembled
from resume_review.documents.dates import find_dates
from resume_review.documents.model import BlockKind, Section, SectionType
from resume_review.documents.sections.catalogue import TOLD, is_spaced, match_heading
from resume_review.documents.units import Unit

LONGEST_HEADING = 60
MOST_WORDS = 7
# From this look on (-1 to 2) a line is set apart from the text around it.
SET_APART = 0.4


# Marks before headings rather than before items of a list.
_HEADING_MARKS = "■□◆◇★☆▼▶"
# Sections that may go on under the same heading on the next page; other headings that repeat are labels.
_REPEATED = (SectionType.EXPERIENCE, SectionType.EDUCATION, SectionType.CONTACT)


@dataclass(slots=True)
class Part:
    """A section with its units; `type` is null for what stands before the first heading."""

    type: SectionType | None
    units: list[Unit] = field(default_factory=list[Unit])
    heading: Unit | None = None


@dataclass(slots=True)
class Sections:
    """Sections as the Document shows them, and as the fact readers use them."""

    sections: list[Section]
    parts: list[Part]

    def of(self, *types: SectionType) -> list[Part]:
        """Parts of the given types, in reading order."""
        return [part for part in self.parts if part.type in types]

    @property
    def headings(self) -> dict[int, SectionType]:
        """Start offset of each heading."""
        return {part.heading.start: part.type for part in self.parts if part.heading and part.type}


@dataclass(slots=True)
class _Candidate:
    unit: Unit
    type: SectionType
    sure: float
    looks: float


def detect_sections(assembled: Assembled, units: list[Unit]) -> Sections:
    """Split the units at the headings."""
    body = _body_size(units)
    candidates = [
        candidate
        for before, unit in zip([None, *units], units, strict=False)
        if (candidate := _candidate(assembled, unit, body, alone=_stands_alone(before, unit)))
    ]
    found = {id(candidate.unit): candidate for candidate in _confirmed(candidates)}
    parts = [Part(type=None)]
    for unit in units:
        candidate = found.get(id(unit))
        if candidate is not None:
            parts.append(Part(type=candidate.type, heading=unit))
        else:
            parts[-1].units.append(unit)
    sections = [_section(part, parts[index + 1 :], assembled) for index, part in enumerate(parts)]
    return Sections(sections=[section for section in sections if section], parts=parts)


def _stands_alone(before: Unit | None, unit: Unit) -> bool:
    """Whether a blank line stands above, in formats that know no more of a line than that."""
    return before is None or (unit.first.top is None and before.rows[-1].block != unit.first.block)


def _section(part: Part, later: list[Part], assembled: Assembled) -> Section | None:
    if part.heading is None or part.type is None:
        return None
    after = next((other.heading for other in later if other.heading), None)
    end = after.first.start if after else len(assembled.text)
    start = part.heading.first.start
    title = part.heading.text.strip().rstrip(":：")
    end = start + len(assembled.text[start:end].rstrip())
    return Section(type=part.type, title=title, start=start, end=end, page=part.heading.first.page)


def _body_size(units: list[Unit]) -> float | None:
    sizes = Counter[float]()
    for unit in units:
        if unit.first.font_size:
            sizes[round(unit.first.font_size, 1)] += len(unit.text)
    return sizes.most_common(1)[0][0] if sizes else None


def _candidate(assembled: Assembled, unit: Unit, body: float | None, *, alone: bool) -> _Candidate | None:
    text = unit.text.strip()
    if not is_spaced(text) and (len(text) > LONGEST_HEADING or len(text.split()) > 2 * MOST_WORDS):
        return None
    marked = assembled.text[unit.first.start] in _HEADING_MARKS
    if unit.bullet and unit.first.kind is BlockKind.BULLET and not _larger(unit, body) and not marked:
        return None
    matched = match_heading(text)
    if matched is None:
        return None
    if marked and unit.bullet and not _larger(unit, body) and matched[1] < 1.0:
        return None
    looks = _looks(unit, body) + (0.5 if marked and unit.bullet and not _larger(unit, body) else 0.0)
    if matched[1] <= TOLD and (_is_prose(unit) or (looks < SET_APART and not alone)):
        return None
    return _Candidate(unit, matched[0], matched[1], looks)


def _larger(unit: Unit, body: float | None) -> bool:
    """Set larger than the text: a mark before it, such as a square, makes no bullet of it."""
    return bool(body and unit.first.font_size and unit.first.font_size > body * 1.08)


def _is_prose(unit: Unit) -> bool:
    """A telling word in the head of an entry, in a label with its value or in a sentence opens no section."""
    text = unit.text.strip()
    return (
        bool(unit.gaps)
        or text.endswith((".", ",", "。", "、"))
        or re.search(r"[:：|,、@(（].*\w", text) is not None
    )


def _looks(unit: Unit, body: float | None) -> float:
    """How much the line looks like a heading, from -1 to 2."""
    row = unit.first
    score = 0.0
    if row.kind is BlockKind.HEADING:
        score += 1.0
    if body and row.font_size:
        score += 0.8 if _larger(unit, body) else (-0.6 if row.font_size < body * 0.9 else 0.0)
    if row.bold:
        score += 0.4
    letters = [char for char in unit.text if char.isalpha()]
    if letters and all(char.isupper() for char in letters) and any(char.lower() != char for char in letters):
        score += 0.5
    if unit.text.rstrip().endswith((":", "：")):
        score += 0.2
    if unit.bullet and not _larger(unit, body):
        score -= 0.5
    if find_dates(unit.text):
        score -= 1.0
    return max(-1.0, min(2.0, score))


def _confirmed(candidates: list[_Candidate]) -> list[_Candidate]:
    """Keep those that look like the surest headings of this document."""
    if not candidates:
        return []
    exact = [c for c in candidates if c.sure >= 0.9]
    usual = Counter(_style(c) for c in exact).most_common(1)
    style = usual[0][0] if usual and usual[0][1] > 1 else None
    kept: list[_Candidate] = []
    for candidate in candidates:
        alike = _style(candidate) == style if style is not None else candidate.sure <= TOLD
        score = candidate.sure + (0.3 if alike else 0.0) + 0.25 * candidate.looks
        if style is not None and not alike:
            score -= 0.3 if candidate.looks < 0.7 else 0.0
        if score >= 0.85:
            kept.append(candidate)
    return _without_labels(kept, style)


def _without_repeated(kept: list[_Candidate]) -> list[_Candidate]:
    """`Achievements` below each role is a label of the role."""
    times = Counter((c.unit.text.strip(), c.unit.first.level) for c in kept if c.type not in _REPEATED)
    chosen: list[_Candidate] = []
    for candidate in kept:
        repeated = times[candidate.unit.text.strip(), candidate.unit.first.level] > 1
        if not (repeated and chosen and chosen[-1].type is SectionType.EXPERIENCE):
            chosen.append(candidate)
    return chosen


def _below(candidate: _Candidate, before: _Candidate) -> bool:
    """Whether a second heading of the same section looks like a label inside it."""
    first, second = before.unit.first, candidate.unit.first
    deeper = (second.level or 0) > (first.level or 0) or (second.font_size or 0.0) < (first.font_size or 0.0)
    return deeper or candidate.looks <= SET_APART


def _style(candidate: _Candidate) -> tuple[object, ...]:
    row = candidate.unit.first
    letters = [char for char in candidate.unit.text if char.isalpha()]
    size = round(row.font_size * 2) if row.font_size else None
    return (
        size,
        bool(row.bold),
        bool(letters) and all(c.isupper() for c in letters),
        row.kind is BlockKind.HEADING,
        row.level,
    )


def _without_labels(kept: list[_Candidate], style: tuple[object, ...] | None) -> list[_Candidate]:
    """A second heading of the same section that looks weaker is a label inside it."""
    best: dict[SectionType, float] = {}
    for candidate in kept:
        best[candidate.type] = max(best.get(candidate.type, -1.0), candidate.looks)
    kept = _without_repeated(kept)
    kept = [c for c in kept if style is None or _style(c) == style or c.looks >= best[c.type] - 0.3]
    return [
        c
        for before, c in zip([None, *kept], kept, strict=False)
        if before is None
        or c.type is not SectionType.SKILLS
        or before.type is not c.type
        or not _below(c, before)
    ]
