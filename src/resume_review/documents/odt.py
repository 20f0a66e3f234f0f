"""OpenDocument text: paragraphs, lists, tables and text boxes in reading order."""

from dataclasses import dataclass, field

from resume_review.documents.addressed import speaks_to_machine
from resume_review.documents.archive import Archive
from resume_review.documents.limits import Limits
from resume_review.documents.model import BlockKind, IntegrityKind, IntegrityMark, Layout, Status
from resume_review.documents.pen import Pen
from resume_review.documents.reading import PageSize, Reading, UnreadableError
from resume_review.documents.text import bounded
from resume_review.documents.xml import Element, parse_xml

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_TEXT = f"{{{_OASIS}:text:1.0}}"
_TABLE = f"{{{_OASIS}:table:1.0}}"
_DRAW = f"{{{_OASIS}:drawing:1.0}}"
_OFFICE = f"{{{_OASIS}:office:1.0}}"
_STYLE = f"{{{_OASIS}:style:1.0}}"
_FO = f"{{{_OASIS}:xsl-fo-compatible:1.0}}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_SKIPPED = {
    f"{_TEXT}tracked-changes",
    f"{_OFFICE}annotation",
    f"{_TEXT}sequence-decls",
    f"{_TEXT}note-citation",
    f"{_OFFICE}forms",
    f"{_TEXT}table-of-content",
}
_DEEPEST = 100
_TINY = 3.5


@dataclass(frozen=True, slots=True)
class _Look:
    size: float | None = None
    bold: bool = False
    hidden: bool = False
    white: bool = False
    backed: bool = False


@dataclass(slots=True)
class _Reader:
    looks: dict[str, _Look]
    pen: Pen = field(default_factory=Pen)
    hidden: list[str] = field(default_factory=list[str])
    targets: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    tables: int = 0
    images: int = 0


def read_odt(data: bytes, *, limits: Limits) -> Reading:
    """Read the text of an OpenDocument file."""
    archive = Archive(data, limits)
    content, styles = archive.read("content.xml"), archive.read("styles.xml")
    if content is None:
        raise UnreadableError(
            Status.MALFORMED, "The file holds no text part. Save it again and upload the new copy."
        )
    root = parse_xml(content)
    sheet = parse_xml(styles) if styles else None
    looks = _looks([part for part in (sheet, root) if part is not None])
    reader = _Reader(looks)
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if sheet is not None:
        for header in sheet.iter(f"{_STYLE}header"):
            if "@" in "".join(str(text) for text in header.itertext()):
                _blocks(header, reader, 0)
    _blocks(body if body is not None else root, reader, 0)
    bounded("".join(piece.text for line in reader.pen.lines for piece in line.pieces), limits)
    return Reading(
        pages=[PageSize()],
        lines=reader.pen.lines,
        layout=Layout(tables=reader.tables, images=reader.images, pictures=reader.images),
        marks=_marks(archive, reader),
        targets=reader.targets,
    )


def _looks(roots: list[Element]) -> dict[str, _Look]:
    looks: dict[str, _Look] = {}
    for root in roots:
        for style in root.iter(f"{_STYLE}style"):
            parent = looks.get(style.get(f"{_STYLE}parent-style-name", ""), _Look())
            looks[style.get(f"{_STYLE}name", "")] = _look(style, parent)
    return looks


def _look(style: Element, parent: _Look) -> _Look:
    text = style.find(f"{_STYLE}text-properties")
    paragraph = style.find(f"{_STYLE}paragraph-properties")
    backed = parent.backed or any(
        (part.get(f"{_FO}background-color") or "transparent") not in ("transparent", "#ffffff")
        for part in (text, paragraph)
        if part is not None
    )
    if text is None:
        return _Look(parent.size, parent.bold, parent.hidden, parent.white, backed)
    size = text.get(f"{_FO}font-size", "")
    weight = text.get(f"{_FO}font-weight")
    color = text.get(f"{_FO}color")
    return _Look(
        size=float(size[:-2])
        if size.endswith("pt") and size[:-2].replace(".", "", 1).isdigit()
        else parent.size,
        bold=weight == "bold" if weight else parent.bold,
        hidden=text.get(f"{_TEXT}display") == "none" or parent.hidden,
        white=color.lower() == "#ffffff" if color else parent.white,
        backed=backed,
    )


