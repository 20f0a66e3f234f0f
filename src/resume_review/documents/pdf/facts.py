"""Facts of the layout: fonts, body size, margins, columns."""

from collections import Counter
from statistics import median

from resume_review.documents.model import Box, Font
from resume_review.documents.pdf.columns import find_gutter, is_columns
from resume_review.documents.pdf.segments import Segment, rows_of
from resume_review.documents.pdf.words import is_cjk
from resume_review.documents.reading import PageSize

_MOST_FONTS = 12
_COLUMN_ROWS = 4
_SHORTEST_LABEL = 3  # characters; shorter ones are list marks


def fonts(pages: list[list[Segment]]) -> list[Font]:
    """Fonts and sizes by their share of the visible characters, most used first."""
    counted: Counter[tuple[str, float, bool]] = Counter()
    for segments in pages:
        for segment in segments:
            for word in segment.words:
                wide = not word.text.isascii() and is_cjk(ord(word.text[0]))
                counted[word.style.face.name, round(word.size * 2) / 2, wide] += len(word.text)
    whole = sum(counted.values()) or 1
    return [
        Font(name=name, size=size, share=round(n / whole, 4), wide=wide)
        for (name, size, wide), n in counted.most_common(_MOST_FONTS)
    ]


def body_size(pages: list[list[Segment]]) -> float | None:
    """Size of most characters, in half points."""
    sizes: Counter[float] = Counter()
    for segments in pages:
        for segment in segments:
            sizes[round(segment.size * 2) / 2] += len(segment.text)
    return sizes.most_common(1)[0][0] if sizes else None


def margins(pages: list[list[Segment]], sizes: list[PageSize]) -> Box | None:
    """Blank space left, top, right and bottom of the text of the first page, points; bottom of the fullest page."""
    if not pages or not pages[0]:
        return None
    filled = [(segments, size) for segments, size in zip(pages, sizes, strict=True) if segments]
    left = min(s.x0 for segments, _ in filled for s in segments)
    right = min(size.width - max(s.x1 for s in segments) for segments, size in filled)
    top = min(s.y0 for s in pages[0])
    bottom = min(size.height - max(s.y1 for s in segments) for segments, size in filled)
    return (round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))


def columns_of(segments: list[Segment]) -> tuple[dict[int, int], int]:
    """The column of each segment by its identity, and how many there are; 1 where the page has none."""
    upright = [s for s in segments if not s.turned]
    parts = _split(upright)
    column = {id(s): index for index, part in enumerate(parts[1:]) for s in part}
    return column, max(1, len(parts) - 1)


def _split(segments: list[Segment]) -> list[list[Segment]]:
    """What stands in no column, then one list per column from left to right."""
    gutter = find_gutter(segments, least=_COLUMN_ROWS) if len(segments) >= 2 * _COLUMN_ROWS else None
    if gutter is None or not is_columns(gutter):
        return [segments]
    outside = [*gutter.above, *gutter.below]
    parts: list[list[Segment]] = []
    for side in (gutter.left, gutter.right):
        inner = _split(side)
        if len(inner) > 1:
            outside.extend(inner[0])
            parts.extend(inner[1:])
        else:
            parts.append(side)
    return [outside, *parts]


def count_tables(segments: list[Segment]) -> int:
    """Bands of the page set as labels or cells on the left and text on the right, read across."""
    gutter = find_gutter([s for s in segments if not s.turned], least=_COLUMN_ROWS)
    if gutter is None or is_columns(gutter) or median(len(s.text) for s in gutter.left) < _SHORTEST_LABEL:
        return 0
    # With more lines left than right the right side holds dates or places at the margin, which is no table.
    return int(len(rows_of(gutter.left)) <= len(rows_of(gutter.right)))
