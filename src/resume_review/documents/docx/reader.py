"""The whole DOCX: body, text boxes, headers, notes, and what does not show."""

import re
from collections import Counter

from resume_review.documents.addressed import speaks_to_machine
from resume_review.documents.docx.names import R, W
from resume_review.documents.docx.numbering import read_numbering
from resume_review.documents.docx.package import Package
from resume_review.documents.docx.story import Context, has_shapes, read_story
from resume_review.documents.docx.styles import StyleSheet
from resume_review.documents.docx.theme import read_theme
from resume_review.documents.docx.visibility import Hidden
from resume_review.documents.limits import Limits
from resume_review.documents.model import Font, IntegrityKind, IntegrityMark, Layout, Status
from resume_review.documents.reading import Line, PageSize, Reading, UnreadableError
from resume_review.documents.xml import Element

_CONTACT = re.compile(r"@|linkedin\.com|github\.com|\+?\d[\d ().-]{7,}\d")
_REMOTE = {
    "attachedTemplate",
    "image",
    "oleObject",
    "frame",
    "subDocument",
    "externalLink",
    "video",
    "audio",
    "settings",
}
_METADATA = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
_TWIPS = 20
_LONGEST_MARK = 2000
_MOST_FONTS = 12
_TOP = 0.34  # of the blocks
_KINDS = {
    Hidden.ATTRIBUTE: IntegrityKind.HIDDEN_TEXT,
    Hidden.COLOR: IntegrityKind.HIDDEN_TEXT,
    Hidden.TINY: IntegrityKind.TINY_TEXT,
}


def read_docx(data: bytes, *, limits: Limits) -> Reading:
    """Read a Word document the way Word shows it."""
    package = Package(data, limits)
    root = package.document()
    body = root.find(f"{W}body")
    if body is None:
        raise UnreadableError(
            Status.MALFORMED, "The file holds no text part. Save it again as DOCX and upload the new copy."
        )
    context = _context(package, root)
    lines = read_story(body, context)
    columns = [
        line for number, column in enumerate(context.columns, start=1) for line in _in_column(column, number)
    ]
    size = Counter(line.font_size for line in lines if line.font_size).most_common(1)
    above, below, furniture = _headers(
        package,
        body,
        context,
        has_contact=_has_contact(lines + columns),
        body_size=size[0][0] or 0.0 if size else 0.0,
    )
    lines = above + lines + columns + _notes(package, context) + below
    _check_length(lines, limits)
    return Reading(
        pages=[PageSize()],
        lines=lines,
        layout=_layout(lines, context, furniture, body),
        marks=_marks(package, context),
        targets=context.targets,
    )


def _context(package: Package, root: Element) -> Context:
    styles, numbering, theme = (package.related(kind) for kind in ("styles", "numbering", "theme"))
    links = {r.id: r.target for r in package.relations(package.main) if r.type == "hyperlink" and r.external}
    return Context(
        styles=StyleSheet(
            package.xml(styles) if styles else None, read_theme(package.xml(theme) if theme else None)
        ),
        numbering=read_numbering(package.xml(numbering) if numbering else None),
        links=links,
        forgiving=has_shapes(root) or root.find(f"{W}background") is not None,
    )


def _in_column(lines: list[Line], number: int) -> list[Line]:
    for line in lines:
        line.column = number
        line.block += 100_000 * number
    return lines


def _plain(lines: list[Line]) -> str:
    return " ".join(piece.text for line in lines for piece in line.pieces)


def _has_contact(lines: list[Line]) -> bool:
    return _CONTACT.search(_plain(lines)) is not None


def _check_length(lines: list[Line], limits: Limits) -> None:
    if sum(len(piece.text) + 1 for line in lines for piece in line.pieces) > limits.text_chars:
        raise UnreadableError(
            Status.TOO_LARGE,
            f"The file holds more than {limits.text_chars} characters, far more than a resume. Upload the resume alone.",
        )


def _headers(
    package: Package, body: Element, context: Context, *, has_contact: bool, body_size: float
) -> tuple[list[Line], list[Line], list[str]]:
    """Header lines to read before the body, footer lines to read after it, and the text of all of them.

    Repeated furniture stays out of the text; a header that holds contact details, or the name (set large, or
    where the body has no contact details), is part of the resume.
    """
    targets = {r.id: r.target for r in package.relations(package.main) if not r.external}
    above: list[Line] = []
    below: list[Line] = []
    furniture: list[str] = []
    seen: set[str] = set()
    for reference in body.iter(f"{W}headerReference", f"{W}footerReference"):
        name = targets.get(reference.get(f"{R}id", ""))
        root = package.xml(name) if name and name not in seen else None
        if name is None or root is None:
            continue
        seen.add(name)
        links = {r.id: r.target for r in package.relations(name) if r.type == "hyperlink" and r.external}
        context.links = {**context.links, **links}
        lines = read_story(root, context)
        text = _plain(lines).strip()
        if not text or text in furniture:
            continue
        furniture.append(text)
        is_header = reference.tag == f"{W}headerReference"
        if _has_contact(lines) and not (has_contact and not is_header):
            (above if is_header else below).extend(lines)
        elif is_header and (
            _is_banner(lines, body_size) or (not has_contact and reference.get(f"{W}type") == "first")
        ):
            above += lines
    return above, below, furniture


