"""The people whose resumes are reviewed; what other features may use of them."""

from resume_review.features.candidates.erasure import Eraser, Tombstone
from resume_review.features.candidates.errors import CandidateNotFoundError
from resume_review.features.candidates.repository import found_by, readable_by
from resume_review.features.candidates.schemas import CandidateCreate
from resume_review.features.candidates.service import CandidateService, make_candidates_searchable
from resume_review.features.candidates.tombstones import (
    KeepTombstones,
    keep_tombstones,
    kept_tombstones,
    store_tombstones,
    stored_tombstones,
)

__all__ = [
    "CandidateCreate",
    "CandidateNotFoundError",
    "CandidateService",
    "Eraser",
    "KeepTombstones",
    "Tombstone",
    "found_by",
    "keep_tombstones",
    "kept_tombstones",
    "make_candidates_searchable",
    "readable_by",
    "store_tombstones",
    "stored_tombstones",
]
