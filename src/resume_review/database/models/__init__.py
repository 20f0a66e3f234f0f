"""Every table of the platform; importing this package fills `Base.metadata`."""

from resume_review.database.models.access import ApiKey, Invitation
from resume_review.database.models.activity import ActivityLog
from resume_review.database.models.batches import UploadBatch, UploadBatchItem
from resume_review.database.models.candidates import Candidate, UserCandidateAssignment
from resume_review.database.models.erasures import Erasure, FileDeletion
from resume_review.database.models.experiments import (
    Experiment,
    ExperimentExposure,
    ExperimentOutcome,
    Rollout,
    ShadowResult,
)
from resume_review.database.models.model_batches import ModelBatch, ModelBatchItem
from resume_review.database.models.prompt_trials import PromptTrial, PromptTrialResult
from resume_review.database.models.prompts import Prompt, PromptLabel, PromptUsage, PromptVersion
from resume_review.database.models.queue import JobFailure, MaintenanceRun
from resume_review.database.models.requests import CacheEntry, IdempotencyKey, RateLimit
from resume_review.database.models.resumes import Resume, ResumeSection
from resume_review.database.models.reviews import ReviewFeedbackItem, ReviewRequest, ReviewResult
from resume_review.database.models.spending import ModelSpend, ModelTurn
from resume_review.database.models.tallies import ReviewTally, ReviewTallyChange
from resume_review.database.models.users import RefreshToken, User
from resume_review.database.models.webhooks import WebhookDelivery, WebhookEndpoint

__all__ = [
    "ActivityLog",
    "ApiKey",
    "CacheEntry",
    "Candidate",
    "Erasure",
    "Experiment",
    "ExperimentExposure",
    "ExperimentOutcome",
    "FileDeletion",
    "IdempotencyKey",
    "Invitation",
    "JobFailure",
    "MaintenanceRun",
    "ModelBatch",
    "ModelBatchItem",
    "ModelSpend",
    "ModelTurn",
    "Prompt",
    "PromptLabel",
    "PromptTrial",
    "PromptTrialResult",
    "PromptUsage",
    "PromptVersion",
    "RateLimit",
    "RefreshToken",
    "Resume",
    "ResumeSection",
    "ReviewFeedbackItem",
    "ReviewRequest",
    "ReviewResult",
    "ReviewTally",
    "ReviewTallyChange",
    "Rollout",
    "ShadowResult",
    "UploadBatch",
    "UploadBatchItem",
    "User",
    "UserCandidateAssignment",
    "WebhookDelivery",
    "WebhookEndpoint",
]