def _is_banner(lines: list[Line], body_size: float) -> bool:
    """One or two short lines set much larger than the body: the name, not a running title."""
    words = sum(len(line.pieces) for line in lines)
    size = lines[0].font_size or 0.0
    return len(lines) <= 2 and words <= 6 and body_size > 0 and size >= 1.4 * body_size


def _notes(package: Package, context: Context) -> list[Line]:
    """Foot- and endnotes that the text refers to."""
    lines: list[Line] = []
    for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        name = package.related(kind)
        root = package.xml(name) if name and context.notes else None
        if root is not None:
            for note in root.iterfind(f"{W}{tag}"):
                if note.get(f"{W}id") in context.notes and note.get(f"{W}type") is None:
                    lines += read_story(note, context)
    return lines


def _layout(lines: list[Line], context: Context, furniture: list[str], body: Element) -> Layout:
    sizes = Counter[float]()
    for line in lines:
        if line.font_size:
            sizes[line.font_size] += sum(len(piece.text) for piece in line.pieces)
    total = context.fonts.total() or 1
    # A portrait stands beside the name; a square picture further down is anything else.
    photo = any(block <= _TOP * context.block for block in context.portraits)
    columns = max([line.column for line in lines], default=0) + 1
    section = body.find(f"{W}sectPr/{W}cols")
    declared = section.get(f"{W}num", "1") if section is not None else "1"
    margins = body.find(f"{W}sectPr/{W}pgMar")
    return Layout(
        columns=[max(columns, int(declared) if declared.isdigit() else 1)],
        tables=context.tables,
        images=context.images,
        pictures=context.pictures - photo,
        fonts=[
            Font(name=name, size=size, share=round(count / total, 4), wide=wide)
            for (name, size, wide), count in context.fonts.most_common(_MOST_FONTS)
        ],
        body_size=sizes.most_common(1)[0][0] if sizes else None,
        margins=_margins(margins),
        header_footer=furniture,
        photo=photo,
    )


def _margins(element: Element | None) -> tuple[float, float, float, float] | None:
    """Left, top, right and bottom margin in points."""
    if element is None:
        return None
    try:
        left, top, right, bottom = (
            abs(float(element.get(f"{W}{side}", "0"))) / _TWIPS for side in ("left", "top", "right", "bottom")
        )
    except ValueError:
        return None
    return left, top, right, bottom


def _marks(package: Package, context: Context) -> list[IntegrityMark]:
    marks: list[IntegrityMark] = []
    for reason in Hidden:
        text = "".join(part for why, part in context.hidden if why is reason).strip()
        if any(char.isalnum() for char in text):
            marks.append(IntegrityMark(kind=_KINDS[reason], text=text[:_LONGEST_MARK], detail=reason.value))
    names = package.archive.names
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        marks.append(
            IntegrityMark(kind=IntegrityKind.MACRO, detail="The file holds macros; they were not run.")
        )
    if any(name.startswith("word/embeddings/") for name in names):
        marks.append(
            IntegrityMark(
                kind=IntegrityKind.EMBEDDED_FILE, detail="The file holds other files; they were not opened."
            )
        )
    return marks + _remote(package) + _metadata(package) + _comments(package)


def _remote(package: Package) -> list[IntegrityMark]:
    marks: list[IntegrityMark] = []
    for name in package.archive.names:
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("_rels/")
        marks += [
            IntegrityMark(
                kind=IntegrityKind.EXTERNAL_REFERENCE,
                text=relation.target[:300],
                detail=f"The file wants to load a {relation.type} from elsewhere; it was not loaded.",
            )
            for relation in package.relations(folder + file.removesuffix(".rels"))
            if relation.external and relation.type in _REMOTE
        ]
    return marks


def _metadata(package: Package) -> list[IntegrityMark]:
    marks: list[IntegrityMark] = []
    for name in _METADATA:
        root = package.xml(name) if name in package.archive.names else None
        for element in root.iter() if root is not None else ():
            text = (element.text or "").strip()
            if speaks_to_machine(text):
                marks.append(
                    IntegrityMark(
                        kind=IntegrityKind.METADATA_INSTRUCTION,
                        text=text[:_LONGEST_MARK],
                        detail="A property of the file gives orders to an automatic reader.",
                    )
                )
    return marks


def _comments(package: Package) -> list[IntegrityMark]:
    name = package.related("comments")
    root = package.xml(name) if name else None
    if root is None:
        return []
    texts = [
        "".join(t.text or "" for t in comment.iter(f"{W}t")).strip()
        for comment in root.iterfind(f"{W}comment")
    ]
    return [
        IntegrityMark(
            kind=IntegrityKind.ANNOTATION,
            text=text[:_LONGEST_MARK],
            detail="A comment that the page does not show.",
        )
        for text in texts
        if text
    ]
