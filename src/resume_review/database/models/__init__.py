"""Every table of the platform; importing this package fills `Base.metadata`."""

from resume_review.database.models.activity import ActivityLog
from resume_review.database.models.candidates import Candidate, UserCandidateAssignment
from resume_review.database.models.experiments import Experiment, Rollout
from resume_review.database.models.prompts import Prompt, PromptLabel, PromptUsage, PromptVersion
from resume_review.database.models.requests import IdempotencyKey, RateLimit
from resume_review.database.models.resumes import Resume, ResumeSection
from resume_review.database.models.reviews import ReviewFeedbackItem, ReviewRequest, ReviewResult
from resume_review.database.models.users import RefreshToken, User

__all__ = [
    "ActivityLog",
    "Candidate",
    "Experiment",
    "IdempotencyKey",
    "Prompt",
    "PromptLabel",
    "PromptUsage",
    "PromptVersion",
    "RateLimit",
    "RefreshToken",
    "Resume",
    "ResumeSection",
    "ReviewFeedbackItem",
    "ReviewRequest",
    "ReviewResult",
    "Rollout",
    "User",
    "UserCandidateAssignment",
]
