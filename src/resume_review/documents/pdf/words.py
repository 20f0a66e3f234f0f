"""Words of a page, and the kinds of characters they are made of."""

from dataclasses import dataclass
from itertools import groupby, islice
from operator import eq

from resume_review.documents.colours import Tint
from resume_review.documents.model import GlitchKind
from resume_review.documents.pdf.page import PageGlyphs, Style

STRAIGHT = 0.12  # radians
FIRST_CJK = 0x2E80
SOFT_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
_LONG_REPLACEMENT = 12

BLANKS = frozenset({0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000, 0x202F, 0x205F, *range(0x2000, 0x200B)})
# Nothing to see: zero-width characters, marks of direction, tags and control characters.
UNSEEN = frozenset({0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x180E, *range(0x20), *range(0x7F, 0xA0)}) - {
    0x02
}

# What PDFium gives for a glyph of which the file does not say what it means.
LOST = frozenset({*range(0x20), *range(0x7F, 0xA0)}) - BLANKS - SOFT_HYPHENS
REPLACEMENT = 0xFFFD


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
        tint: Its colours, where they stand out little.
        glitch: What a program does not read as it is shown.
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
    tint: Tint | None = None
    glitch: GlitchKind | None = None

    def __post_init__(self) -> None:
        self.size = self.style.size

    def box(self) -> tuple[float, float, float, float]:
        return (self.x0, self.y0, self.x1, self.y1)


# Indices of glyphs that touch, and how the first of them is drawn.
Run = tuple[list[int], Style]


def replaced_texts(glyphs: PageGlyphs) -> list[str]:
    """Long texts that the file gives in place of what its glyphs say (ActualText): many letters at one pen."""
    found: list[str] = []
    far = _LONG_REPLACEMENT - 1
    pen_y = glyphs.pen_y
    same = enumerate(map(eq, glyphs.pen_x, islice(glyphs.pen_x, far, None)))
    if not any(equal and pen_y[index] == pen_y[index + far] for index, equal in same):
        return found
    begin = 0
    for _, group in groupby(zip(glyphs.pen_x, glyphs.pen_y, glyphs.objects, strict=True)):
        end = begin + sum(1 for _ in group)
        if end - begin >= _LONG_REPLACEMENT and glyphs.objects[begin] is not None:
            found.append("".join(chr(code) for code in glyphs.codes[begin:end] if code))
        begin = end
    return found
