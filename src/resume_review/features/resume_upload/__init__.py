"""Uploaded resumes; what other features may use of them."""

from resume_review.features.resume_upload.errors import ResumeNotFoundError
from resume_review.features.resume_upload.repository import ResumeRepository

__all__ = ["ResumeNotFoundError", "ResumeRepository"]
