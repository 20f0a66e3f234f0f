"""Bodies of the review routes; scores are integers 0-100."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from resume_review.core.fields import ShortText
from resume_review.core.settings import FeedbackLanguage
from resume_review.database.enums import ExperienceLevel, FeedbackDecision, ReviewRequestStatus
from resume_review.features.resume_analysis.detailed_scores import DetailedScores

Code50 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]


class ServedStatus(StrEnum):
    """How a review stands, in the words of the API: `failed` is served as `error`."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    ERROR = "error"
    CANCELLED = "cancelled"

    @classmethod
    def of(cls, status: ReviewRequestStatus) -> "ServedStatus":
        """The word for a stored status."""
        return cls.ERROR if status is ReviewRequestStatus.FAILED else cls(status.value)


class AnalyzeRequest(BaseModel):
    """What the resume is to be judged for; other keys are ignored."""

    industry: Code50
    target_role: ShortText | None = None
    experience_level: ExperienceLevel | None = None
    language: FeedbackLanguage | None = None


class AnalyzeResponse(BaseModel):
    """The review was accepted; ask for its status."""

    analysis_id: uuid.UUID
    status: ServedStatus
    message: str


class ResultResponse(BaseModel):
    """The outcome of a completed review."""

    model_config = ConfigDict(from_attributes=True)

    analysis_id: uuid.UUID
    overall_score: int
    ats_score: int
    content_score: int
    formatting_score: int
    industry: str
    market_tier: str | None
    executive_summary: str
    detailed_scores: DetailedScores
    engine: str
    degraded: bool
    degraded_reason: str | None
    ai_model_used: str | None
    processing_time_ms: int
    completed_at: datetime


class StatusResponse(BaseModel):
    """How far a review has come; `result` is there once it is completed, `error` once it failed."""

    analysis_id: uuid.UUID
    status: ServedStatus
    progress: int
    step: str | None
    requested_at: datetime
    completed_at: datetime | None
    error: str | None
    error_code: str | None
    result: ResultResponse | None


class ReviewItem(BaseModel):
    """A review in a list."""

    id: uuid.UUID
    file_name: str
    candidate_id: uuid.UUID
    candidate_name: str
    industry: str
    overall_score: int | None
    market_tier: str | None
    status: ServedStatus
    created_at: datetime


class ReviewList(BaseModel):
    """One page of reviews, newest first; `total_count` counts all pages."""

    analyses: list[ReviewItem]
    total_count: int
    page: int
    page_size: int


class FindingResponse(BaseModel):
    """One finding or strength; offsets are half-open into the document's text, boxes are PDF points."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    finding_id: str
    check_id: str
    feedback_type: str
    category: str
    severity_level: int
    title: str
    feedback_text: str
    suggestion: str | None
    original_text: str | None
    suggested_text: str | None
    span_start: int | None
    span_end: int | None
    page: int | None
    boxes: list[list[float]] | None
    section: str | None
    confidence_score: float | None
    decision: FeedbackDecision


class FindingList(BaseModel):
    """All findings and strengths of a review, worst first."""

    findings: list[FindingResponse]
    total_count: int
