"""DOCX bytes in, a `Reading` out: what Word shows, and what was set so that it does not show."""

from resume_review.documents.docx.reader import read_docx

__all__ = ["read_docx"]
