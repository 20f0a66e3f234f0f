"""Reading order of a page: the drawing order where the page agrees with it, else columns, bands and rows."""

from itertools import pairwise

from resume_review.documents.pdf.characters import BULLETS
from resume_review.documents.pdf.columns import Gutter, continues_sentence, find_gutter, is_columns
from resume_review.documents.pdf.segments import Segment, rows_of

_DEEPEST = 12


def reading_order(segments: list[Segment]) -> list[Segment]:
    """Segments as a person reads them."""
    turned = [s for s in segments if s.turned]
    if not turned:
        return _ordered(segments, 0)
    upright = [s for s in segments if not s.turned]
    if sum(s.letters for s in turned) > sum(s.letters for s in upright):
        return [*_vertical_order(turned), *_ordered(upright, 0)]
    return _with_turned(_ordered(upright, 0), turned)


def _ordered(segments: list[Segment], depth: int) -> list[Segment]:
    if not segments:
        return []
    drawn = _with_margin_notes(sorted(segments, key=lambda s: s.order))
    if len(segments) < 2 or depth > _DEEPEST or drawing_order_holds(drawn):
        return drawn
    for part in _parts(segments):
        if len(part) < len(segments):
            break
    else:
        return [s for row in rows_of(segments) for s in row]
    return [s for part in _parts(segments) for s in _ordered(part, depth + 1)]


def _parts(segments: list[Segment]) -> list[list[Segment]]:
    """Pieces of a part of the page that are read one after the other."""
    gutter = find_gutter(segments)
    if gutter is None:
        return _bands(segments)
    if is_columns(gutter):
        middle = [gutter.left, gutter.right]
    else:
        middle = _table_rows(gutter)
        if len(middle) == 1:
            return _bands(segments)
    return [part for part in (gutter.above, *middle, gutter.below) if part]


def _bands(segments: list[Segment]) -> list[list[Segment]]:
    return [row for row in rows_of(segments) if row]


def _table_rows(gutter: Gutter) -> list[list[Segment]]:
    """Rows of a band that is read across; a label of several lines stays together, so does the text beside it."""
    left, right = rows_of(gutter.left), rows_of(gutter.right)
    starts = [row[0] for above, row in zip([None, *left], left, strict=False) if _starts(above, row)]
    if len(left) > len(right):  # text left, short notes right: across, line by line
        return rows_of([*gutter.left, *gutter.right])
    tops = [s.base - 0.5 * s.size for s in starts]
    parts: list[list[Segment]] = []
    for index, top in enumerate(tops):
        end = tops[index + 1] if index + 1 < len(tops) else float("inf")
        begin = float("-inf") if index == 0 else top
        parts.extend(
            [s for s in side if begin <= s.base < end] for side in (gutter.left, gutter.right)
        )  # fmt: skip
    return [part for part in parts if part]


def _starts(above: list[Segment] | None, row: list[Segment]) -> bool:
    return above is None or row[0].base - above[0].base > 1.7 * row[0].size or row[0].text in BULLETS


def drawing_order_holds(drawn: list[Segment]) -> bool:
    """Whether nothing is drawn before what stands over it, and no sentence is cut by something beside it."""
    place = {id(segment): index for index, segment in enumerate(drawn)}
    ordered = sorted(drawn, key=lambda s: s.base)
    for index, above in enumerate(ordered):
        below = _next_below(above, ordered, index)
        if below is None:
            continue
        first, second = place[id(above)], place[id(below)]
        if second < first:
            return False
        if second > first + 1 and continues_sentence(above, below):
            return False
    return True


def _next_below(above: Segment, ordered: list[Segment], index: int) -> Segment | None:
    for below in ordered[index + 1 :]:
        if below.base - above.base < 0.5 * min(above.size, below.size):
            continue
        overlap = min(above.x1, below.x1) - max(above.x0, below.x0)
        if overlap > 0.5 * min(above.x1 - above.x0, below.x1 - below.x0):
            return below
    return None


def _with_margin_notes(drawn: list[Segment]) -> list[Segment]:
    """Dates and places flush right that were drawn after their entry go back to the line they stand on."""
    flush = _flush_right(drawn)
    if not flush:
        return drawn
    result: list[Segment] = []
    moved: dict[int, list[Segment]] = {}
    group: list[Segment] = []
    for before, segment in pairwise([drawn[0], *drawn]):
        if id(segment) not in flush:
            group = []
            result.append(segment)
            continue
        if group and segment.base > group[-1].base and before is group[-1]:
            group.append(segment)
            continue
        mate = _row_mate(segment, result)
        if mate is None:
            result.append(segment)
            continue
        group = [segment]
        moved[id(mate)] = group
    return [s for kept in result for s in (kept, *moved.get(id(kept), []))]


def _flush_right(drawn: list[Segment]) -> set[int]:
    """Short segments that end at the right edge and start at different places."""
    edge = max(s.x1 for s in drawn)
    begin = min(s.x0 for s in drawn)
    found = [s for s in drawn if edge - s.x1 < 2 and s.x0 > begin + 0.55 * (edge - begin) and not s.turned]
    return {id(s) for s in found} if len({round(s.x0 / 3) for s in found}) > 1 else set()


def _row_mate(segment: Segment, before: list[Segment]) -> Segment | None:
    """The line a note stands on, where the drawing order left it for something lower."""
    if not before or before[-1].base < segment.base + 0.8 * segment.size:
        return None
    for candidate in reversed(before):
        if abs(candidate.base - segment.base) < 0.3 * segment.size and candidate.x1 <= segment.x0:
            return candidate
    return None


def _vertical_order(turned: list[Segment]) -> list[Segment]:
    """Lines that run down the page go from right to left, lines that run up from left to right."""
    down = sum(s.letters if s.words[0].angle > 0 else -s.letters for s in turned) > 0
    middles = sorted(turned, key=lambda s: (s.x0 + s.x1) * (-1 if down else 1))
    lines: list[list[Segment]] = []
    for segment in middles:
        first = lines[-1][0] if lines else None
        if first and abs(first.x0 + first.x1 - segment.x0 - segment.x1) < segment.size:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return [s for line in lines for s in sorted(line, key=lambda s: s.y0 if down else -s.y1)]


def _with_turned(ordered: list[Segment], turned: list[Segment]) -> list[Segment]:
    """Turned text is read before the first line that starts beside or under it; a watermark after everything."""
    result = list(ordered)
    for segment in turned:
        if sum(_crosses(segment, other) for other in ordered) > 1:
            result.append(segment)
            continue
        at = next((i for i, s in enumerate(result) if s.base > segment.y0 and not s.turned), len(result))
        result.insert(at, segment)
    return result


def _crosses(one: Segment, other: Segment) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1
