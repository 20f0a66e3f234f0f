"""Glyphs to words: by the gaps between pens, never by the blanks a producer may have left out or put in."""

import math
from dataclasses import dataclass
from itertools import groupby

from resume_review.documents.pdf.page import OpenPage, PageGlyphs, Style

# In ems. Kerning stays under the first, the narrowest space of a justified line above it.
_WORD_GAP = 0.16
_HINTED_GAP = 0.07  # where PDFium too takes the gap for a space
_CJK_WORD_GAP = 0.5
_FIRST_CJK = 0x2E80
_SPACE = 0x20
_LONG_REPLACEMENT = 12
_BACK_STEP = -0.55
_RISE = 0.42
_STRAIGHT = 0.12  # radians

_BLANKS = frozenset({0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000, 0x202F, 0x205F, *range(0x2000, 0x200B)})
# Nothing to see: zero-width characters, marks of direction, tags and control characters.
_UNSEEN = frozenset(
    {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x180E, 0xFFFD, *range(0x20), *range(0x7F, 0xA0)}
) - {0x02}
_SOFT_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})


def is_cjk(code: int) -> bool:
    """Scripts written without spaces between words, and their punctuation."""
    return (
        0x2E80 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
        or 0xFF00 <= code <= 0xFFEF
        or 0x20000 <= code <= 0x3FFFF
    )


def is_private(code: int) -> bool:
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000


@dataclass(slots=True)
class Word:
    """Glyphs that touch; `glyphs` are indices into the page, in writing order.

    Attributes:
        x0: Left edge on the displayed page, points; y points down.
        base: Height of the writing line.
        angle: Radians clockwise; 0 for upright text.
        hyphen: A hyphen the typesetter put at the end of a line.
        size: That of its style, kept for speed.
    """

    glyphs: list[int]
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    style: Style
    angle: float = 0.0
    hyphen: bool = False
    size: float = 0.0

    def __post_init__(self) -> None:
        self.size = self.style.size

    def box(self) -> tuple[float, float, float, float]:
        return (self.x0, self.y0, self.x1, self.y1)


def page_words(page: OpenPage, glyphs: PageGlyphs, drawn: list[int]) -> list[Word]:
    """Words in drawing order; `drawn` are the page's text objects in that order."""
    straight, turned = _collect(page, glyphs, _in_drawing_order(glyphs, drawn))
    words = [_word(glyphs, run, style) for run, style in straight]
    words.extend(_turned_words(page, glyphs, turned))
    return words


def _in_drawing_order(glyphs: PageGlyphs, drawn: list[int]) -> list[int]:
    """Indices of the characters as they are drawn; PDFium mixes lines that overlap."""
    rank = {handle: place for place, handle in enumerate(drawn)}
    places: list[int] = []
    last = 0
    for handle in glyphs.objects:
        last = rank.get(handle, last) if handle is not None else last
        places.append(last)
    indices = list(range(len(places)))
    indices.sort(key=places.__getitem__)
    return indices


_Run = tuple[list[int], Style]


def _collect(page: OpenPage, glyphs: PageGlyphs, indices: list[int]) -> tuple[list[_Run], list[int]]:
    """Runs of touching upright glyphs, and the glyphs that are written at an angle."""
    builder = _Builder(page, glyphs)
    codes, objects = glyphs.codes, glyphs.objects
    for index in indices:
        code = codes[index]
        if objects[index] is None:
            builder.hint = builder.hint or code == _SPACE
        elif code in _BLANKS:
            builder.blank = True
        elif code not in _UNSEEN:
            builder.add(index, code)
    upright: list[_Run] = []
    turned: list[int] = []
    for run, style in builder.runs:
        # Upright text moves the pen to the right; anything else may be turned.
        stands = glyphs.pen_x[run[-1]] - glyphs.pen_x[run[0]] < 0.1 * style.size * len(run)
        if (stands or len(run) < 3) and abs(glyphs.angle(run[0])) > _STRAIGHT:
            turned.extend(run)
        else:
            upright.append((run, style))
    return upright, turned


