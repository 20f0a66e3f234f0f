"""A story (body, header, text box, cell, note): its paragraphs and tables in reading order."""

import re
from collections import Counter
from dataclasses import dataclass, field

from resume_review.documents.docx.names import MC, PIC, WP, WPS, A, V, W
from resume_review.documents.docx.numbering import Numbering
from resume_review.documents.docx.pictures import Shape, shape_of
from resume_review.documents.docx.runs import Paragraph, RunReader
from resume_review.documents.docx.styles import StyleSheet, shade_of
from resume_review.documents.docx.visibility import Hidden
from resume_review.documents.model import BlockKind
from resume_review.documents.reading import Line, Piece
from resume_review.documents.xml import Element

_BULLET_STYLE = re.compile(r"^list (?:bullet|paragraph|number)", re.IGNORECASE)
# A text box with at least this many paragraphs is a column of the page, not a label beside the text.
COLUMN_PARAGRAPHS = 4
# A cell with at least this many paragraphs holds a part of the page, not an item of a table.
CELL_PARAGRAPHS = 4
MOST_NESTING = 12
_NOT_HIDDEN_WORDS = 12


@dataclass(slots=True)
class Context:
    """What the parts of a document share while it is read."""

    styles: StyleSheet
    numbering: Numbering
    links: dict[str, str]
    forgiving: bool = False
    block: int = 0
    tables: int = 0
    images: int = 0
    pictures: int = 0
    portraits: list[int] = field(default_factory=list[int])
    fonts: Counter[tuple[str, float, bool]] = field(default_factory=Counter[tuple[str, float, bool]])
    hidden: list[tuple[Hidden, str]] = field(default_factory=list[tuple[Hidden, str]])
    targets: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    notes: list[str] = field(default_factory=list[str])
    columns: list[list[Line]] = field(default_factory=list[list[Line]])


