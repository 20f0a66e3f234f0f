"""The web interface as built files, and the headers that pages need."""

from resume_review.web.pages import WebPages

__all__ = ["WebPages"]