class _Builder:
    """Puts glyphs that touch into one run."""

    __slots__ = ("_code", "_em", "_glyphs", "_page", "_right", "_run", "_x", "_y", "blank", "hint", "runs")

    def __init__(self, page: OpenPage, glyphs: PageGlyphs) -> None:
        self._page, self._glyphs = page, glyphs
        self._run: list[int] = []
        self._em, self._right = 0.0, 0.0
        self._x: float = 0.0
        self._y: float = 0.0
        self._code = 0
        self.blank, self.hint = True, False
        self.runs: list[_Run] = []

    def add(self, index: int, code: int) -> None:
        glyphs = self._glyphs
        x, y, right = glyphs.pen_x[index], glyphs.pen_y[index], glyphs.right[index]
        if not self.blank and self._touches(x, y, code):
            self._run.append(index)
            if x == self._x and y == self._y:
                right = max(right, self._right)
        else:
            style = self._page.style(glyphs, index)
            self._run = [index]
            self._em = style.size or 1.0
            self.runs.append((self._run, style))
        self._right, self._x, self._y, self._code = right, x, y, code
        self.blank = self.hint = False

    def _touches(self, x: float, y: float, code: int) -> bool:
        if y == self._y and x == self._x:  # the letters of one ligature
            return True
        if (code >= _FIRST_CJK and is_cjk(code)) or (self._code >= _FIRST_CJK and is_cjk(self._code)):
            near = _CJK_WORD_GAP
        else:
            near = _HINTED_GAP if self.hint else _WORD_GAP
        # Loose boxes grow to the left for overhanging shapes; the pen does not.
        gap = (x - self._right) / self._em
        return _BACK_STEP < gap < near and abs(y - self._y) < _RISE * self._em


def _word(glyphs: PageGlyphs, indices: list[int], style: Style) -> Word:
    left, top, right, bottom = glyphs.left, glyphs.top, glyphs.right, glyphs.bottom
    first, last = indices[0], indices[-1]
    edges = (
        min(left[first], left[last]), min(top[first], top[last]),
        max(right[first], right[last]), max(bottom[first], bottom[last]),
    )  # fmt: skip
    codes = glyphs.codes
    text = "".join([chr(codes[i]) for i in indices])
    hyphen = codes[last] in _SOFT_HYPHENS
    return Word(indices, text, *edges, glyphs.pen_y[first], style, hyphen=hyphen)


def _turned_words(page: OpenPage, glyphs: PageGlyphs, indices: list[int]) -> list[Word]:
    """Words of text written at an angle, found along its own writing line."""
    words: list[Word] = []
    run: list[int] = []
    place: tuple[float, float, float] = (0.0, 0.0, 0.0)  # along, across, angle of the last glyph
    for index in sorted(indices):
        angle = glyphs.angle(index)
        cos, sin = math.cos(angle), math.sin(angle)
        x, y = glyphs.pen_x[index], glyphs.pen_y[index]
        along, across = x * cos + y * sin, y * cos - x * sin
        if run:
            em = page.style(glyphs, run[-1]).size or 1.0
            step = along - place[0]
            advance = _advance(glyphs, run[-1], cos, sin)
            together = abs(angle - place[2]) < _STRAIGHT and abs(across - place[1]) < _RISE * em
            if (
                not together
                or not -0.2 * em < step - advance < _WORD_GAP * em
                or _blank_between(glyphs, run[-1], index)
            ):
                words.append(_turned_word(page, glyphs, run, place[2]))
                run = []
        run.append(index)
        place = (along, across, angle)
    if run:
        words.append(_turned_word(page, glyphs, run, place[2]))
    return words


def _advance(glyphs: PageGlyphs, index: int, cos: float, sin: float) -> float:
    """Width of a turned glyph along its writing line."""
    wide, high = glyphs.right[index] - glyphs.left[index], glyphs.bottom[index] - glyphs.top[index]
    if abs(cos) < _STRAIGHT:
        return high
    if abs(sin) < _STRAIGHT:
        return wide
    return 0.6 * min(wide, high)


def _blank_between(glyphs: PageGlyphs, first: int, last: int) -> bool:
    return any(glyphs.codes[index] in _BLANKS for index in range(first + 1, last))


def _turned_word(page: OpenPage, glyphs: PageGlyphs, indices: list[int], angle: float) -> Word:
    style = page.style(glyphs, indices[0])
    edges = (
        min(glyphs.left[i] for i in indices), min(glyphs.top[i] for i in indices),
        max(glyphs.right[i] for i in indices), max(glyphs.bottom[i] for i in indices),
    )  # fmt: skip
    text = "".join(chr(glyphs.codes[i]) for i in indices)
    return Word(indices, text, *edges, glyphs.pen_y[indices[0]], style, angle=angle)


def replaced_texts(glyphs: PageGlyphs) -> list[str]:
    """Long texts that the file gives in place of what its glyphs say (ActualText): many letters at one pen."""
    found: list[str] = []
    begin = 0
    for _, group in groupby(zip(glyphs.pen_x, glyphs.pen_y, glyphs.objects, strict=True)):
        end = begin + sum(1 for _ in group)
        if end - begin >= _LONG_REPLACEMENT and glyphs.objects[begin] is not None:
            found.append("".join(chr(code) for code in glyphs.codes[begin:end] if code))
        begin = end
    return found
