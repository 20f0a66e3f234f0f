"""Reviews of resumes: requested by a consultant, done by a job; what other parts may use of them."""

from resume_review.features.resume_analysis.asking import StoredReview, stored_review
from resume_review.features.resume_analysis.pausing import go_on
from resume_review.features.resume_analysis.reopening import reopen_review
from resume_review.features.resume_analysis.service import Accepted, ReviewService, known_industry
from resume_review.features.resume_analysis.terms import ANALYSE_JOB, ReviewTerms

__all__ = [
    "ANALYSE_JOB",
    "Accepted",
    "ReviewService",
    "ReviewTerms",
    "StoredReview",
    "go_on",
    "known_industry",
    "reopen_review",
    "stored_review",
]
