"""Does a doubtful word show? The page is drawn without it, and the word alone in black, and all are compared."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from resume_review.documents.pdf import native
from resume_review.documents.pdf.objects import PageObjects
from resume_review.documents.pdf.picture import CONTRAST, Picture
from resume_review.documents.pdf.words import Word

_LEAST_INK = 6  # pixels
_MOST_PIXELS = 2000  # of one word that are compared
_INKED = 128  # of 255: darker pixels of the black drawing belong to the word
_SHOWN_SHARE = 0.5  # of the word's own pixels that must change the page
_LATIN_END = 0x250
_DARK = 200  # of 255
_LIKENESS = 0.5  # with what something else draws at the place of an invisible word


@dataclass(frozen=True, slots=True)
class Overlay:
    """A page with some text objects, without them, those objects alone in black, and the page without any text.

    The last is drawn when it is first needed.
    """

    page: Picture
    without: Picture
    alone: Picture
    bare: Callable[[], Picture | None]

    @classmethod
    def draw(
        cls, objects: PageObjects, handles: set[int], page: Picture, draw: Callable[[], Picture | None]
    ) -> "Overlay | None":
        """Draw both comparisons; `page` is the whole page in colour, `draw` draws what is active."""
        library: Any = native.library()
        _set_active(objects.leaves, lambda handle: handle not in handles)
        without = draw()
        _set_active(objects.leaves, lambda handle: handle in handles)
        kept = {handle: _blacken(handle) for handle in handles}
        alone = draw()
        for handle, (colour, mode) in kept.items():
            library.FPDFPageObj_SetFillColor(handle, *colour)
            library.FPDFTextObj_SetTextRenderMode(handle, mode)
        _set_active(objects.leaves, lambda _: True)
        return cls(page, without, alone, _without_text(objects, draw)) if without and alone else None

    def shows(self, word: Word, *, invisible: bool) -> bool | None:
        """Whether the page shows the word's shapes; None if its font has none to compare.

        An invisible word counts as shown where something else draws the same shapes, as programs that
        imitate bold type do.
        """
        shape = self._values(self.alone, word, 0)
        inked = [index for index, value in enumerate(shape) if value < _INKED]
        if len(inked) < _LEAST_INK:
            return False if _has_shapes(word) else None
        likeness, stands_out = 0.0, False
        changed: set[int] = set()
        for channel in range(3):
            page = self._values(self.page, word, channel)
            without = self._values(self.without, word, channel)
            changed.update(index for index in inked if abs(page[index] - without[index]) >= CONTRAST)
            likeness = max(likeness, abs(_likeness(shape, page)) if invisible else 0.0)
            stands_out = stands_out or self._stands_out(word, channel, [page[i] for i in inked], without)
        return (stands_out and len(changed) >= _SHOWN_SHARE * len(inked)) or likeness >= _LIKENESS

    def _stands_out(self, word: Word, channel: int, strokes: list[int], without: list[int]) -> bool:
        """Whether the strokes have another shade than what is behind the word.

        White strokes over black words change the page and are not read: they have the shade of the paper, which
        shows on the page without text only where large letters fill the place.
        """
        paper = max(set(without), key=without.count)
        apart = abs(sum(strokes) / len(strokes) - paper) >= CONTRAST
        if not apart or paper > _DARK:
            return apart
        bare = self.bare()
        values = self._values(bare, word, channel) if bare else without
        behind = max(set(values), key=values.count)
        # The pixels hold much of the letters underneath; only the colour in the file is pure. BGR, not RGB.
        return abs(behind - paper) < CONTRAST or abs(word.style.colour[2 - channel] - behind) >= CONTRAST

    def is_blank(self, word: Word) -> bool:
        """Whether not even the black drawing shows the word: it is cut off or its layer is off."""
        return sum(value < _INKED for value in self._values(self.alone, word, 0)) < _LEAST_INK

    @staticmethod
    def _values(picture: Picture, word: Word, channel: int) -> list[int]:
        first, last = picture.span(word.x0, word.x1)
        rows = picture.rows(word.y0, word.y1)
        # A sample is enough for big words; a watermark has a million pixels.
        step = max(1, math.ceil(math.sqrt((last - first) * len(rows) / _MOST_PIXELS)))
        values: list[int] = []
        for y in rows[::step]:
            values.extend(picture.row(y, first, last)[channel :: picture.depth * step])
        return values


def _without_text(objects: PageObjects, draw: Callable[[], Picture | None]) -> Callable[[], Picture | None]:
    @cache
    def bare() -> Picture | None:
        _set_active(objects.texts, lambda _: False)
        picture = draw()
        _set_active(objects.texts, lambda _: True)
        return picture

    return bare


def _has_shapes(word: Word) -> bool:
    """Whether the word can be drawn: of other fonts that are missing, PDFium has Latin letters only."""
    face = word.style.face
    return (
        face.embedded
        or face.stand_in
        or all(ord(char) < _LATIN_END or 0x2000 <= ord(char) < 0x2070 for char in word.text)
    )


def _set_active(handles: list[int], wanted: Callable[[int], bool]) -> None:
    library: Any = native.library()
    for handle in handles:
        library.FPDFPageObj_SetIsActive(handle, int(wanted(handle)))


def _blacken(handle: int) -> tuple[list[int], int]:
    """Fill the text in opaque black; returns the colour and rendering mode it had."""
    library: Any = native.library()
    channels = native.Numbers(native.UINT, 4)
    library.FPDFPageObj_GetFillColor(handle, *channels.addresses)
    mode = int(library.FPDFTextObj_GetTextRenderMode(handle))
    library.FPDFPageObj_SetFillColor(handle, 0, 0, 0, 255)
    library.FPDFTextObj_SetTextRenderMode(handle, 0)
    return channels.integers(), mode


def _likeness(one: list[int], other: list[int]) -> float:
    """Correlation of two pictures of the same size; 0 where one of them is flat."""
    count = len(one)
    mean_one, mean_other = sum(one) / count, sum(other) / count
    spread_one = sum((a - mean_one) ** 2 for a in one)
    spread_other = sum((b - mean_other) ** 2 for b in other)
    if spread_one < count or spread_other < 4 * count:
        return 0.0
    together = sum((a - mean_one) * (b - mean_other) for a, b in zip(one, other, strict=True))
    return together / (spread_one * spread_other) ** 0.5
