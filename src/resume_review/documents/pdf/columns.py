"""Where a page, or a part of it, is set in columns, and which of them are read one after the other."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from resume_review.documents.pdf.characters import BULLETS
from resume_review.documents.pdf.segments import Segment, rows_of

_ALIGNED = 0.25  # ems between two writing lines that count as one row
_TABLE_SHARE = 0.85  # of the rows of one side that must meet a row of the other to be read across
_SECTIONS = 2  # headings of a column of short lines
_NARROW = 0.36  # of the width of the part


@dataclass(frozen=True, slots=True)
class Gutter:
    """A blank strip with text on both sides; `crossing` parts stand above and below the band it divides."""

    above: list[Segment]
    left: list[Segment]
    right: list[Segment]
    below: list[Segment]
    rows: int
    at: float


def find_gutter(segments: list[Segment], *, least: int = 3) -> Gutter | None:
    """The blank strip that divides most rows of `segments`, with at least `least` rows on both sides."""
    starts = Counter(round(segment.x0) for segment in segments)
    ordered = sorted(segments, key=lambda s: (s.base, s.x0))
    best: Gutter | None = None
    for start in starts:
        # Ragged starts (dates at the right margin) divide as well as flush ones; their leftmost start decides.
        if starts[start] + starts[start + 1] + starts[start - 1] < 2:
            continue
        found = _widest_band(ordered, start - 1.5, least)
        if found and (best is None or (found.rows, -found.at) > (best.rows, -best.at)):
            best = found
    return best


def _widest_band(ordered: list[Segment], at: float, least: int) -> Gutter | None:
    """The longest stretch of segments in which none crosses the vertical line."""
    best: tuple[int, int, int] | None = None
    begin = left = right = 0
    for index, segment in enumerate([*ordered, None]):
        if segment is not None and not (segment.x0 < at < segment.x1 + 0.3 * segment.size):
            left += segment.x0 < at
            right += segment.x0 >= at
            continue
        rank = min(left, right)
        if rank >= least and (best is None or rank > best[0]):
            best = (rank, begin, index)
        begin, left, right = index + 1, 0, 0
    if best is None:
        return None
    rank, begin, end = best
    band = ordered[begin:end]
    sides = [s for s in band if s.x0 < at], [s for s in band if s.x0 >= at]
    top, bottom = max(side[0].y0 for side in sides), min(side[-1].y1 for side in sides)
    if bottom - top < 2.5 * band[0].size:
        return None
    # What only one side has above and below the other still belongs to its column.
    return Gutter(ordered[:begin], sides[0], sides[1], ordered[end:], rank, at)


def is_columns(gutter: Gutter) -> bool:
    """Whether the sides are read one after the other; otherwise they are labels, dates or cells, read across."""
    left, right = _beside(gutter.left, gutter.right), _beside(gutter.right, gutter.left)
    if not left or not right or all(s.text in BULLETS for s in left):  # marks of a list are no column
        return False
    width = max(s.x1 for s in right) - min(s.x0 for s in left)
    if _wrapped(left) and _wrapped(right) and _headed(left) and _headed(right):
        return True
    if _meeting(right, left) >= _TABLE_SHARE and _short(right, width):
        return _headings(right) >= _SECTIONS  # dates and places at the margin have none
    firsts = _first_lines(left)
    if _short(left, width) and _meeting(firsts, right) >= _TABLE_SHARE:
        return _headed(left) and _headed(right) and _meeting(left, right) < _TABLE_SHARE
    if _meeting(left, right) >= _TABLE_SHARE and _meeting(right, left) >= _TABLE_SHARE:
        return _wrapped(left) and _wrapped(right)
    return True


def _beside(side: list[Segment], other: list[Segment]) -> list[Segment]:
    """Segments with text of the other side next to them; a heading over a whole table has none."""
    bases = [s.base for s in other]
    return [s for s in side if any(abs(s.base - base) < 1.1 * s.size for base in bases)]


def _short(side: list[Segment], width: float) -> bool:
    return median(s.x1 - s.x0 for s in side) <= _NARROW * width and not _wrapped(side)


def _meeting(side: list[Segment], other: list[Segment]) -> float:
    """Share of `side` that stands on a writing line of `other`."""
    bases = [s.base for s in other]
    return sum(any(abs(s.base - base) <= _ALIGNED * s.size for base in bases) for s in side) / max(
        1, len(side)
    )


def _first_lines(side: list[Segment]) -> list[Segment]:
    """The first line of each group of lines."""
    firsts = side[:1]
    for above, below in pairwise(side):
        if below.base - above.base > 1.7 * max(above.size, below.size):
            firsts.append(below)
    return firsts


def _wrapped(side: list[Segment]) -> bool:
    """Whether a sentence goes on from one line to the next, more than once by chance."""
    pairs = pairwise(side)
    return sum(continues_sentence(above, below) for above, below in pairs) >= 2


def continues_sentence(above: Segment, below: Segment) -> bool:
    """Whether the line below can only be the rest of the one above."""
    if (
        not 0.6 * above.size < below.base - above.base < 1.9 * above.size
        or abs(above.size - below.size) > 0.6
    ):
        return False
    first, last = below.text[:1], above.text[-1:]
    overlap = min(above.x1, below.x1) - max(above.x0, below.x0)
    if overlap < 0.3 * min(above.x1 - above.x0, below.x1 - below.x0):
        return False
    if first.islower() and last not in ".:;!?":
        return True
    japanese = "\u3040" <= first <= "\u9fff" and len(above.text) > 12
    return japanese and ("\u3040" <= last <= "\u9fff" or last.isdigit())


def _headings(side: list[Segment]) -> int:
    body = median(s.size for s in side)
    return sum(s.size > 1.12 * body for s in side)


def _headed(side: list[Segment]) -> bool:
    """Whether the side has a heading of its own: bigger than its text, or a bold or capital line alone in its row."""
    body = median(s.size for s in side)
    return any(
        s.size > 1.12 * body or (len(s.text) < 40 and (s.bold or s.text.isupper()) and s.size > 0.95 * body)
        for row in rows_of(side) if len(row) == 1 for s in row
    )  # fmt: skip
