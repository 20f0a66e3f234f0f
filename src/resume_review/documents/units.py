"""Rows become units: a heading, a bullet or a paragraph, whatever number of lines it takes."""

import itertools
import re
from dataclasses import dataclass, field

from resume_review.documents.assembly import Assembled, Row
from resume_review.documents.dates import find_dates
from resume_review.documents.model import BlockKind

_SENTENCE_END = re.compile(r"[.!?。！？…:：][)\]”\"'」』]?$")
_OPEN_END = re.compile(
    r"(?:[,;&/–—-]|\b(?:and|or|of|the|for|in|with|to|und|oder|für|mit|zur|zum|bei|von|der|einem|einer|et|de|des|du|la|le|les|pour|à|en|an|a|by|from|on|as|including))$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[^:：,、]{2,40}[:：](?:\s|$)")
# Text files are wrapped at some width up to this; where lines are longer, each line is a paragraph.
LONGEST_WRAP = 110
# A line this much further below than usual (share of the usual distance) never goes on with a paragraph.
FAR = 0.35
# Share of the page's width that the longest line must reach to show where the margin is.
NARROW = 0.7
SHORT = 100
# German writes nouns with a capital: there it does not tell the start of a sentence.
_GERMAN = re.compile(r"\b(?:und|der|die|das|von|für|mit|des|eines|einer|zur)\b")
_DASH_END = re.compile(r"[-–—~〜～]$")
_DATE_START = re.compile(
    r"[-–—~〜～]\s*\S|(?:19|20)\d\d\b|\d{1,2}[/.]|(?:Present|Current|heute|aujourd|現在)"
)
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")
_CONTACT = re.compile(r"@|https?://|www\.|linkedin\.com|github\.com", re.IGNORECASE)


@dataclass(slots=True)
class Unit:
    """Lines that were one paragraph before they were broken.

    Attributes:
        start, end: Half-open offsets; the bullet mark is left out.
        bullet: It stands in a list, with or without a visible mark.
        rows: The lines, in order.
    """

    start: int
    end: int
    rows: list[Row]
    bullet: bool = False
    text: str = ""
    gaps: list[int] = field(default_factory=list[int])

    @property
    def first(self) -> Row:
        """The first line, which says how the unit looks."""
        return self.rows[0]


def make_units(assembled: Assembled) -> list[Unit]:
    """Join lines that a page edge broke; line breaks in a unit's text are shown as spaces of the same length."""
    edges = _right_edges(assembled)
    pitches = _pitches(assembled.rows)
    nouns = len(_GERMAN.findall(assembled.text)) > len(assembled.text) / 200
    units: list[Unit] = []
    for row in assembled.rows:
        previous = units[-1] if units else None
        if previous is not None and _continues(previous, row, edges, pitches, nouns=nouns):
            previous.rows.append(row)
            previous.end = row.end
            previous.gaps += row.gaps
        else:
            start = max(row.start, row.glyph_end)
            units.append(
                Unit(start=start, end=row.end, rows=[row], bullet=row.is_bullet, gaps=list(row.gaps))
            )
    for unit in units:
        unit.text = assembled.text[unit.start : unit.end].replace("\n", " ")
    return units


def _key(row: Row) -> tuple[int, int]:
    return row.page, row.column


def _right_edges(assembled: Assembled) -> dict[tuple[int, int], float]:
    """How far lines of a column reach; the longest few decide, so that one outlier does not."""
    rows = assembled.rows
    by_column: dict[tuple[int, int], list[float]] = {}
    for row in rows:
        by_column.setdefault(_key(row), []).append(row.right)
    placed = any(row.top is not None for row in rows)
    edges = {key: _edge(sorted(values), placed=placed) for key, values in by_column.items()}
    for page in assembled.pages:
        columns = [key for key in edges if key[0] == page.number]
        # Where no line of a page with one column comes near its margin, none was broken there.
        if len(columns) == 1 and edges[columns[0]] < NARROW * page.width:
            edges[columns[0]] = (NARROW + 1) / 2 * page.width
    return edges


