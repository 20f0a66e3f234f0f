"""One page as PDFium sees it: glyphs in drawing order, in points from the top left of the displayed page."""

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Self

from resume_review.documents.pdf import native
from resume_review.documents.pdf.standin import stands_in
from resume_review.documents.reading import UnreadableError

_BOLD_WEIGHT = 600
_LEVEL = 0.01  # rise of a writing line by its run
_HIGH_HALVES, _LOW_HALVES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_HALVES = frozenset({*_HIGH_HALVES, *_LOW_HALVES})
_REPLACEMENT, _NOTHING = 0xFFFD, 0x200B
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi", "cmbx", "-bd")


@dataclass(frozen=True, slots=True)
class FontFace:
    """A font of the file; `symbolic` fonts use private characters for bullets.

    Attributes:
        stand_in: It is not in the file, and the stand-in gives its letters a shape.
    """

    name: str
    bold: bool
    embedded: bool
    stand_in: bool = False

    @property
    def symbolic(self) -> bool:
        lowered = self.name.lower()
        return any(part in lowered for part in ("symbol", "wingding", "webding", "dingbat"))


@dataclass(frozen=True, slots=True)
class Style:
    """How one text object is drawn. Size in points on the page; alpha 0-255; colour as red, green, blue.

    `turn` is the direction of writing on the displayed page, radians clockwise in (-pi, pi]; `slant` is how far
    letters lean to the right, as a share of their height, where a program leans them.
    """

    face: FontFace
    size: float
    colour: tuple[int, int, int]
    alpha: int
    mode: int
    turn: float = 0.0
    slant: float = 0.0


@dataclass(slots=True)
class PageGlyphs:
    """Parallel lists, one entry per character; boxes and pens in display points, y down."""

    number: int
    width: float
    height: float
    codes: list[int]
    left: list[float]
    top: list[float]
    right: list[float]
    bottom: list[float]
    pen_x: list[float]
    pen_y: list[float]
    objects: list[int | None]
    handle: int
    styles: dict[int, Style] = field(default_factory=dict[int, Style])


