"""What a PDF holds besides its pages: actions, attachments, notes, metadata, switched-off layers, links."""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from resume_review.documents.model import Box, IntegrityKind, IntegrityMark
from resume_review.documents.pdf.limits import PdfLimits
from resume_review.documents.reading import UnreadableError

_ACTIVE = {
    "/JavaScript": "a script",
    "/Launch": "a command that starts a program",
    "/SubmitForm": "a form that sends data",
    "/ImportData": "a command that loads data",
}
_SILENT_NOTES = frozenset({"/Link", "/Widget", "/Popup", "/Screen", "/PrinterMark", "/TrapNet", "/Watermark"})
_HIDDEN_FLAGS = 2 | 32  # Hidden, NoView
_MOST_MARKS = 20
_MOST_FORMS = 500
_LONGEST = 2000
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instruction|prompt|rule|guideline|criteria)"
    r"|\bsystem\s+(?:note|prompt|message|instruction)\b|\b(?:as|are)\s+an?\s+(?:ai|language model|llm|assistant)\b"
    r"|\b(?:llm|chatgpt|gpt-?\d|ai (?:model|assistant|reviewer|screener|system))\b.{0,80}\b(?:must|should|please|rate|rank|score|recommend|select)\b"
    r"|\b(?:rate|score|rank|grade|mark|recommend)\b.{0,40}\b(?:candidate|applicant|resume|cv)\b.{0,60}(?:\d{2,3}|highest|top|best|perfect|excellent|strong|hire)"
    r"|\b(?:ignoriere?n?|vergiss)\b.{0,60}\b(?:anweisung|vorgabe)|\bignore[rz]\b.{0,60}\binstructions?\b|(?:指示|命令).{0,12}(?:無視|忘れ)",
    re.IGNORECASE | re.DOTALL,
)
_LONG_METADATA = 600

Link = tuple[int, Box, str]


@dataclass(slots=True)
class Structure:
    """Marks found in the file's objects.

    Attributes:
        links: Page number, rectangle in PDF space and address of each link.
        layers_off: Some optional content is switched off.
        filled_pages: Pages with form fields or text boxes, which are drawn over the page.
    """

    marks: list[IntegrityMark] = field(default_factory=list[IntegrityMark])
    links: list[Link] = field(default_factory=list[Link])
    layers_off: bool = False
    filled_pages: set[int] = field(default_factory=set[int])


def inspect(data: bytes, limits: PdfLimits) -> Structure:
    """Look at the objects without running or opening anything.

    Raises:
        UnreadableError: The file needs a password, or a drawing stream unpacks to more than the limits allow.
    """
    found = Structure()
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            _check_streams(pdf, limits)
            _look(pdf, found)
    except pikepdf.PasswordError as error:
        raise UnreadableError(
            "encrypted", "This PDF needs a password to open: save a copy without one and send that."
        ) from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # qpdf and PDFium repair different damage: what one cannot follow, the other may still read.
        return found
    return found


