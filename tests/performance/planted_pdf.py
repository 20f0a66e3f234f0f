"""Writes small PDFs quickly: built-in fonts for Western letters, an embedded font of boxes for all other signs."""

import base64
import zlib
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

from fpdf.fonts import CORE_FONTS_CHARWIDTHS

A4 = (595.0, 842.0)
_FACES = {
    "Helvetica": ("Helvetica", "Helvetica-Bold", "helvetica"),
    "Times": ("Times-Roman", "Times-Bold", "times"),
    "Courier": ("Courier", "Courier-Bold", "courier"),
}
_ZOOM = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """How words are set; `mode` is the text rendering mode, 3 for words that are not painted."""

    family: str = "Helvetica"
    size: float = 10.0
    bold: bool = False
    grey: float = 0.0
    mode: int = 0


_HIDDEN = {"white": Ink(grey=1.0), "unpainted": Ink(mode=3), "tiny": Ink(size=1.0), "plain": Ink()}


def ink_of(name: str) -> Ink:
    """An ink nobody sees: `white`, `unpainted` or `tiny`; or a `plain` one."""
    return _HIDDEN[name]


def width(text: str, ink: Ink) -> float:
    """Points."""
    table = CORE_FONTS_CHARWIDTHS[_FACES[ink.family][2] + ("B" if ink.bold else "")]
    units = 0.0
    for sign in text:
        code = _western(sign)
        units += table[chr(code)] if code is not None else _wide(sign)
    return units * _ZOOM * ink.size


def wrapped(text: str, ink: Ink, room: float) -> list[str]:
    """Lines of at most `room` points; text without blanks breaks anywhere."""
    lines: list[str] = []
    line = ""
    for part in _parts(text):
        if line.strip() and width((line + part).rstrip(), ink) > room:
            lines.append(line.strip())
            line = part.lstrip()
        else:
            line += part
    return [*lines, line.strip()]


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for word in text.split(" "):
        start = "" if not parts else " "
        pieces = [start + word] if all(ord(sign) < 0x3000 for sign in word) else [start, *word]
        parts += [piece for piece in pieces if piece]
    return parts


def _western(sign: str) -> int | None:
    try:
        return sign.encode("cp1252")[0]
    except UnicodeEncodeError:
        return None


def _wide(sign: str) -> int:
    return 1000 if ord(sign) > 0x2E80 else 600


