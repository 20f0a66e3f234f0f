"""The people whose resumes are reviewed; what other features may use of them."""

from resume_review.features.candidates.erasure import Eraser, Tombstone
from resume_review.features.candidates.errors import CandidateNotFoundError
from resume_review.features.candidates.repository import found_by, readable_by
from resume_review.features.candidates.schemas import CandidateCreate
from resume_review.features.candidates.service import CandidateService, make_candidates_searchable

__all__ = [
    "CandidateCreate",
    "CandidateNotFoundError",
    "CandidateService",
    "Eraser",
    "Tombstone",
    "found_by",
    "make_candidates_searchable",
    "readable_by",
]
