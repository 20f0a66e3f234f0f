"""The one entry point: bytes to `Document`."""

from resume_review.documents.limits import DEFAULT_LIMITS, Limits
from resume_review.documents.model import Document


def read_document(data: bytes, filename: str, *, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a resume; a file that cannot be read is a Document with another status than `ok`.

    Pure: no network, no files. The same bytes give the same Document, except for `elapsed_ms`.
    """
    # The readers load compiled libraries: importing this package stays cheap for those who only need its types.
    from resume_review.documents.pipeline import extract  # noqa: PLC0415

    return extract(data, filename, limits)