def _blocks(element: Element, reader: _Reader, depth: int, *, item: int = 0) -> None:
    if depth > _DEEPEST:
        return
    for child in element:
        tag = child.tag
        if tag in _SKIPPED:
            continue
        if tag == f"{_TEXT}h":
            _paragraph(child, reader, BlockKind.HEADING, level=_level(child))
        elif tag == f"{_TEXT}p":
            _paragraph(child, reader, BlockKind.BULLET if item else None, level=item or None)
        elif tag == f"{_TEXT}list":
            _blocks(child, reader, depth + 1, item=item + 1)
        elif tag == f"{_TABLE}table":
            reader.tables += 1
            _blocks(child, reader, depth + 1)
        elif tag == f"{_TABLE}table-row":
            _row(child, reader, depth)
        else:
            _blocks(child, reader, depth + 1, item=item)


def _level(element: Element) -> int:
    value = element.get(f"{_TEXT}outline-level", "1")
    return int(value) if value.isdigit() else 1


def _row(row: Element, reader: _Reader, depth: int) -> None:
    """A row of single paragraphs is one line; else its cells follow each other."""
    cells = [cell for cell in row if cell.tag == f"{_TABLE}table-cell"]
    paragraphs = [list(cell.iterfind(f".//{_TEXT}p")) for cell in cells]
    if all(len(found) <= 1 for found in paragraphs) and len(cells) > 1:
        for found in paragraphs:
            for paragraph in found:
                reader.pen.gap()
                _inline(
                    paragraph, reader, reader.looks.get(paragraph.get(f"{_TEXT}style-name", ""), _Look()), 0
                )
        reader.pen.end(BlockKind.TABLE_ROW)
        return
    for cell in cells:
        _blocks(cell, reader, depth + 1)


def _paragraph(element: Element, reader: _Reader, kind: BlockKind | None, *, level: int | None) -> None:
    look = reader.looks.get(element.get(f"{_TEXT}style-name", ""), _Look())
    if kind is BlockKind.BULLET:
        reader.pen.write("• ")
    _inline(element, reader, look, 0)
    reader.pen.end(kind, level=level)


def _inline(element: Element, reader: _Reader, look: _Look, depth: int) -> None:
    _put(element.text, reader, look)
    for child in element:
        tag = child.tag
        if tag == f"{_TEXT}tab":
            reader.pen.gap()
        elif tag == f"{_TEXT}line-break":
            reader.pen.end(block=False)
        elif tag == f"{_TEXT}s":
            reader.pen.write(" ")
        elif tag in (f"{_DRAW}frame", f"{_TEXT}note"):
            reader.images += child.find(f"{_DRAW}image") is not None
            reader.pen.end()
            _blocks(child, reader, depth + 1)
        elif tag not in _SKIPPED and depth < _DEEPEST:
            own = (
                reader.looks.get(child.get(f"{_TEXT}style-name", ""), look) if tag == f"{_TEXT}span" else look
            )
            _inline(child, reader, own, depth + 1)
            if target := child.get(f"{_XLINK}href"):
                reader.targets.append(("".join(str(text) for text in child.itertext()), target))
        _put(child.tail, reader, look)


def _put(text: str | None, reader: _Reader, look: _Look) -> None:
    if not text:
        return
    if look.hidden or (look.white and not look.backed) or (look.size is not None and look.size < _TINY):
        if text.strip():
            reader.hidden.append(text)
    else:
        reader.pen.write(text, size=look.size, bold=look.bold)


def _marks(archive: Archive, reader: _Reader) -> list[IntegrityMark]:
    marks: list[IntegrityMark] = []
    if hidden := "".join(reader.hidden).strip()[:2000]:
        detail = "The style of the text keeps it from being seen."
        marks.append(IntegrityMark(kind=IntegrityKind.HIDDEN_TEXT, text=hidden, detail=detail))
    if any(name.startswith(("Basic/", "Scripts/")) for name in archive.names):
        marks.append(
            IntegrityMark(kind=IntegrityKind.MACRO, detail="The file holds macros; they were not run.")
        )
    meta = archive.read("meta.xml")
    for element in parse_xml(meta).iter() if meta else ():
        if speaks_to_machine(element.text or ""):
            detail = "A property of the file gives orders to an automatic reader."
            marks.append(
                IntegrityMark(
                    kind=IntegrityKind.METADATA_INSTRUCTION, text=(element.text or "")[:2000], detail=detail
                )
            )
    return marks