class PdfFile:
    """An open PDF; use as a context manager, pages one at a time."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._library: Any = native.library()
        self._faces: dict[int, FontFace] = {}
        handle = self._library.FPDF_LoadMemDocument64(data, len(data), None)
        if not handle:
            raise _refusal(int(self._library.FPDF_GetLastError()))
        self.handle = int(handle)
        self.page_count = int(self._library.FPDF_GetPageCount(self.handle))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._library.FPDF_CloseDocument(self.handle)

    def producer(self) -> str:
        """The programs that made the file, as it names them."""
        names: list[str] = []
        for key in (b"Creator", b"Producer"):
            buffer = native.Text(512)
            self._library.FPDF_GetMetaText(self.handle, key, buffer.address, 512)
            names.append(buffer.wide())
        return " ".join(names)

    def face(self, font: int | None) -> FontFace:
        if font is None:
            return FontFace("", bold=False, embedded=False)
        known = self._faces.get(font)
        if known is None:
            known = self._faces[font] = _face(self._library, font)
        return known


def _refusal(code: int) -> UnreadableError:
    if code == 4:
        return UnreadableError(
            "encrypted", "This PDF needs a password to open: save a copy without one and send that."
        )
    return UnreadableError(
        "malformed", "This PDF is damaged and cannot be opened: export it again and send the new file."
    )


def _face(library: Any, font: int) -> FontFace:
    buffer = native.Text(256)
    library.FPDFFont_GetBaseFontName(font, buffer.address, 256)
    name = buffer.value()
    if len(name) > 7 and name[6] == "+":
        name = name[7:]
    lowered = name.lower()
    bold = library.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT or any(part in lowered for part in _BOLD_NAMES)
    embedded = library.FPDFFont_GetIsEmbedded(font) == 1
    return FontFace(name, bold=bold, embedded=embedded, stand_in=not embedded and stands_in(library, font))


def _whole(codes: list[int]) -> list[int]:
    """Characters beyond the first plane as one code: PDFium gives them as two halves."""
    if _HALVES.isdisjoint(codes):
        return codes
    found = [_REPLACEMENT if code in _HALVES else code for code in codes]
    for index, (high, low) in enumerate(pairwise(codes)):
        if high in _HIGH_HALVES and low in _LOW_HALVES:
            found[index : index + 2] = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), _NOTHING
    return found


class OpenPage:
    """A loaded page; its glyphs stay valid inside the `with` block only."""

    def __init__(self, file: PdfFile, index: int, *, filled: bool = False) -> None:
        """Open a page; `filled` makes form fields and text boxes part of it, as they are for a reader."""
        self._file = file
        self._library: Any = native.library()
        self.number = index + 1
        self.document = file.handle
        handle = self._library.FPDF_LoadPage(file.handle, index)
        if handle and filled and self._library.FPDFPage_Flatten(handle, 0) == 1:
            self._library.FPDF_ClosePage(handle)
            handle = self._library.FPDF_LoadPage(file.handle, index)
        self.handle: int | None = int(handle) if handle else None
        self._text: int | None = None
        self._rotation = 0
        self._matrix = native.Numbers(native.FLOAT, 6)
        self._channels = native.Numbers(native.UINT, 4)
        self._size = native.Numbers(native.FLOAT, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._text:
            self._library.FPDFText_ClosePage(self._text)
        if self.handle:
            self._library.FPDF_ClosePage(self.handle)

    def glyphs(self) -> PageGlyphs:
        """All characters of the page.

        Raises:
            UnreadableError: PDFium could not load the page's text.
        """
        call = self._library
        text = call.FPDFText_LoadPage(self.handle) if self.handle else None
        if not text:
            raise UnreadableError(
                "malformed", f"Page {self.number} is damaged: export the PDF again and send the new file."
            )
        self._text = int(text)
        count = max(0, int(call.FPDFText_CountChars(text)))
        boxes = native.loose_boxes(self._text, count)
        pens = native.origins(self._text, count)
        turn = self.turn()
        self._rotation = turn.rotation
        left, top, right, bottom = turn.boxes(boxes)
        pen_x, pen_y = turn.points(pens)
        return PageGlyphs(
            number=self.number, width=turn.width, height=turn.height, codes=_whole(native.codes(self._text, count)),
            left=left, top=top, right=right, bottom=bottom, pen_x=pen_x, pen_y=pen_y,
            objects=native.text_objects(self._text, count), handle=int(self.handle or 0),
        )  # fmt: skip

    def style(self, glyphs: PageGlyphs, index: int) -> Style:
        """How the character is drawn; characters of one text object share it."""
        item = glyphs.objects[index]
        if item is None:
            raise ValueError("a made-up character has no style")
        known = glyphs.styles.get(item)
        if known is None:
            known = glyphs.styles[item] = self._style(item, index)
        return known

    def _style(self, item: int, index: int) -> Style:
        call = self._library
        size, channels, matrix = self._size, self._channels, self._matrix
        call.FPDFTextObj_GetFontSize(item, size.addresses[0])
        call.FPDFText_GetMatrix(self._text, index, matrix.addresses[0])
        call.FPDFPageObj_GetFillColor(item, *channels.addresses)
        red, green, blue, alpha = channels.integers()
        a, b, c, d, *_ = matrix.values()
        # Not the angle PDFium gives: that one is of the letters' height and takes leaning for turning.
        turn = math.atan2(-b, a) + self._rotation * math.pi / 2 if b or self._rotation or a < 0 else 0.0
        return Style(
            face=self._file.face(call.FPDFTextObj_GetFont(item)),
            size=abs(size.values()[0]) * math.hypot(c, d),
            colour=(red, green, blue),
            alpha=alpha,
            mode=int(call.FPDFTextObj_GetTextRenderMode(item)),
            turn=math.atan2(math.sin(turn), math.cos(turn)) if turn else 0.0,
            slant=c / d if d > 0 and c > 0 and abs(b) < _LEVEL * abs(a) and not self._rotation else 0.0,
        )

    def turn(self) -> "Turn":
        """How PDF space maps to the displayed page, from the page box that is in force (inherited ones too)."""
        box = native.Numbers(native.FLOAT, 4)
        call = self._library
        call.FPDF_GetPageBoundingBox(self.handle, box.addresses[0])
        left, top, right, bottom = box.values()
        return Turn(left, bottom, right, top, int(call.FPDFPage_GetRotation(self.handle)))


class Turn:
    """From PDF space to the displayed page: the page box is the origin, y points down, /Rotate is applied."""

    def __init__(self, left: float, bottom: float, right: float, top: float, rotation: int) -> None:
        self.left, self.bottom, self.right, self.top = left, bottom, right, top
        self.rotation = rotation
        wide, high = right - left, top - bottom
        self.width, self.height = (high, wide) if rotation % 2 else (wide, high)

    def points(self, flat: list[float]) -> tuple[list[float], list[float]]:
        return self._map(flat[0::2], flat[1::2])

    def boxes(self, flat: list[float]) -> tuple[list[float], list[float], list[float], list[float]]:
        """Boxes given as left, top, right, bottom."""
        x0, y0 = self._map(flat[0::4], flat[1::4])
        x1, y1 = self._map(flat[2::4], flat[3::4])
        if self.rotation == 0:
            return x0, y0, x1, y1
        return (
            list(map(min, x0, x1)), list(map(min, y0, y1)), list(map(max, x0, x1)), list(map(max, y0, y1)),
        )  # fmt: skip

    def _map(self, xs: list[float], ys: list[float]) -> tuple[list[float], list[float]]:
        if self.rotation == 1:
            return [y - self.bottom for y in ys], [x - self.left for x in xs]
        if self.rotation == 2:
            return [self.right - x for x in xs], [y - self.bottom for y in ys]
        if self.rotation == 3:
            return [self.top - y for y in ys], [self.right - x for x in xs]
        return [x - self.left for x in xs], [self.top - y for y in ys]
