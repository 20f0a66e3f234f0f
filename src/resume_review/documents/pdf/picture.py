"""A picture of the page, to see where there is ink."""

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from resume_review.documents.pdf import native

# Pixels a point: 90 dpi for the first look at a page, 144 for the closer one.
_FIRST_LOOK, _CLOSER_LOOK = 1.25, 2.0
_WITH_ANNOTATIONS = 0x01
_GREY, _BGRA = 1, 4
_WHITE = 0xFFFFFFFF
_WHITE_SHADE = 255
CONTRAST = 24  # of 255; less is no ink to a reader
# Where most letters have a stroke, in ems over the writing line: tried first.
_PROBES = (0.05, 0.15, 0.28, 0.42, 0.6)
_STROKE_SHARE = 0.35  # of the columns of a word
_SEEN_SHARE = 0.4  # of the glyphs of a word
_STROKE_ROWS = 3  # of the probes
_STROKE_HEIGHT = 0.3  # ems
_FEWEST_LETTERS = 3  # a bar across fewer may be a letter


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels of a displayed page, row by row from the top; `depth` bytes each.

    `ink` has 1 for each pixel of a picture in grey that stands out from white paper.
    """

    scale: float
    width: int
    height: int
    depth: int
    data: bytes
    ink: bytes = b""

    def span(self, x0: float, x1: float) -> tuple[int, int]:
        """Pixel columns of a stretch of points, at least one wide and inside the picture."""
        first = min(max(int(x0 * self.scale), 0), self.width - 1)
        return first, min(max(int(x1 * self.scale + 0.999), first + 1), self.width)

    def rows(self, y0: float, y1: float) -> range:
        first = min(max(int(y0 * self.scale), 0), self.height)
        return range(first, min(max(int(y1 * self.scale + 0.999), first), self.height))

    def row(self, y: int, first: int, last: int) -> bytes:
        start = y * self.width * self.depth
        return self.data[start + first * self.depth : start + last * self.depth]

    def crosses_strokes(self, x0: float, x1: float, base: float, em: float, letters: int) -> bool:
        """Whether a word, given by its ends, writing line and size, plainly shows on white paper.

        Only for pictures in grey. Strokes take several rows; a rule that only passes takes one or two.
        """
        first, last = self.span(x0, x1)
        wide, count = self.width, last - first
        columns = inked = rows = strokes = 0
        for probe in _PROBES:
            y = int((base - probe * em) * self.scale)
            if 0 <= y < self.height:
                start = y * wide + first
                row = int.from_bytes(self.ink[start : start + count], "big")
                rows += 1
                if row:
                    strokes += 1
                    inked += row.bit_count()
                    columns |= row
        least = 1 if letters < _FEWEST_LETTERS else _STROKE_ROWS
        return (
            3 * inked < 2 * rows * count and strokes >= least and columns.bit_count() >= _STROKE_SHARE * count
        )

    def shows_word(
        self, x0: float, x1: float, base: float, em: float, glyphs: list[tuple[float, float]]
    ) -> bool:
        """Whether the glyphs of a word, given by their ends, leave their strokes.

        Only for pictures in grey. A pixel counts if it differs from the commonest shade around, so light text
        on dark counts like dark on light.
        """
        first, last = self.span(x0, x1)
        least = 1 if len(glyphs) < _FEWEST_LETTERS else _STROKE_ROWS
        rows = self._stroked([int((base - probe * em) * self.scale) for probe in _PROBES], first, last)
        columns = 0
        for row in rows:
            columns |= int.from_bytes(row, "big")
        if columns.bit_count() >= _STROKE_SHARE * (last - first) and sum(1 in row for row in rows) >= least:
            return True
        rows = self._stroked(self.rows(base - 0.8 * em, base + 0.22 * em), first, last)
        least = max(least, round(_STROKE_HEIGHT * em * self.scale)) if least > 1 else least
        seen = 0
        for left, right in glyphs:
            begin, end = self.span(left, right)
            seen += sum(1 in row[begin - first : end - first] for row in rows) >= least
        return seen > _SEEN_SHARE * len(glyphs)

    def _stroked(self, wanted: Iterable[int], first: int, last: int) -> list[bytes]:
        """Rows of a stretch with 1 for each pixel that stands out, 0 for the others."""
        parts = [self.row(y, first, last) for y in wanted if 0 <= y < self.height]
        pixels = b"".join(parts)
        if not pixels:
            return []
        paper = _WHITE_SHADE
        if 3 * pixels.count(paper) <= len(pixels):  # the search is slow and white pages are the rule
            paper = max(set(pixels), key=pixels.count)
        table = _apart_from(paper)
        return [part.translate(table) for part in parts]

    def box_has_ink(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Whether the box holds two shades that a reader can tell apart."""
        first, last = self.span(x0, x1)
        for channel in range(min(self.depth, 3)):
            lightest, darkest = 0, 255
            for y in self.rows(y0, y1):
                part = self.row(y, first, last)[channel :: self.depth]
                lightest, darkest = max(lightest, *part, 0), min(darkest, *part, 255)
                if lightest - darkest >= CONTRAST:
                    return True
        return False


@cache
def _apart_from(shade: int) -> bytes:
    """A translation table: 1 for shades that a reader can tell from `shade`, 0 for the others."""
    return bytes(abs(other - shade) >= CONTRAST for other in range(256))


def draw(page: int, width: float, height: float, *, max_pixels: int, colour: bool = False) -> Picture | None:
    """The page as displayed, annotations included; None for a page without area."""
    if width <= 0 or height <= 0:
        return None
    scale = min(_CLOSER_LOOK if colour else _FIRST_LOOK, (max_pixels / (width * height)) ** 0.5)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    if wide * high > 2 * max_pixels:
        return None
    depth = 4 if colour else 1
    buffer = ctypes.create_string_buffer(wide * high * depth)
    library: Any = native.library()
    kind = _BGRA if colour else _GREY
    bitmap = library.FPDFBitmap_CreateEx(wide, high, kind, ctypes.addressof(buffer), wide * depth)
    if not bitmap:
        return None
    library.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, _WHITE)
    library.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, _WITH_ANNOTATIONS)
    library.FPDFBitmap_Destroy(bitmap)
    data = buffer.raw
    return Picture(
        scale, wide, high, depth, data, b"" if colour else data.translate(_apart_from(_WHITE_SHADE))
    )