def read_story(root: Element, context: Context, *, backdrop: str | None = None, depth: int = 0) -> list[Line]:
    """Lines of all paragraphs and tables below an element."""
    lines: list[Line] = []
    if depth > MOST_NESTING:
        return lines
    for child in root:
        if child.tag == f"{W}p":
            lines += _paragraph(child, context, backdrop, depth)
        elif child.tag == f"{W}tbl":
            lines += _table(child, context, backdrop, depth)
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if content is not None:
                lines += read_story(content, context, backdrop=backdrop, depth=depth + 1)
        elif child.tag == f"{MC}AlternateContent":
            chosen = child.find(f"{MC}Choice")
            chosen = chosen if chosen is not None else child.find(f"{MC}Fallback")
            if chosen is not None:
                lines += read_story(chosen, context, backdrop=backdrop, depth=depth + 1)
        elif child.tag in {f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"}:
            lines += read_story(child, context, backdrop=backdrop, depth=depth + 1)
    return lines


def _paragraph(element: Element, context: Context, backdrop: str | None, depth: int) -> list[Line]:
    properties = element.find(f"{W}pPr")
    long = sum(len((text.text or "").split()) for text in element.iter(f"{W}t")) > _NOT_HIDDEN_WORDS
    reader = RunReader(
        context.styles, context.links, backdrop=backdrop, forgiving=context.forgiving and not long
    )
    read = reader.read(element)
    context.hidden += read.hidden
    context.targets += read.links
    context.notes += read.notes
    context.fonts += read.fonts
    lines = _lines(read, properties, context)
    for box in read.boxes:
        lines += _box(box, context, depth)
    return lines


def _lines(read: Paragraph, properties: Element | None, context: Context) -> list[Line]:
    context.block += 1
    style = _value(properties, "pStyle")
    level = context.styles.heading_level(style)
    kind = BlockKind.HEADING if level else None
    mark, depth = _list_mark(properties, style, context)
    found = [line for line in read.lines if line]
    if not found:
        return []
    (size, bold), _ = read.looks.most_common(1)[0] if read.looks else ((None, False), 0)
    if mark is not None and kind is None:
        kind, level = BlockKind.BULLET, depth
        if mark:
            found[0].insert(0, Piece(text=mark))
            found[0][1].space_before = True
    return [
        Line(
            page=1,
            pieces=pieces,
            block=context.block,
            kind=kind if index == 0 or kind is BlockKind.HEADING else None,
            level=level if index == 0 or kind is BlockKind.HEADING else None,
            font_size=size,
            bold=bold,
        )
        for index, pieces in enumerate(found)
    ]


def _value(properties: Element | None, name: str) -> str | None:
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found.get(f"{W}val") if found is not None else None


def _list_mark(properties: Element | None, style: str | None, context: Context) -> tuple[str | None, int]:
    """The mark of a list item and its depth; null for a paragraph that is none."""
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    if numbered is None:
        numbered = context.styles.property(style, "numPr") if style else None
    if numbered is not None:
        number, level = _value(numbered, "numId"), _value(numbered, "ilvl") or "0"
        if number == "0":
            return None, 1
        if number:
            depth = int(level) if level.isdigit() else 0
            return context.numbering.mark(number, depth), depth + 1
    names = [entry.name for entry in context.styles.chain(style)]
    if any(_BULLET_STYLE.match(name) and "bullet" in name for name in names):
        return "•", 1
    return None, 1


def _box(element: Element, context: Context, depth: int) -> list[Line]:
    """Text of a drawing: a long one is a column of its own, a short one stays where it is anchored."""
    if element.find(f".//{PIC}pic") is not None or element.find(f".//{V}imagedata") is not None:
        context.images += 1
        shape = shape_of(element)
        if shape is Shape.PORTRAIT:
            context.portraits.append(context.block)
        context.pictures += shape is not Shape.ORNAMENT
    lines: list[Line] = []
    for content in _contents(element):
        backdrop = _fill(content)
        inside = read_story(content, context, backdrop=backdrop, depth=depth + 1)
        if len(inside) >= COLUMN_PARAGRAPHS:
            context.columns.append(inside)
        else:
            lines += inside
    return lines


def _contents(element: Element) -> list[Element]:
    """Outermost text box contents, each drawing once."""
    found: list[Element] = []

    def walk(node: Element) -> None:
        for child in node:
            if child.tag == f"{W}txbxContent":
                found.append(child)
            elif child.tag == f"{MC}AlternateContent":
                choice = child.find(f"{MC}Choice")
                fallback = child.find(f"{MC}Fallback")
                walk(
                    choice
                    if choice is not None and len(choice)
                    else fallback
                    if fallback is not None
                    else child
                )
            else:
                walk(child)

    walk(element)
    return found


def _fill(content: Element) -> str | None:
    """Colour of the shape around a text box; `*` when it is filled with something else than one colour."""
    for ancestor in content.iterancestors():
        if ancestor.tag == f"{WPS}wsp":
            properties = ancestor.find(f"{WPS}spPr")
            if properties is None or properties.find(f"{A}noFill") is not None:
                return "*" if ancestor.find(f"{WPS}style") is not None else None
            color = properties.find(f"{A}solidFill/{A}srgbClr")
            if color is not None:
                return color.get("val", "").upper()
            filled = any(
                properties.find(f"{A}{name}") is not None
                for name in ("solidFill", "gradFill", "blipFill", "pattFill")
            )
            return "*" if filled or ancestor.find(f"{WPS}style") is not None else None
        if ancestor.tag in {f"{V}shape", f"{V}rect", f"{V}roundrect"}:
            if ancestor.get("filled") in ("f", "false"):
                return None
            color = ancestor.get("fillcolor", "")
            return color[1:7].upper() if re.match(r"#[0-9a-fA-F]{6}", color) else ("*" if color else None)
    return None


def has_shapes(root: Element) -> bool:
    """Whether shapes or pictures lie behind the text: white words may then be readable."""
    for anchor in root.iter(f"{WP}anchor"):
        if anchor.find(f".//{W}txbxContent") is None or anchor.get("behindDoc") == "1":
            return True
    return any(shape.find(f".//{W}txbxContent") is None for shape in root.iter(f"{V}rect", f"{V}shape"))


def _table(element: Element, context: Context, backdrop: str | None, depth: int) -> list[Line]:
    context.tables += 1
    properties = element.find(f"{W}tblPr")
    style = _value(properties, "tblStyle")
    if context.styles.table_is_shaded(style):
        backdrop = "*"
    backdrop = shade_of(properties, backdrop, context.styles.theme)
    rows = [[_cell(cell, context, backdrop, depth) for cell in _cells(row)] for row in _rows(element)]
    rows = [row for row in rows if any(row)]
    if _is_layout(rows):
        return _by_column(rows)
    return [line for row in rows for line in _row_lines(row, context)]


def _rows(table: Element) -> list[Element]:
    found: list[Element] = []
    for child in table:
        if child.tag == f"{W}tr" and child.find(f"{W}trPr/{W}del") is None:
            found.append(child)
        elif child.tag in {f"{W}sdt", f"{W}ins"}:
            inner = child.find(f"{W}sdtContent") if child.tag == f"{W}sdt" else child
            found += _rows(inner) if inner is not None else []
    return found


def _cells(row: Element) -> list[Element]:
    found: list[Element] = []
    for child in row:
        if child.tag == f"{W}tc":
            merge = child.find(f"{W}tcPr/{W}vMerge")
            if merge is None or merge.get(f"{W}val") == "restart":
                found.append(child)
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            found += _cells(content) if content is not None else []
    return found


def _cell(cell: Element, context: Context, backdrop: str | None, depth: int) -> list[Line]:
    shade = shade_of(cell.find(f"{W}tcPr"), backdrop, context.styles.theme)
    return read_story(cell, context, backdrop=shade, depth=depth + 1)


def _is_layout(rows: list[list[list[Line]]]) -> bool:
    """A table whose cells hold parts of the page: columns are then read one after the other."""
    wide = [row for row in rows if sum(bool(cell) for cell in row) > 1]
    if not wide or len(wide) > 3:
        return False
    tall = [row for row in wide if sum(len(cell) >= CELL_PARAGRAPHS for cell in row) > 1]
    headed = [row for row in wide if sum(_has_heading(cell) for cell in row) > 1]
    return bool(tall or headed)


def _has_heading(cell: list[Line]) -> bool:
    return len(cell) > 2 and any(line.kind is BlockKind.HEADING for line in cell)


def _by_column(rows: list[list[list[Line]]]) -> list[Line]:
    """Rows across the whole table stay in place; between them each column is read from top to bottom."""
    lines: list[Line] = []
    group: list[list[list[Line]]] = []
    for row in [*rows, []]:
        if len(row) > 1 and (not group or len(group[0]) == len(row)):
            group.append(row)
            continue
        lines += _columns(group)
        group = [row] if len(row) > 1 else []
        if len(row) == 1:
            lines += row[0]
    return lines + _columns(group)


def _columns(group: list[list[list[Line]]]) -> list[Line]:
    lines: list[Line] = []
    for column in range(max((len(row) for row in group), default=0)):
        for row in group:
            for line in row[column]:
                line.column = line.column or column
                lines.append(line)
    return lines


def _row_lines(row: list[list[Line]], context: Context) -> list[Line]:
    """A row of single lines is one line; else its cells follow each other."""
    filled = [cell for cell in row if cell]
    if len(filled) > 1 and all(len(cell) == 1 and cell[0].kind is None for cell in filled):
        context.block += 1
        first = filled[0][0]
        pieces = list(first.pieces)
        for cell in filled[1:]:
            cell[0].pieces[0].gap_before = True
            cell[0].pieces[0].space_before = True
            pieces += cell[0].pieces
        kind = BlockKind.TABLE_ROW
        return [
            Line(
                page=1,
                pieces=pieces,
                block=context.block,
                kind=kind,
                font_size=first.font_size,
                bold=first.bold,
            )
        ]
    return [line for cell in filled for line in cell]
