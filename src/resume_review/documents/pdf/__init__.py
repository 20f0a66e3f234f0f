"""PDF bytes in, a `Reading` out: glyphs, words, lines and their order, and what was hidden from view."""

from resume_review.documents.pdf.limits import PdfLimits
from resume_review.documents.reading import Reading

__all__ = ["PdfLimits", "read_pdf"]


def read_pdf(data: bytes, *, limits: PdfLimits | None = None) -> Reading:
    """Read what a person sees on the pages, in reading order.

    Raises:
        UnreadableError: The file needs a password, is damaged or is larger than the limits allow.
    """
    # PDFium and qpdf are loaded when the first PDF comes, not when the package is imported.
    from resume_review.documents.pdf.reader import read  # noqa: PLC0415

    return read(data, limits or PdfLimits())
