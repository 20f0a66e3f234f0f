"""One made-up font in place of the fonts of the machine, so that a file reads the same everywhere.

PDFium draws text whose font is not in the file with fonts that happen to be installed, and leaves out a letter that
none of them has. It carries stand-ins for Latin fonts; for Chinese, Japanese and Korean ones it gets this font, in
which every letter is the same box with two bars: it takes place and leaves ink, as any letter does.
"""

import ctypes
import struct
from functools import cache
from typing import Any, ClassVar

# What Windows calls the charsets of Japanese, Korean, simplified and traditional Chinese.
_CHARSETS = frozenset({128, 129, 134, 136})
_WHOLE_FILE = 0  # where the name of a table may stand

_EM, _ASCENT, _DESCENT = 1000, 880, -120
_NARROW, _WIDE = 1, 2
# First and last character with their glyph; all others, blanks among them, are empty.
_SHAPES = (
    (0x21, 0x7E, _NARROW), (0xA1, 0x24F, _NARROW), (0x250, 0x1FFF, _WIDE), (0x2010, 0x2027, _WIDE),
    (0x2030, 0x205E, _WIDE), (0x2070, 0x2FFF, _WIDE), (0x3001, 0xD7FF, _WIDE), (0xE000, 0xFEFE, _WIDE),
    (0xFF01, 0xFF60, _WIDE), (0xFF61, 0xFFDC, _NARROW), (0xFFDD, 0xFFEF, _WIDE), (0x10000, 0x10FFFF, _WIDE),
)  # fmt: skip
_STROKE = 90
_LOWEST, _HIGHEST = -60, 700
# Where the openings between the strokes of the box begin and end.
_OPENINGS = ((30, 110), (200, 375), (465, 610))
_HANDLE = 1  # of the font: any number but 0

_TEXT, _POINTER, _INT, _LONG = ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
_MAP = ctypes.CFUNCTYPE(_POINTER, _POINTER, _INT, _INT, _INT, _INT, _TEXT, _POINTER)
_DATA = ctypes.CFUNCTYPE(_LONG, _POINTER, _POINTER, ctypes.c_uint, _POINTER, _LONG)


class _FontInfo(ctypes.Structure):
    """FPDF_SYSFONTINFO; calls that are left null answer that there is nothing."""

    _fields_: ClassVar = [
        ("version", _INT), ("release", _POINTER), ("enumerate", _POINTER), ("map", _MAP), ("get", _POINTER),
        ("data", _DATA), ("face_name", _POINTER), ("charset", _POINTER), ("delete", _POINTER),
    ]  # fmt: skip


def replace_installed_fonts(library: Any) -> None:
    """Make PDFium use its own fonts and the stand-in only, in all of this process."""
    library.FPDF_SetSystemFontInfo(ctypes.addressof(_font_info()))


def stands_in(library: Any, font: int) -> bool:
    """Whether PDFium draws the font, of which the file holds nothing, with the stand-in."""
    size = ctypes.c_size_t()
    library.FPDFFont_GetFontData(font, None, 0, ctypes.addressof(size))
    return size.value == len(font_file())


@cache
def _font_info() -> _FontInfo:
    """What PDFium asks for fonts; kept, because PDFium keeps its address."""
    return _FontInfo(version=1, map=_MAP(_mapped), data=_DATA(_copied))


def _mapped(
    _info: int, _weight: int, _italic: int, charset: int, _pitch: int, _family: bytes, _exact: int
) -> int | None:
    return _HANDLE if charset in _CHARSETS else None


def _copied(_info: int, _font: int, table: int, buffer: int | None, size: int) -> int:
    if table != _WHOLE_FILE:
        return 0
    font = font_file()
    if buffer and size >= len(font):
        ctypes.memmove(buffer, font, len(font))
    return len(font)


@cache
def font_file() -> bytes:
    """The font in the TrueType format, with no more than is needed to draw it."""
    glyphs = [b"", _glyph(60, 440), _glyph(60, 940)]
    starts = [sum(map(len, glyphs[:n])) for n in range(len(glyphs) + 1)]
    advances = (_EM // 2, _EM // 2, _EM)
    tables = {
        b"cmap": _character_map(),
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh",
            0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, 0, _DESCENT, _EM, _ASCENT, 0, 8, 2, 1, 0,
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhh8xhH", 0x10000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, 1, 0, 0, 0, len(glyphs)
        ),
        b"hmtx": b"".join(struct.pack(">Hh", advance, 60) for advance in advances),
        b"loca": b"".join(struct.pack(">I", start) for start in starts),
        b"maxp": struct.pack(">IH13H", 0x10000, len(glyphs), 16, 4, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    }  # fmt: skip
    return _assembled(tables)


def _glyph(left: int, right: int) -> bytes:
    """A box, its outline clockwise and the openings in it the other way."""
    inner_left, inner_right = left + _STROKE, right - _STROKE
    points = [(left, _LOWEST), (left, _HIGHEST), (right, _HIGHEST), (right, _LOWEST)]
    for low, high in _OPENINGS:
        points += [(inner_left, low), (inner_right, low), (inner_right, high), (inner_left, high)]
    ends = range(3, len(points), 4)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    parts = [
        struct.pack(">5h", len(ends), left, _LOWEST, right, _HIGHEST),
        struct.pack(f">{len(ends)}HH", *ends, 0),
        b"\x01" * len(points),  # corners, each with both steps written out
        *(
            struct.pack(">h", to - start)
            for line in (xs, ys)
            for start, to in zip([0, *line], line, strict=False)
        ),
    ]
    whole = b"".join(parts)
    return whole + bytes(-len(whole) % 4)


def _character_map() -> bytes:
    """Format 13: many characters to one glyph."""
    groups = b"".join(struct.pack(">3I", *shape) for shape in _SHAPES)
    body = struct.pack(">HHIII", 13, 0, 16 + len(groups), 0, len(_SHAPES)) + groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + body


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    head = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    place = len(head) + 16 * len(tables)
    body = b""
    for name, table in tables.items():
        head += struct.pack(">4sIII", name, 0, place + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return head + body
