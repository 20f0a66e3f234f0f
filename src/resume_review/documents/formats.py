"""Which reader reads which kind; each is loaded when its first file comes."""

from collections.abc import Callable
from importlib import import_module
from typing import cast

from resume_review.documents.limits import Limits
from resume_review.documents.model import Kind
from resume_review.documents.ocr import read_scanned_pages
from resume_review.documents.reading import Reading

# A text file must not pay for a PDF engine: modules are named here and loaded when needed.
_READERS = {
    Kind.DOCX: ("resume_review.documents.docx", "read_docx"),
    Kind.TXT: ("resume_review.documents.text", "read_text"),
    Kind.MD: ("resume_review.documents.markdown", "read_markdown"),
    Kind.RTF: ("resume_review.documents.rtf", "read_rtf"),
    Kind.ODT: ("resume_review.documents.odt", "read_odt"),
    Kind.HTML: ("resume_review.documents.web", "read_html"),
    Kind.IMAGE: ("resume_review.documents.ocr", "read_image"),
}


def read_format(kind: Kind, data: bytes, *, limits: Limits) -> Reading:
    """Read the visible content with the reader of its kind.

    Raises:
        UnreadableError: The file is damaged, protected, too large or a picture.
    """
    if kind is Kind.PDF:
        from resume_review.documents.pdf import PdfLimits, read_pdf  # noqa: PLC0415 - see above

        bounds = PdfLimits(max_pages=limits.pages, max_characters=limits.text_chars)
        return read_scanned_pages(data, read_pdf(data, limits=bounds), limits=limits)
    module, name = _READERS[kind]
    read = cast("Callable[..., Reading]", getattr(import_module(module), name))
    return read(data, limits=limits)
