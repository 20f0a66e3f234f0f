"""What a file is, decided by its content and never by its name."""

import re
from pathlib import PurePath

from resume_review.documents.archive import Archive
from resume_review.documents.limits import DEFAULT_LIMITS, Limits
from resume_review.documents.model import Kind, Status
from resume_review.documents.reading import UnreadableError

MIME = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.TXT: "text/plain",
    Kind.MD: "text/markdown",
    Kind.RTF: "application/rtf",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.HTML: "text/html",
    Kind.IMAGE: "image/*",
}
ACCEPTED = "Upload a PDF, DOCX, TXT or MD file."
PDF_HEADER_WITHIN = 1024
HEAD = 4096

_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a", b"BM")
_REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is a legacy Office file. Save it as DOCX or PDF."),
    (b"MZ", f"This is a program, not a resume. {ACCEPTED}"),
    (b"\x7fELF", f"This is a program, not a resume. {ACCEPTED}"),
    (b"\xca\xfe\xba\xbe", f"This is a program, not a resume. {ACCEPTED}"),
    (b"\xcf\xfa\xed\xfe", f"This is a program, not a resume. {ACCEPTED}"),
    (b"#!", f"This is a program, not a resume. {ACCEPTED}"),
    (b"\x1f\x8b", f"This is an archive. Unpack it and upload the resume itself. {ACCEPTED}"),
    (b"BZh", f"This is an archive. Unpack it and upload the resume itself. {ACCEPTED}"),
    (b"7z\xbc\xaf\x27\x1c", f"This is an archive. Unpack it and upload the resume itself. {ACCEPTED}"),
    (b"Rar!\x1a\x07", f"This is an archive. Unpack it and upload the resume itself. {ACCEPTED}"),
    (b"\xfd7zXZ\0", f"This is an archive. Unpack it and upload the resume itself. {ACCEPTED}"),
)
_HTML_START = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\*\*[^*\n]+\*\*|[-*+] \S.*\[[^\]\n]+\]\([^)\n]+\))", re.MULTILINE)
_MD_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)


def sniff(data: bytes, filename: str = "", *, limits: Limits = DEFAULT_LIMITS) -> Kind:
    """Return what the bytes are.

    Raises:
        UnreadableError: Nothing a resume can be read from, with the status and what to do.
    """
    if not data:
        raise UnreadableError(Status.MALFORMED, "The file is empty. Upload it again.")
    if len(data) > limits.file_bytes:
        size = limits.file_bytes // (1024 * 1024)
        raise UnreadableError(Status.TOO_LARGE, f"The file is larger than {size} MB. Upload a smaller one.")
    kind = _binary_kind(data, limits)
    return kind or _text_kind(data, filename)


def _binary_kind(data: bytes, limits: Limits) -> Kind | None:
    head = data[:HEAD]
    # First, so that a file that is a PDF and something else at once is only ever read as a PDF.
    if b"%PDF-" in head[:PDF_HEADER_WITHIN]:
        return Kind.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, limits)
    is_text = _looks_like_text(head)
    if (data.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")) and not is_text:
        return Kind.IMAGE
    for magic, message in _REFUSED:
        if data.startswith(magic) and (magic == b"#!" or not is_text):
            raise UnreadableError(Status.UNSUPPORTED, message)
    if head.lstrip().startswith(b"{\\rtf"):
        return Kind.RTF
    return None


def _zip_kind(data: bytes, limits: Limits) -> Kind:
    archive = Archive(data, limits)
    names = set(archive.names)
    if "word/document.xml" in names:
        return Kind.DOCX
    if archive.read("mimetype") == MIME[Kind.ODT].encode():
        return Kind.ODT
    types = archive.read("[Content_Types].xml") or b""
    if b"wordprocessingml" in types:
        return Kind.DOCX
    if types or "mimetype" in names:
        raise UnreadableError(Status.UNSUPPORTED, f"This Office file is not a text document. {ACCEPTED}")
    raise UnreadableError(
        Status.UNSUPPORTED, f"This is an archive. Unpack it and upload the resume itself. {ACCEPTED}"
    )


def _looks_like_text(head: bytes) -> bool:
    control = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return control <= len(head) // 100


def _text_kind(data: bytes, filename: str) -> Kind:
    suffix = PurePath(filename).suffix.lower()
    head = data[:HEAD]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[:HEAD].count(0) > len(head) // 4
    if not wide and not _looks_like_text(head):
        raise UnreadableError(
            Status.UNSUPPORTED if suffix != ".pdf" else Status.MALFORMED,
            f"The content of this file is not a document that can be read. {ACCEPTED}",
        )
    if _HTML_START.match(head):
        if suffix not in {".html", ".htm", ".xhtml", ""}:
            raise UnreadableError(
                Status.UNSUPPORTED,
                f"This is a web page, although its name says {suffix}. Open it in a browser and print it to PDF.",
            )
        return Kind.HTML
    if suffix == ".pdf":
        raise UnreadableError(
            Status.MALFORMED, "The file has the name of a PDF but not its content. Export it again as PDF."
        )
    if suffix in {".docx", ".doc", ".odt"}:
        raise UnreadableError(
            Status.UNSUPPORTED, f"The file has the name {suffix} but not its content. {ACCEPTED}"
        )
    text = head.decode("utf-8", "replace")
    if suffix in {".md", ".markdown"} and (_MARKDOWN.search(text) or not wide):
        return Kind.MD
    return Kind.MD if len(_MD_HEADING.findall(text)) > 1 else Kind.TXT
