"""Reviews of resumes: requested by a consultant, done by a job; what other parts may use of them."""

from resume_review.features.resume_analysis.reopening import reopen_review
from resume_review.features.resume_analysis.service import (
    ANALYSE_JOB,
    Accepted,
    ReviewService,
    known_industry,
)
from resume_review.features.resume_analysis.streaming import StreamSlots
from resume_review.features.resume_analysis.terms import ReviewTerms

__all__ = [
    "ANALYSE_JOB",
    "Accepted",
    "ReviewService",
    "ReviewTerms",
    "StreamSlots",
    "known_industry",
    "reopen_review",
]