def _edge(rights: list[float], *, placed: bool) -> float:
    outliers = max(1, len(rights) // 20) if placed and len(rights) > 4 else 0
    return rights[-1 - outliers]


def _pitches(rows: list[Row]) -> dict[float | None, float]:
    """Usual distance from one line to the next inside a paragraph, by font size; empty without places."""
    distances: dict[float | None, list[float]] = {}
    for before, after in itertools.pairwise(rows):
        if _key(before) == _key(after) and before.top is not None and after.top is not None:
            height = max(1.0, (before.bottom or before.top) - before.top)
            distance = after.top - before.top
            if 0.7 * height < distance < 2.2 * height:
                distances.setdefault(after.font_size, []).append(distance)
    return {size: sorted(values)[len(values) // 4] for size, values in distances.items()}


def _stretch(last: Row, row: Row, pitches: dict[float | None, float]) -> float:
    """How much further than usual a line stands below the one before it; 0 for the usual distance."""
    pitch = pitches.get(row.font_size)
    if last.top is None or row.top is None or not pitch or _key(last) != _key(row):
        return 0.0
    return max(0.0, (row.top - last.top) / pitch - 1.0)


def _continues(
    unit: Unit,
    row: Row,
    edges: dict[tuple[int, int], float],
    pitches: dict[float | None, float],
    *,
    nouns: bool,
) -> bool:
    last = unit.rows[-1]
    if row.start == last.end or _date_goes_on(last, row):  # a hyphenated word or a range of dates goes on
        return True
    if _stands_alone(unit, row):
        return False
    if _key(last) != _key(row):
        return _crosses_edge(unit, row)
    stretch = _stretch(last, row, pitches)
    if stretch > FAR or (row.top is None and row.block != last.block):
        return False
    return _bond(unit, row, edges.get(_key(last), 0.0), nouns=nouns) > 12 * stretch


def _stands_alone(unit: Unit, row: Row) -> bool:
    """What the line is, or what stands before it, rules out that it goes on."""
    last = unit.rows[-1]
    if row.is_bullet or BlockKind.HEADING in (row.kind, last.kind):
        return True
    if BlockKind.TABLE_ROW in (row.kind, last.kind) or _looks_differ(unit.first, row):
        return True
    contact = (
        any(_CONTACT.search(line.text) and len(line.text) < SHORT for line in (last, row)) and not unit.bullet
    )
    return contact or bool(last.gaps) or (unit.bullet and _outdented(unit, row))


def _date_goes_on(last: Row, row: Row) -> bool:
    """A narrow column broke a range of dates."""
    if len(row.text) > 40 or not (_DASH_END.search(last.text) or _DATE_START.match(row.text)):
        return False
    both = f"{last.text} {row.text}"
    return any(span.is_range and span.start < len(last.text) < span.end - 1 for span in find_dates(both))


def _crosses_edge(unit: Unit, row: Row) -> bool:
    """A sentence goes on in the next column or on the next page."""
    last = unit.rows[-1].text.rstrip()
    begins = row.text[:1]
    goes_on = (
        begins.islower()
        or bool(_OPEN_END.search(last) or last[-1:].isdigit())
        or (bool(_WIDE.match(begins)) and bool(_WIDE.search(last[-1:])))
    )
    return (
        goes_on
        and not _SENTENCE_END.search(last)
        and len(unit.text or last) > 30
        and row.page >= unit.first.page
    )


def _looks_differ(first: Row, row: Row) -> bool:
    if first.font_size and row.font_size and abs(first.font_size - row.font_size) > 0.6:
        return True
    return bool(first.bold) and row.bold is False and len(first.text) < 60


def _outdented(unit: Unit, row: Row) -> bool:
    """A line further left than its bullet's text starts a new unit."""
    if row.top is None or row.page != unit.first.page or row.column != unit.first.column:
        return False
    return row.left < unit.first.left - 1.0


def _bond(unit: Unit, row: Row, edge: float, *, nouns: bool) -> float:
    """Above zero where a line goes on with the one before it: its first word had no room there."""
    last = unit.rows[-1]
    text = last.text.rstrip()
    if row.top is None and not _may_be_wrapped(text, row, edge):
        return -1.0
    room = _room(last, row, edge)
    bond = max(-1.0, min(1.0, 1.0 - 2.0 * room / (0.12 * max(1.0, edge - last.left))))
    bond += 0.3 if row.block == last.block else -0.3
    return (
        bond + _bond_of_words(text, row, nouns=nouns) + _bond_of_place(unit, row) + _bond_of_labels(unit, row)
    )


def _bond_of_words(text: str, row: Row, *, nouns: bool) -> float:
    """How the end of one line and the start of the next speak for one sentence."""
    begins = row.text[:1]
    open_end = bool(_OPEN_END.search(text))
    bond = 0.0
    if begins.islower():
        bond += 0.6
    elif begins in "$€£¥(&+%":
        bond += 0.3
    elif begins.isupper() and not row.text[:2].isupper():
        bond -= 0.2 if nouns or open_end else 0.7
    if open_end:
        bond += 0.5
    elif text[-1:].isdigit():
        bond += 0.2
    elif _SENTENCE_END.search(text) and (begins.isupper() or _WIDE.match(begins)):
        bond -= 0.8
    return bond


def _bond_of_place(unit: Unit, row: Row) -> float:
    """Indentation: below the text of a bullet, or different from the line before."""
    if row.top is None:
        return 0.0
    if unit.first.glyph_end > unit.first.start and row.left > unit.first.left + 3:
        return 1.0
    return -0.6 if abs(row.left - unit.rows[-1].left) > 2.5 and len(unit.rows) > 1 else 0.0


def _bond_of_labels(unit: Unit, row: Row) -> float:
    """A range of dates or a label at the start of a line begins something new."""
    if unit.bullet:
        return 0.0
    bond = -1.0 if any(span.is_range and span.start < 2 for span in find_dates(row.text[:40])) else 0.0
    if _LABEL.match(row.text):
        bond -= 2.0 if _LABEL.match(unit.first.text) else 1.0
    return bond


def _may_be_wrapped(text: str, row: Row, edge: float) -> bool:
    """Without places only the words tell that a line of a text file goes on."""
    if edge > LONGEST_WRAP or find_dates(row.text[:24]):
        return False
    if _WIDE.match(row.text[:1]) and _WIDE.search(text[-1:]):
        return len(text) > max(28, 0.9 * edge) and not find_dates(text)
    return row.text[:1].islower() or bool(_OPEN_END.search(text))


def _room(last: Row, row: Row, edge: float) -> float:
    """Space left on a line once the first word of the next one is put there."""
    word = re.split(r"\s", row.text, maxsplit=1)[0]
    if _WIDE.search(word):
        word = word[:1]
    width = (last.right - last.left) / max(1, len(last.text)) if last.top is not None else 1.0
    return edge - last.right - width * (len(word) + 1)