@dataclass(slots=True)
class Sheets:
    """A PDF in the making. Places are points from the top left corner."""

    pages: list[list[str]] = field(default_factory=lambda: [[]])
    signs: dict[str, int] = field(default_factory=dict[str, int])
    faces: dict[str, str] = field(default_factory=dict[str, str])
    has_picture: bool = False

    def text(self, x: float, y: float, words: str, ink: Ink) -> None:
        """Sets words on the last page with their baseline at `y`."""
        for western, run in groupby(words, key=lambda sign: _western(sign) is not None):
            part = "".join(run)
            name, body = self._western_run(part, ink) if western else ("FU", self._other_run(part))
            self.pages[-1].append(
                f"BT /{name} {ink.size:g} Tf {ink.grey:g} g {ink.mode} Tr 1 0 0 1 {x:.2f} {A4[1] - y:.2f} Tm <{body}> Tj ET"
            )
            x += width(part, ink)

    def rule(self, x: float, y: float, end: float) -> None:
        self.pages[-1].append(f"0.5 w {x:.1f} {A4[1] - y:.1f} m {end:.1f} {A4[1] - y:.1f} l S")

    def picture(self, x: float, y: float, wide: float, high: float) -> None:
        self.has_picture = True
        self.pages[-1].append(f"q {wide:g} 0 0 {high:g} {x:g} {A4[1] - y - high:g} cm /Im Do Q")

    def new_page(self) -> None:
        self.pages.append([])

    def _western_run(self, part: str, ink: Ink) -> tuple[str, str]:
        face = _FACES[ink.family][1 if ink.bold else 0]
        name = self.faces.setdefault(face, f"F{len(self.faces)}")
        return name, part.encode("cp1252").hex()

    def _other_run(self, part: str) -> str:
        return "".join(f"{self.signs.setdefault(sign, len(self.signs) + 1):04x}" for sign in part)

    def output(self) -> bytes:
        """The file."""
        objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
        fonts = ""
        for face, name in self.faces.items():
            objects.append(
                f"<< /Type /Font /Subtype /Type1 /BaseFont /{face} /Encoding /WinAnsiEncoding >>".encode()
            )
            fonts += f"/{name} {len(objects)} 0 R "
        if self.signs:
            fonts += f"/FU {len(objects) + 1} 0 R "
            objects += self._other_font(len(objects) + 1)
        pictures = ""
        if self.has_picture:
            objects.append(_stream(_PICTURE_HEAD, bytes([150]) * 3600))
            pictures = f"/XObject << /Im {len(objects)} 0 R >>"
        kids: list[int] = []
        for page in self.pages:
            objects.append(_stream("", "\n".join(page).encode("ascii")))
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A4[0]:g} {A4[1]:g}] /Contents {len(objects)} 0 R"
                f" /Resources << /Font << {fonts}>> {pictures} >> >>".encode()
            )
            kids.append(len(objects))
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>".encode()
        return _file(objects)

    def _other_font(self, first: int) -> list[bytes]:
        """A composite font: one picture for all signs, which are told apart by what the file says they stand for."""
        lines = "\n".join(
            f"<{code:04x}> <{sign.encode('utf-16-be').hex()}>" for sign, code in self.signs.items()
        )
        widths = " ".join(f"{code} [{_wide(sign)}]" for sign, code in self.signs.items())
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def"
            " 1 begincodespacerange <0000> <ffff> endcodespacerange"
            f" {len(self.signs)} beginbfchar\n{lines}\nendbfchar endcmap end end"
        )
        return [
            f"<< /Type /Font /Subtype /Type0 /BaseFont /Boxes /Encoding /Identity-H"
            f" /DescendantFonts [{first + 1} 0 R] /ToUnicode {first + 3} 0 R >>".encode(),
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Boxes /CIDToGIDMap {first + 5} 0 R /DW 1000"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /W [{widths}] /FontDescriptor {first + 2} 0 R >>".encode(),
            b"<< /Type /FontDescriptor /FontName /Boxes /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880"
            b" /Descent -120 /CapHeight 700 /StemV 80 /FontFile2 %d 0 R >>" % (first + 4),
            _stream("", cmap.encode("ascii")),
            _stream(f"/Length1 {len(_boxes())}", _boxes()),
            _stream("", b"\0\1" * (len(self.signs) + 1)),
        ]


# A TrueType font of two glyphs: nothing, and a box. Compressed.
_BOXES = (
    "eNqVUT1LA0EQfbt7iWcwhkAQsYpgIRIQFINFQLlAWkPsbHQTz6S48458wCkYLC3zG6z9CSn9D1paWPgHlBRKfNkkglEQB2Zu3tuZ"
    "nTd7EAASuIZC9uBwc2v/rZgDxDrZk5qvQyygRNwjztW9i7N+susQ3xOvNFx9qkvFR+Z39HyDROw2dsn8mb7W8NuRtcsM4oYh7gU1"
    "jaTB/RH2dRTCQpzYJs6ea991UjsPxE/ER2HQaoddVQVkgXgDI6304D1zdZwqvEKpF8xaedQtB8wU5IRjjwqH1MD6srR5u5jpEoaR"
    "VDM+kT/u5Sy+QowV/7Q92h8lWaPMaJ/MVvQMozBfC8uGN6qGQ+PTDZJG/XRr9m2nV9Nl0ZODD3tcYSE/qRbUj68N54g4wZonk+B/"
    "HucSi1hygshtVdx6x9NNOAgQwUULFcY6OvCg0fz1lb4bz4VU1SACPgFDKkWR"
)


@cache
def _boxes() -> bytes:
    return zlib.decompress(base64.b64decode(_BOXES))


_PICTURE_HEAD = (
    "/Type /XObject /Subtype /Image /Width 60 /Height 60 /ColorSpace /DeviceGray /BitsPerComponent 8"
)


def _stream(head: str, data: bytes) -> bytes:
    packed = zlib.compress(data, 1)
    start = f"<< {head} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
    return start + packed + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places: list[int] = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
