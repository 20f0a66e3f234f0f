"""A resume as DOCX."""

import io
import struct
import zlib

import docx
from docx.document import Document as WordDocument
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.run import Run
from planted_look import Line, Look


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


def word(source: list[Line], look: Look) -> bytes:
    """The file."""
    document = docx.Document()
    section = document.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(look.margin)
    style = document.styles["Normal"]
    assert isinstance(style, ParagraphStyle)
    style.font.name = "Calibri" if look.family == "Helvetica" else look.family
    style.font.size = Pt(look.size)
    # Looking a style up by its name walks through all of them.
    styles = {each.name: each for each in document.styles if isinstance(each, ParagraphStyle)}
    contact = look.contact_in_header
    for count, line in enumerate(source):
        if contact and line.kind == "plain" and "@" in line.text:
            section.header.paragraphs[0].text = line.text
            contact = False
        else:
            _line(document, line, count, look, styles)
    if look.picture:
        document.add_picture(io.BytesIO(picture()), width=Pt(220))
    for words, how in look.concealed:
        _conceal(document.add_paragraph().add_run(words), how)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _conceal(run: Run, how: str) -> None:
    if how == "vanish":
        run.font.hidden = True
    elif how == "white":
        run.font.color.rgb = RGBColor(255, 255, 255)
    else:
        run.font.size = Pt(1)


def _line(
    document: WordDocument, line: Line, count: int, look: Look, styles: dict[str | None, ParagraphStyle]
) -> None:
    if line.kind == "name":
        document.add_paragraph().add_run(line.text).font.size = Pt(20)
    elif line.kind == "heading":
        _heading(document, line.text.upper() if look.caps else line.text, look, styles)
    elif line.kind == "entry" and line.right and look.table:
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text, cells[1].text = line.text, line.right
    elif line.kind == "entry":
        paragraph = document.add_paragraph()
        paragraph.add_run(line.text).bold = True
        if line.right:
            paragraph.add_run((" " * 24 if look.spaces else "\t") + line.right)
    else:
        bullet = line.kind == "bullet"
        styled = styles["List Bullet"] if bullet and not look.typed else None
        mark = look.bullets[count % len(look.bullets)] + " " if bullet and look.typed else ""
        run = document.add_paragraph(style=styled).add_run(mark + line.text)
        if look.sizes:
            run.font.size = Pt(look.sizes[count % len(look.sizes)])
        if look.families:
            run.font.name = look.families[count % len(look.families)]
        if look.pale:
            run.font.color.rgb = RGBColor(200, 200, 200)


def _heading(document: WordDocument, text: str, look: Look, styles: dict[str | None, ParagraphStyle]) -> None:
    if not look.typed:
        document.add_paragraph(text, style=styles["Heading 1"])
        return
    run = document.add_paragraph().add_run(text)
    run.bold = True
    run.font.size = Pt(look.size + 2)
