"""The people whose resumes are reviewed; what other features may use of them."""

from resume_review.features.candidates.errors import CandidateNotFoundError
from resume_review.features.candidates.repository import readable_by
from resume_review.features.candidates.service import CandidateService

__all__ = ["CandidateNotFoundError", "CandidateService", "readable_by"]
