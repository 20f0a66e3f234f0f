"""What a PDF holds besides its pages: actions, attachments, notes, metadata, switched-off layers, links."""

import io
import logging
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from resume_review.documents.model import IntegrityKind
from resume_review.documents.pdf.findings import (
    ACTIVE,
    UNSAFE_SCHEMES,
    Structure,
    add,
    judge_metadata,
    packet_texts,
)
from resume_review.documents.pdf.limits import PdfLimits
from resume_review.documents.reading import UnreadableError

_SILENT_NOTES = frozenset({"/Link", "/Widget", "/Popup", "/Screen", "/PrinterMark", "/TrapNet", "/Watermark"})
_HIDDEN_FLAGS = 2 | 32  # Hidden, NoView
_MOST_FORMS = 500


def inspect(data: bytes, limits: PdfLimits) -> Structure:
    """Look at the objects without running or opening anything.

    Raises:
        UnreadableError: The file needs a password, or a drawing stream unpacks to more than the limits allow.
    """
    found = Structure()
    # Repairs of damaged files are qpdf's daily work; its lines about them may quote the file.
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
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
            add(found, IntegrityKind.ACTIVE_CONTENT, "The file holds a script that runs when it is opened.")
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


def _actions(action: Any, found: Structure, depth: int = 0) -> None:
    """Report an action and those that follow it; going to a page is what links do and nothing to report."""
    if not _is_dictionary(action) or depth > 8:
        return
    kind = str(action.get("/S", ""))
    address = str(action.get("/URI", "")) if kind == "/URI" else ""
    if kind in ACTIVE or address.lower().startswith(UNSAFE_SCHEMES):
        add(
            found,
            IntegrityKind.ACTIVE_CONTENT,
            f"The file holds {ACTIVE.get(kind, 'a link that runs a script')}.",
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
        add(found, IntegrityKind.EMBEDDED_FILE, "A file is attached to the PDF.", str(name))


def _metadata(pdf: Any, found: Structure) -> None:
    texts = (
        [str(value) for value in dict(pdf.docinfo).values()] if pdf.trailer.get("/Info") is not None else []
    )
    packet = pdf.Root.get("/Metadata")
    if isinstance(packet, pikepdf.Stream) and len(packet.read_raw_bytes()) < 1_000_000:
        texts.extend(packet_texts(packet.read_bytes()))
    judge_metadata(texts, found)


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
        add(found, IntegrityKind.EMBEDDED_FILE, "A file is attached to a page.", page=page)
        return
    if kind in {"/Widget", "/FreeText"}:
        found.filled_pages.add(page)
    text = str(note.get("/Contents", "")).strip()
    hidden = int(note.get("/F", 0)) & _HIDDEN_FLAGS
    if text and kind not in _SILENT_NOTES and (kind != "/FreeText" or hidden):
        add(found, IntegrityKind.ANNOTATION, "A note on the page holds text that is not printed.", text, page)


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
