"""Running headers, footers and page numbers: what repeats at the edge of the pages."""

import re
from collections import defaultdict

from resume_review.documents.pdf.segments import Segment, rows_of
from resume_review.documents.reading import PageSize

_EDGE = 0.11  # of the page height, from the top and from the bottom
_PLACE = 4.0  # points
_NUMBER = re.compile(
    r"(?:.{0,60}?[\s\-–|·•,]*)?(?:page|seite|page no\.?|pagina|página|ページ)\s*\d{1,3}(?:\s*(?:of|von|sur|de|di|/|-)\s*\d{1,3})?\.?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"[-–—|\s]*\d{1,3}(?:\s*(?:of|von|sur|de|/)\s*\d{1,3})?[-–—|\s]*", re.IGNORECASE)
_ABOVE = 0.75  # of the margin: where the text of the page never starts
_APART = 1.0  # lines of the body between the furniture and the text
_MOST_ROWS = 2
_CONTACT = re.compile(r"@|\d[\d\s().\-/]{6,}\d")


def set_apart(pages: list[list[Segment]], sizes: list[PageSize]) -> tuple[list[list[Segment]], list[str]]:
    """The pages without their furniture, and the texts of the furniture, each once."""
    edges = [_edge_rows(segments, size) for segments, size in zip(pages, sizes, strict=True)]
    repeated = _repeated(edges)
    texts: list[str] = []
    kept: list[list[Segment]] = []
    for index, segments in enumerate(pages):
        gone: set[int] = set()
        for key, row in edges[index]:
            text = "  ".join(s.text for s in row)
            if key in repeated and (index > 0 or not _is_the_only_header(row, pages[0])):
                pass
            elif not _is_page_number(row, text, segments, sizes[index], single=len(pages) == 1):
                continue
            gone.update(id(s) for s in row)
            if text not in texts:
                texts.append(text)
        kept.append([s for s in segments if id(s) not in gone])
    return kept, texts


_Key = tuple[str, bool, int]


def _edge_rows(segments: list[Segment], size: PageSize) -> list[tuple[_Key, list[Segment]]]:
    found: list[tuple[_Key, list[Segment]]] = []
    edge = _EDGE * size.height
    outer = [s for s in segments if not s.turned and (s.base < edge or s.base > size.height - edge)]
    for row in rows_of(outer):
        text = re.sub(r"\d+", "#", "".join(s.text for s in row)).casefold().replace(" ", "")
        top = row[0].base < edge
        place = row[0].base if top else size.height - row[0].base
        found.append(((text, top, round(place / _PLACE)), row))
    return found


def _repeated(edges: list[list[tuple[_Key, list[Segment]]]]) -> set[_Key]:
    pages: defaultdict[_Key, set[int]] = defaultdict(set)
    for index, rows in enumerate(edges):
        for (text, top, place), _ in rows:
            for near in (place - 1, place, place + 1):
                pages[text, top, near].add(index)
    needed = 2 if len(edges) < 6 else 3
    return {key for key, where in pages.items() if len(where) >= needed and key[0]}


def _is_the_only_header(row: list[Segment], first_page: list[Segment]) -> bool:
    """Whether the first page says name or contact nowhere but in its running header."""
    text = " ".join(s.text for s in row)
    others = " ".join(s.text for s in first_page if s not in row).casefold()
    if text.casefold() in others or all(s.text.casefold() in others for s in row):
        return False
    biggest = max(s.size for s in first_page)
    return bool(_CONTACT.search(text)) or max(s.size for s in row) > 0.9 * biggest


def _is_page_number(
    row: list[Segment], text: str, page: list[Segment], size: PageSize, *, single: bool
) -> bool:
    if _NUMBER.fullmatch(text.strip()):
        return True
    if single or not _BARE_NUMBER.fullmatch(text):
        return False
    base = row[0].base
    lowest = all(s.base < base + 1 for s in page) and base > 0.9 * size.height
    highest = all(s.base > base - 1 for s in page) and base < 0.07 * size.height
    return lowest or highest


def running_contact(kept: list[list[Segment]], sizes: list[PageSize], body_size: float) -> list[str]:
    """Contact data that the first page says in the band above or below its text, without repeating it.

    Word processors and browsers put the page header there. A name with its contact data at the top of the text
    is no header: it stands where the text of the other pages starts, or at least as far from the top as from the left.
    """
    upright = [segment for segment in (kept[0] if kept else []) if not segment.turned]
    rows = rows_of(upright)
    if len(rows) < 2 * _MOST_ROWS:
        return []
    left, height = min(segment.x0 for segment in upright), sizes[0].height
    first = [min(s.y0 for s in page) for page in kept[1:-1] or kept[1:] if page]
    top_band = min(first, default=_ABOVE * left)
    found: list[str] = []
    for count in range(1, _MOST_ROWS + 1):
        above, below = rows[:count], rows[-count:]
        text_top, text_bottom = _top(rows[count:]), _bottom(rows[:-count])
        if (
            _is_set_small(above, body_size)
            and text_top - _bottom(above) > _APART * body_size
            and (_top(above) < _ABOVE * min(left, text_top) or (first and _bottom(above) < top_band))
        ):
            found.append(_said(above))
        if (
            _is_set_small(below, body_size)
            and _top(below) - text_bottom > _APART * body_size
            and height - _bottom(below) < _ABOVE * left
        ):
            found.append(_said(below))
    return [text for text in found if _CONTACT.search(text)]


def _top(rows: list[list[Segment]]) -> float:
    return min(segment.y0 for row in rows for segment in row)


def _bottom(rows: list[list[Segment]]) -> float:
    return max(segment.y1 for row in rows for segment in row)


def _is_set_small(rows: list[list[Segment]], body_size: float) -> bool:
    return all(segment.size <= 1.1 * body_size for row in rows for segment in row)


def _said(rows: list[list[Segment]]) -> str:
    return "  ".join(segment.text for row in rows for segment in row)