def without_replacements(data: bytes) -> bytes | None:
    """The file with every ActualText made ineffective, so that glyphs speak for themselves; None if it cannot be."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            for stream in _drawing_streams(pdf):
                content = stream.read_bytes()
                if b"/ActualText" in content:
                    stream.write(content.replace(b"/ActualText", b"/SilentText"))
            for item in pdf.objects:
                if _is_dictionary(item) and item.get("/ActualText") is not None:
                    del item["/ActualText"]
            for page in pdf.pages:
                _silence(page.obj.get("/Resources"))
            output = io.BytesIO()
            pdf.save(output)
            return output.getvalue()
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # The first reading stands; the caller reports what it could not check.
        return None


def _silence(resources: Any) -> None:
    """Remove replacements that content refers to by name."""
    named: Any = resources.get("/Properties") if _is_dictionary(resources) else None
    for name in list(named.keys()) if _is_dictionary(named) else ():
        properties = named.get(name)
        if _is_dictionary(properties) and properties.get("/ActualText") is not None:
            del properties["/ActualText"]


def _look(pdf: Any, found: Structure) -> None:
    root = pdf.Root
    _actions(root.get("/OpenAction"), found)
    _more_actions(root.get("/AA"), found)
    names = root.get("/Names")
    if _is_dictionary(names):
        if names.get("/JavaScript") is not None:
            _add(found, IntegrityKind.ACTIVE_CONTENT, "The file holds a script that runs when it is opened.")
        _attachments(pdf, found)
    layers = root.get("/OCProperties")
    if _is_dictionary(layers) and _is_dictionary(layers.get("/D")):
        found.layers_off = bool(layers.D.get("/OFF")) or str(layers.D.get("/BaseState", "")) == "/OFF"
    _metadata(pdf, found)
    for number, page in enumerate(pdf.pages, start=1):
        _more_actions(page.obj.get("/AA"), found)
        notes = page.obj.get("/Annots")
        for note in notes if isinstance(notes, pikepdf.Array) else ():
            if _is_dictionary(note):
                _annotation(note, number, found)


def _is_dictionary(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary)


def _add(
    found: Structure, kind: IntegrityKind, detail: str, text: str | None = None, page: int | None = None
) -> None:
    mark = IntegrityMark(kind=kind, page=page, text=text[:_LONGEST] if text else None, detail=detail)
    if len(found.marks) < _MOST_MARKS and mark not in found.marks:
        found.marks.append(mark)


def _actions(action: Any, found: Structure, depth: int = 0) -> None:
    """Report an action and those that follow it; going to a page is what links do and nothing to report."""
    if not _is_dictionary(action) or depth > 8:
        return
    kind = str(action.get("/S", ""))
    address = str(action.get("/URI", "")) if kind == "/URI" else ""
    if kind in _ACTIVE or address.lower().startswith(("javascript:", "data:", "file:", "vbscript:")):
        _add(
            found,
            IntegrityKind.ACTIVE_CONTENT,
            f"The file holds {_ACTIVE.get(kind, 'a link that runs a script')}.",
        )
    following = action.get("/Next")
    for item in following if isinstance(following, pikepdf.Array) else (following,):
        _actions(item, found, depth + 1)


def _more_actions(actions: Any, found: Structure) -> None:
    if _is_dictionary(actions):
        for name in list(actions.keys()):
            _actions(actions.get(name), found)


def _attachments(pdf: Any, found: Structure) -> None:
    for name in list(pdf.attachments.keys()):
        lowered = str(name).lower()
        if lowered.endswith(".xml"):  # Europass and e-recruiting forms carry their own data
            continue
        _add(found, IntegrityKind.EMBEDDED_FILE, "A file is attached to the PDF.", str(name))


def _metadata(pdf: Any, found: Structure) -> None:
    texts = (
        [str(value) for value in dict(pdf.docinfo).values()] if pdf.trailer.get("/Info") is not None else []
    )
    packet = pdf.Root.get("/Metadata")
    if isinstance(packet, pikepdf.Stream) and len(packet.read_raw_bytes()) < 1_000_000:
        plain = re.sub(r"<[^>]+>", "\n", packet.read_bytes().decode("utf-8", "replace"))
        texts.extend(line.strip() for line in plain.splitlines() if line.strip())
    for text in dict.fromkeys(texts):
        if _INSTRUCTION.search(text):
            _add(found, IntegrityKind.METADATA_INSTRUCTION, "The file's metadata addresses a machine.", text)
        elif len(text) > _LONG_METADATA and text.count(" ") > 60:
            _add(
                found,
                IntegrityKind.METADATA_INSTRUCTION,
                "The file's metadata holds a long text nobody sees.",
                text,
            )


def _annotation(note: Any, page: int, found: Structure) -> None:
    kind = str(note.get("/Subtype", ""))
    action = note.get("/A")
    _actions(action, found)
    _more_actions(note.get("/AA"), found)
    if kind == "/Link":
        address = str(action.get("/URI", "")) if _is_dictionary(action) else ""
        rectangle = note.get("/Rect")
        if address and isinstance(rectangle, pikepdf.Array) and len(rectangle) == 4:
            x0, y0, x1, y1 = (float(value) for value in rectangle)
            found.links.append((page, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), address))
        return
    if kind == "/FileAttachment":
        _add(found, IntegrityKind.EMBEDDED_FILE, "A file is attached to a page.", page=page)
        return
    if kind in {"/Widget", "/FreeText"}:
        found.filled_pages.add(page)
    text = str(note.get("/Contents", "")).strip()
    hidden = int(note.get("/F", 0)) & _HIDDEN_FLAGS
    if text and kind not in _SILENT_NOTES and (kind != "/FreeText" or hidden):
        _add(
            found, IntegrityKind.ANNOTATION, "A note on the page holds text that is not printed.", text, page
        )


def _check_streams(pdf: Any, limits: PdfLimits) -> None:
    """Refuse drawing streams that unpack to a size no resume has, before anything unpacks them."""
    for stream in _drawing_streams(pdf):
        filters = stream.get("/Filter")
        chain = [str(item) for item in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
        raw = stream.read_raw_bytes()
        if chain == ["/FlateDecode"] and len(raw) * 1032 <= limits.max_stream_bytes:
            continue
        if any(name in {"/FlateDecode", "/Fl"} for name in chain) and _unpacks_beyond(
            raw, chain, limits.max_stream_bytes
        ):
            raise UnreadableError(
                "too_large",
                "A page of this PDF unpacks to an unusual size: export it again and send the new file.",
            )


def _drawing_streams(pdf: Any) -> Iterator[Any]:
    seen = 0
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        for stream in contents if isinstance(contents, pikepdf.Array) else (contents,):
            if isinstance(stream, pikepdf.Stream):
                yield stream
        resources = page.obj.get("/Resources")
        forms: Any = resources.get("/XObject") if _is_dictionary(resources) else None
        for name in list(forms.keys()) if _is_dictionary(forms) else ():
            seen += 1
            form = forms.get(name)
            if (
                seen < _MOST_FORMS
                and isinstance(form, pikepdf.Stream)
                and str(form.get("/Subtype", "")) == "/Form"
            ):
                yield form


def _unpacks_beyond(raw: bytes, chain: list[str], limit: int) -> bool:
    """Whether the stream is larger than `limit` bytes at any stage of its filters."""
    data = raw
    for name in chain:
        if name not in {"/FlateDecode", "/Fl"}:
            return False
        unpacker = zlib.decompressobj()
        try:
            data = unpacker.decompress(data, limit + 1)
        except zlib.error:
            return False
        if len(data) > limit:
            return True
    return False
