"""Entries of a section (roles, degrees): where each begins, its head lines and what follows them.

Dates anchor entries. How many lines stand above the date is learned from the first entry, because one author
writes all entries alike.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from resume_review.documents.dates import DateSpan, find_dates
from resume_review.documents.facts.lexicon import (
    degree_score,
    employer_score,
    place_score,
    school_score,
    title_score,
)
from resume_review.documents.facts.phrases import FIELD_LABEL
from resume_review.documents.model import BlockKind
from resume_review.documents.units import Unit

LONGEST_HEAD = 130
MOST_HEAD_LINES = 5
_SENTENCE = re.compile(r"[.!?。][\"”')]?$")
# The full stop of these ends no sentence.
_SHORTENED = re.compile(
    r"\b(?:inc|ltd|co|corp|llc|jr|sr|dept|gov|univ|etc|st|no|dipl|ing|e\.?v|[a-z]|ph\.?d|b\.?sc|m\.?sc|hons?|bros|assoc|asst|mgr|eng|tech|oct|nov|dec|jan|feb|sept?|aug|apr|mar|present|uk|usa|u\.s\.a?)\.$",
    re.IGNORECASE,
)
_LABEL_LINE = re.compile(r"[【〈＜][^】〉＞]{1,20}[】〉＞]")
# Lines about the firm or the tools, which tell nothing of the work done.
_FACTS = re.compile(
    r"[■□◆【〈]?(?:事業内容|従業員数|資本金|売上高|設立|上場|雇用形態|開発環境|使用技術|技術スタック|チーム規模)|(?:technologies|tech stack|environment|tools|skills|technologien|environnement(?: technique)?)\s*[:：]|https?://\S+$",
    re.IGNORECASE,
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LABEL = re.compile(r"^[^:：(（]{2,40}[:：]\s*\S")


@dataclass(slots=True)
class Entry:
    """One role or course of study: the lines that name it and the lines that tell of it."""

    head: list[Unit] = field(default_factory=list[Unit])
    body: list[Unit] = field(default_factory=list[Unit])

    @property
    def start(self) -> int:
        """Where the first line begins."""
        return min(unit.start for unit in self.head + self.body)

    @property
    def end(self) -> int:
        """Where the last line ends."""
        return max(unit.end for unit in self.head + self.body)


def split_entries(units: list[Unit]) -> list[Entry]:
    """Cut the units of one section into entries."""
    units = [unit for unit in units if any(char.isalnum() for char in unit.text)]
    if not units:
        return []
    margin = _head_margin(units)
    heads = [is_head_like(unit, margin) for unit in units]
    anchors = [index for index, unit in enumerate(units) if heads[index] and _dates_of(unit)]
    anchors = _one_anchor_per_entry(units, anchors, heads)
    if not anchors:
        return _undated(units, heads)
    starts = _starts(units, anchors, heads)
    entries = [
        _entry(units[start:stop], heads[start:stop], anchors[index] - start)
        for index, (start, stop) in enumerate(zip(starts, [*starts[1:], len(units)], strict=True))
    ]
    before = _undated(units[: starts[0]], heads[: starts[0]])
    return [
        part
        for entry in [*(entry for entry in before if any(unit.bullet for unit in entry.body)), *entries]
        for part in _parted(entry)
    ]


def _parted(entry: Entry) -> list[Entry]:
    """Cut off an entry without dates that begins below the bullets of the one before, looking as that one does."""
    for index in range(1, len(entry.body)):
        if not entry.body[index - 1].bullet or entry.body[index].bullet:
            continue
        rest = entry.body[index:]
        length = next((at for at, unit in enumerate(rest) if unit.bullet), 0)
        head = rest[:length]
        if head and length <= MOST_HEAD_LINES and _begins_like(entry.head[0], head):
            return [Entry(entry.head, entry.body[:index]), *_parted(Entry(head, rest[length:]))]
    return [entry]


def _begins_like(first: Unit, head: list[Unit]) -> bool:
    row, other = first.first, head[0].first
    alike = (row.kind, row.level, row.bold, row.font_size) == (
        other.kind,
        other.level,
        other.bold,
        other.font_size,
    )
    named = any(title_score(unit.text) >= 0.5 and not _LABEL.match(unit.text) for unit in head[:2])
    return alike and named and all(is_head_like(unit) and not _dates_of(unit) for unit in head)


def _dates_of(unit: Unit) -> list[DateSpan]:
    return find_dates(unit.text)


def _head_margin(units: list[Unit]) -> float | None:
    """Left edge of head lines: that of the lines with dates, where lines have places."""
    lefts = [
        round(unit.first.left)
        for unit in units
        if unit.first.top is not None and _dates_of(unit) and not unit.bullet
    ]
    return float(Counter(lefts).most_common(1)[0][0]) if lefts else None


def is_head_like(unit: Unit, margin: float | None = None) -> bool:
    """Whether a line may name an entry rather than tell of it."""
    text = unit.text.strip()
    limit = LONGEST_HEAD // 2 if _CJK.search(text) else LONGEST_HEAD
    if len(text) > limit or (unit.bullet and not _bulleted_head(unit)):
        return False
    dates = _dates_of(unit)
    ranged = any(span.is_range for span in dates)
    words = len(text.split())
    if _told(text, words) and not ranged:
        return False
    if dates and not ranged and words > 14:
        return False
    if (
        not dates
        and margin is not None
        and unit.first.top is not None
        and unit.first.left > margin + 7
        and len(unit.rows) > 1
    ):
        return False
    return not (not dates and words > 16)


def _told(text: str, words: int) -> bool:
    """A sentence, or a label for the lines below such as `Key achievements:`."""
    if text.endswith((":", "：")) or _LABEL_LINE.fullmatch(text):
        return not FIELD_LABEL.match(f"{text} ")
    if not _SENTENCE.search(text) or _SHORTENED.search(text):
        return False
    return words > 3 or _CJK.search(text) is not None


def _bulleted_head(unit: Unit) -> bool:
    """A list item that is nothing but a date range with a short name is a head all the same."""
    dates = [span for span in _dates_of(unit) if span.is_range]
    if not dates:
        return False
    rest = unit.text[: dates[0].start] + unit.text[dates[0].end :]
    at_edge = dates[0].start <= 2 or dates[0].end >= len(unit.text) - 2
    return at_edge and len(rest) < 90 and not _SENTENCE.search(rest.strip())


def _one_anchor_per_entry(units: list[Unit], anchors: list[int], heads: list[bool]) -> list[int]:
    """Where ranges are written, single dates do not start entries, nor does a second date next to the first."""
    ranged = [index for index in anchors if any(span.is_range for span in _dates_of(units[index]))]
    if len(ranged) >= max(1, len(anchors) // 2):
        near = {
            index
            for index in anchors
            if index not in ranged
            and not units[index].bullet
            and (_names_entry(units[index]) or (_only_dates(units[index]) and index > 0 and heads[index - 1]))
        }
        anchors = sorted({*ranged, *near})
    kept: list[int] = []
    for index in anchors:
        alone = _only_dates(units[index])
        if (
            kept
            and index == kept[-1] + 1
            and alone
            and not _only_dates(units[kept[-1]])
            and not any(s.is_range for s in _dates_of(units[kept[-1]]))
        ):
            kept[-1] = index
        else:
            kept.append(index)
    return [index for index in kept if heads[index]]


def _only_dates(unit: Unit) -> bool:
    rest = unit.text
    for span in reversed(_dates_of(unit)):
        rest = rest[: span.start] + rest[span.end :]
    rest = rest.strip(" ,|–—-·•()（）[]年月約")
    return len(rest) < 3 or place_score(rest) >= 0.9


def _names_entry(unit: Unit) -> bool:
    return max(f(unit.text) for f in (title_score, employer_score, school_score, degree_score)) >= 0.5


def _starts(units: list[Unit], anchors: list[int], heads: list[bool]) -> list[int]:
    """First line of each entry."""
    runs = [
        _run_above(anchor, anchors[index - 1] if index else -1, heads) for index, anchor in enumerate(anchors)
    ]
    lead = min(runs[0], MOST_HEAD_LINES - 1)
    if anchors[0] > MOST_HEAD_LINES:
        lead = min(lead, 2)
    starts = [anchors[0] - lead]
    for index, (anchor, run) in enumerate(zip(anchors[1:], runs[1:], strict=True), start=1):
        above = min(run, lead)
        told = anchor - run - 1 > anchors[index - 1]
        if told and _only_dates(units[anchor]) and 0 < run < MOST_HEAD_LINES and _opens(units, anchor - run):
            above = run
        while above < min(run, 2) and told and _opens(units, anchor - above - 1):
            above += 1
        starts.append(max(anchors[index - 1] + 1, anchor - above))
    return starts


def _opens(units: list[Unit], index: int) -> bool:
    """Whether a line below bullets names the next entry rather than ends the one before."""
    unit, before = units[index], units[index - 1]
    if not before.bullet or _LABEL.match(unit.text):
        return False
    return _names_entry(unit) or bool(unit.first.bold) or unit.first.kind is BlockKind.HEADING


def _run_above(anchor: int, previous: int, heads: list[bool]) -> int:
    run = 0
    while anchor - run - 1 > previous and heads[anchor - run - 1]:
        run += 1
    return run


def _entry(units: list[Unit], heads: list[bool], anchor: int) -> Entry:
    head = units[: anchor + 1]
    body: list[Unit] = []
    stop = anchor + 1
    while stop < len(units) and heads[stop] and len(head) < MOST_HEAD_LINES:
        unit = units[stop]
        if _LABEL.match(unit.text) and not FIELD_LABEL.match(unit.text) and not find_dates(unit.text):
            body.append(unit)  # facts about the employer may stand before the title
        elif _belongs_to_head(unit, units[0], named=_named_so_far(head)):
            head.append(unit)
        else:
            break
        stop += 1
    return Entry(head=head, body=[*body, *units[stop:]])


def _named_so_far(units: list[Unit]) -> int:
    """How many of title, employer and place the lines already hold, roughly: phrases other than dates."""
    count = 0
    for unit in units:
        if not _only_dates(unit):
            count += 1 + len([gap for gap in unit.gaps if gap > unit.start]) // 2
    return count


def _belongs_to_head(unit: Unit, first: Unit, *, named: int) -> bool:
    text = unit.text.strip()
    if place_score(text) >= 0.9 or FIELD_LABEL.match(text):
        return True
    known = max(title_score(text), employer_score(text), school_score(text), degree_score(text)) >= 0.5
    if named >= 3 or (named == 2 and not known):
        return False
    return not _looks_like_content(unit, first)


def _looks_like_content(unit: Unit, first: Unit) -> bool:
    """An indented line below the head of an entry that has no gap tells, it does not name."""
    if unit.first.top is None or first.first.top is None or unit.first.page != first.first.page:
        return False
    indented = unit.first.left > first.first.left + 7
    return indented and not unit.gaps and unit.first.left < first.first.left + 60 and len(unit.text) > 40


def _undated(units: list[Unit], heads: list[bool]) -> list[Entry]:
    """Without dates an entry starts where a head line follows a told one."""
    entries: list[Entry] = []
    for unit, head in zip(units, heads, strict=True):
        if head and (not entries or entries[-1].body):
            entries.append(Entry(head=[unit]))
        elif head and len(entries[-1].head) < 3 and not entries[-1].body:
            entries[-1].head.append(unit)
        elif entries:
            entries[-1].body.append(unit)
    return [entry for entry in entries if any(_names_entry(unit) for unit in entry.head)]


def told_lines(entry: Entry, *, least: int = 1) -> list[Unit]:
    """The bullets of an entry, with or without visible marks; without, only where more than `least` lines stand there."""
    marked = [unit for unit in entry.body if unit.bullet]
    if marked:
        return marked
    told = [
        unit
        for unit in entry.body
        if len(unit.text) > (7 if _CJK.search(unit.text) else 15) and not _FACTS.match(unit.text)
    ]
    indented = [
        unit for unit in told if unit.first.left > entry.head[0].first.left + 5 and unit.first.top is not None
    ]
    if indented:  # marks that are drawn rather than written leave no trace but the indent
        return indented
    return told if len(told) > least else []
