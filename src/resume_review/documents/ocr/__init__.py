"""Pictures of text: characters recognised by Tesseract, where it is installed."""

from resume_review.documents.limits import Limits
from resume_review.documents.reading import Reading

__all__ = ["read_image", "read_scanned_pages"]


def read_image(data: bytes, *, limits: Limits) -> Reading:
    """Read a photo or a scan saved as a picture; a file of several pictures has a page for each.

    Raises:
        UnreadableError: No Tesseract here, a damaged or far too large picture, or out of time.
    """
    # Pillow and PDFium are loaded when the first picture comes.
    from resume_review.documents.ocr.reader import image_reading  # noqa: PLC0415

    return image_reading(data, limits)


def read_scanned_pages(data: bytes, reading: Reading, *, limits: Limits) -> Reading:
    """The reading of a PDF, with the pages that are pictures read too; unchanged where there are none.

    Raises:
        UnreadableError: Out of time.
    """
    from resume_review.documents.ocr.reader import scan_reading  # noqa: PLC0415

    return scan_reading(data, reading, limits)
