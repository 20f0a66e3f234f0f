"""The same resume as Markdown, DOCX and PDF, in a look that can be given faults."""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle
from fpdf import FPDF

CJK_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_LATIN_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
LAYOUTS = ("md", "docx", "pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the pages look; the defaults follow the guidance."""

    size: float = 10.5
    margin: float = 56.0
    bullets: tuple[str, ...] = ("•",)
    families: tuple[str, ...] = ("Helvetica",)
    sizes: tuple[float, ...] = ()
    columns: bool = False
    table: bool = False
    contact_in_header: bool = False
    picture: bool = False
    pale: bool = False
    caps: bool = False
    rule: bool = False


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source: its kind and its words, of an entry also the part at the right edge."""

    kind: str
    text: str
    right: str = ""


def lines(markdown: str) -> Iterator[Line]:
    for raw in markdown.splitlines():
        text = raw.replace("**", "").strip()
        if not text:
            continue
        if raw.startswith("# "):
            yield Line("name", text[2:])
        elif raw.startswith("## "):
            yield Line("heading", text[3:])
        elif raw.startswith("### "):
            yield Line("entry", text[4:])
        elif raw.startswith("- "):
            yield Line("bullet", text[2:])
        elif raw.startswith("**"):
            left, _, right = text.partition(" | ")
            yield Line("entry", left, right)
        else:
            yield Line("plain", text)


def render(markdown: str, layout: str, look: Look = PLAIN) -> tuple[bytes, str]:
    """The file and its name."""
    if layout == "docx":
        return _word(markdown, look), "resume.docx"
    if layout == "pdf":
        return _pdf(markdown, look), "resume.pdf"
    return markdown.encode(), "resume.md"


def picture() -> bytes:
    """A grey square as PNG."""
    rows = b"".join(b"\x00" + bytes([160, 160, 160]) * 60 for _ in range(60))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60, 60, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def _word(markdown: str, look: Look) -> bytes:
    document = docx.Document()
    section = document.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(look.margin)
    style = document.styles["Normal"]
    assert isinstance(style, ParagraphStyle)
    normal = style.font
    normal.name, normal.size = "Calibri", Pt(look.size)
    contact = True
    for count, line in enumerate(lines(markdown)):
        if contact and look.contact_in_header and line.kind == "plain" and "@" in line.text:
            section.header.paragraphs[0].text = line.text
            contact = False
            continue
        _word_line(document, line, count, look)
    if look.picture:
        document.add_picture(io.BytesIO(picture()), width=Pt(220))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _word_line(document: WordDocument, line: Line, count: int, look: Look) -> None:
    if line.kind == "name":
        document.add_paragraph().add_run(line.text).font.size = Pt(20)
    elif line.kind == "heading":
        document.add_heading(line.text, level=1)
    elif line.kind == "entry" and line.right and look.table:
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text, cells[1].text = line.text, line.right
    elif line.kind == "entry":
        paragraph = document.add_paragraph()
        paragraph.add_run(line.text).bold = True
        if line.right:
            paragraph.add_run("\t" + line.right)
    else:
        style = "List Bullet" if line.kind == "bullet" else None
        run = document.add_paragraph(style=style).add_run(line.text)
        if look.sizes:
            run.font.size = Pt(look.sizes[count % len(look.sizes)])
        if len(look.families) > 1:
            run.font.name = look.families[count % len(look.families)]
        if look.pale:
            run.font.color.rgb = RGBColor(200, 200, 200)


class _Page(FPDF):
    """A page that knows the look."""

    def __init__(self, look: Look, *, cjk: bool, wide: bool) -> None:
        super().__init__(format="A4", unit="pt")
        self.look = look
        self.unicode = cjk or wide
        self.set_margin(look.margin)
        self.set_auto_page_break(auto=True, margin=look.margin)
        if self.unicode:
            self.add_font("Text", fname=str(CJK_FONT if cjk else _LATIN_FONT))
        self.add_page()

    def face(self, size: float, *, bold: bool = False, count: int = 0) -> None:
        if self.unicode:
            self.set_font("Text", size=size)
        else:
            family = self.look.families[count % len(self.look.families)]
            self.set_font(family, style="B" if bold else "", size=size)

    def write_line(self, text: str, size: float, *, indent: float = 0.0) -> None:
        self.set_x(self.l_margin + indent)
        self.multi_cell(0, size * 1.35, text, align="L", new_x="LMARGIN", new_y="NEXT")


def _latin(text: str) -> bool:
    try:
        text.replace("–", "-").replace("•", "-").encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def _pdf(markdown: str, look: Look) -> bytes:
    wide = re.search(r"[\u3040-\u9fff]", markdown) is not None
    # The built-in fonts know the Latin letters of the West only; dashes and bullets come with any other font.
    latin = len(look.families) > 1 or _latin(markdown)
    page = _Page(look, cjk=wide, wide=not latin or any(mark in markdown for mark in "–•€☎"))
    if len(look.families) > 1 and not wide:
        page.unicode = False
    source = list(lines(markdown))
    if not page.unicode:
        source = [Line(line.kind, *(_plain(text) for text in (line.text, line.right))) for line in source]
    if look.contact_in_header:
        source = _to_header(page, source)
    if look.columns:
        _pdf_columns(page, source, look)
    else:
        for count, line in enumerate(source):
            _pdf_line(page, line, count, look)
    if look.picture:
        page.image(io.BytesIO(picture()), w=200)
    return bytes(page.output())


def _plain(text: str) -> str:
    for sign, plain in (("–", "-"), ("€", "EUR "), ("•", "|"), ("’", "'")):
        text = text.replace(sign, plain)
    return text.encode("latin-1", "replace").decode("latin-1")


def _to_header(page: _Page, source: list[Line]) -> list[Line]:
    contact = next(line for line in source if "@" in line.text)
    page.set_xy(page.l_margin, 20)
    page.face(8)
    page.cell(0, 10, contact.text)
    page.set_xy(page.l_margin, page.t_margin)
    return [line for line in source if line is not contact]


def _pdf_line(page: _Page, line: Line, count: int, look: Look) -> None:
    size = look.sizes[count % len(look.sizes)] if look.sizes else look.size
    if line.kind == "name":
        page.face(20, bold=True)
        page.write_line(line.text, 20)
    elif line.kind == "heading":
        page.ln(6)
        page.face(13, bold=True)
        page.write_line(line.text.upper() if look.caps else line.text, 13)
        if look.rule:
            page.line(page.l_margin, page.get_y(), page.w - page.r_margin, page.get_y())
    elif line.kind == "entry":
        page.face(look.size, bold=True)
        if line.right:
            page.cell(page.epw * 0.7, size * 1.35, line.text)
            page.face(look.size)
            page.cell(page.epw * 0.3, size * 1.35, line.right, align="R", new_x="LMARGIN", new_y="NEXT")
        else:
            page.write_line(line.text, look.size)
    elif line.kind == "bullet":
        page.face(size, count=count)
        mark = look.bullets[count % len(look.bullets)]
        mark = mark if page.unicode else {"•": "\x95"}.get(mark, mark)
        page.set_text_color(205 if look.pale else 0)
        page.write_line(f"{mark if page.unicode else '-'} {line.text}", size, indent=8)
        page.set_text_color(0)
    else:
        page.face(size, count=count)
        page.write_line(line.text, size)


def _pdf_columns(page: _Page, source: list[Line], look: Look) -> None:
    """The last sections stand in a column of their own at the right, line beside line."""
    first = next(index for index, line in enumerate(source) if line.text.lower().startswith("education"))
    top = page.get_y()
    full = page.r_margin
    page.set_right_margin(page.w * 0.42)
    for count, line in enumerate(source[:first]):
        _pdf_line(page, line, count, look)
    page.page = 1
    page.set_right_margin(full)
    page.set_left_margin(page.w * 0.62)
    page.set_xy(page.l_margin, top)
    for count, line in enumerate(source[first:]):
        _pdf_line(page, line, count, look)
