"""Drawing objects of a page: pictures, and the text objects themselves."""

from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

from resume_review.documents.model import Box
from resume_review.documents.pdf import native
from resume_review.documents.pdf.page import Turn

_TEXT, _IMAGE, _FORM = 1, 3, 5
_DEEPEST = 6
_MOST_PIXELS = 40_000_000

_Matrix = tuple[float, float, float, float, float, float]
_UNIT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture on the page; box in display points, size in pixels."""

    handle: int
    box: Box
    pixels: tuple[int, int]

    @property
    def area(self) -> float:
        return max(0.0, self.box[2] - self.box[0]) * max(0.0, self.box[3] - self.box[1])


@dataclass(slots=True)
class PageObjects:
    """Addresses of everything that is drawn, forms opened, in drawing order."""

    leaves: list[int] = field(default_factory=list[int])
    texts: list[int] = field(default_factory=list[int])
    images: list[Image] = field(default_factory=list[Image])
    count: int = 0


def page_objects(page: int, turn: Turn, *, limit: int) -> PageObjects:
    """Everything drawn on the page, up to `limit` objects."""
    found = PageObjects()
    library: Any = native.library()
    found.count = int(library.FPDFPage_CountObjects(page))
    wanted = min(found.count, limit)
    handles: list[int] = list(map(library.FPDFPage_GetObject, repeat(page, wanted), range(wanted)))
    _collect(found, handles, _UNIT, turn, limit=limit, depth=0)
    return found


def _collect(
    found: PageObjects, handles: list[int], matrix: _Matrix, turn: Turn, *, limit: int, depth: int
) -> None:
    library: Any = native.library()
    kinds: list[int] = list(map(library.FPDFPageObj_GetType, handles))
    for handle, kind in zip(handles, kinds, strict=True):
        if kind == _FORM and depth < _DEEPEST and len(found.leaves) < limit:
            count = min(int(library.FPDFFormObj_CountObjects(handle)), limit)
            inner: list[int] = list(map(library.FPDFFormObj_GetObject, repeat(handle, count), range(count)))
            found.count += count
            _collect(found, inner, _times(_matrix(handle), matrix), turn, limit=limit, depth=depth + 1)
            continue
        found.leaves.append(handle)
        if kind == _TEXT:
            found.texts.append(handle)
        elif kind == _IMAGE:
            found.images.append(_image(handle, matrix, turn))


def _image(handle: int, matrix: _Matrix, turn: Turn) -> Image:
    library: Any = native.library()
    edges, sizes = native.Numbers(native.FLOAT, 4), native.Numbers(native.UINT, 2)
    library.FPDFPageObj_GetBounds(handle, *edges.addresses)
    library.FPDFImageObj_GetImagePixelSize(handle, *sizes.addresses)
    left, bottom, right, top = edges.values()
    corners = [_apply(matrix, x, y) for x, y in ((left, top), (right, bottom), (left, bottom), (right, top))]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    x0, y0, x1, y1 = turn.boxes([min(xs), max(ys), max(xs), min(ys)])
    wide, high = sizes.integers()
    image = Image(handle, (x0[0], y0[0], x1[0], y1[0]), (wide, high))
    if wide * high > _MOST_PIXELS:
        # Decoding it would take more memory than reading a resume is worth.
        library.FPDFPageObj_SetIsActive(handle, 0)
    return image


def _matrix(handle: int) -> _Matrix:
    numbers = native.Numbers(native.FLOAT, 6)
    native.library().FPDFPageObj_GetMatrix(handle, numbers.addresses[0])
    a, b, c, d, e, f = numbers.values()
    return (a, b, c, d, e, f)


def _times(first: _Matrix, second: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _apply(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
