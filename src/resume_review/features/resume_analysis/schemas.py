"""Bodies of the review routes; scores are integers 0-100."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from resume_review.core.fields import ShortText
from resume_review.core.settings import FeedbackLanguage
from resume_review.database.enums import ExperienceLevel, FeedbackDecision, ReviewRequestStatus
from resume_review.features.resume_analysis.detailed_scores import DetailedScores
from resume_review.rubric import ReviewType

MOST_DECISIONS = 200

Code50 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]
EditedText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]
Score = Annotated[int, Field(ge=0, le=100)]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2200, 1, 1))]


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

    @property
    def stored(self) -> ReviewRequestStatus:
        """The stored status behind the word."""
        return ReviewRequestStatus.FAILED if self is ServedStatus.ERROR else ReviewRequestStatus(self.value)


class AnalyzeRequest(BaseModel):
    """What the resume is to be judged for; other keys are ignored. `force` asks for new work in any case."""

    industry: Code50 = Field(examples=["strategy_consulting"])
    target_role: ShortText | None = Field(default=None, examples=["Senior Consultant"])
    experience_level: ExperienceLevel | None = None
    language: FeedbackLanguage | None = None
    review_type: ReviewType = ReviewType.COMPREHENSIVE
    force: bool = False
    bulk: bool = Field(default=False, description="Let reviews that somebody waits for go first.")


class AnalyzeResponse(BaseModel):
    """The review was accepted; with `reused_from` it is completed already, with the answer of that review."""

    analysis_id: uuid.UUID
    status: ServedStatus
    message: str = Field(examples=["The review was accepted."])
    reused_from: uuid.UUID | None


class MessageResponse(BaseModel):
    """It was done."""

    message: str = Field(examples=["The review was cancelled."])


class ResultResponse(BaseModel):
    """The outcome of a completed review; an `ats_check` has the ATS score and no other."""

    model_config = ConfigDict(from_attributes=True)

    analysis_id: uuid.UUID
    overall_score: int | None
    ats_score: int | None
    content_score: int | None
    formatting_score: int | None
    industry: str
    market_tier: str | None
    executive_summary: str
    detailed_scores: DetailedScores | None
    engine: str
    degraded: bool
    degraded_reason: str | None
    ai_model_used: str | None
    processing_time_ms: int
    completed_at: datetime
    review_type: ReviewType
    reused_from: uuid.UUID | None


class StatusResponse(BaseModel):
    """How far a review has come; `result` is there once it is completed, `error` once it failed."""

    analysis_id: uuid.UUID
    resume_id: uuid.UUID
    candidate_id: uuid.UUID
    industry: str
    language: str
    status: ServedStatus
    progress: int
    step: str | None
    requested_at: datetime
    completed_at: datetime | None
    error: str | None
    error_code: str | None
    review_type: ReviewType
    reused_from: uuid.UUID | None
    result: ResultResponse | None


class ProgressEvent(BaseModel):
    """One event of a stream; times are milliseconds since the request, `expected_ms` is what such reviews took lately."""

    status: ServedStatus
    step: str = Field(examples=["judge"])
    progress: int = Field(examples=[40])
    message: str = Field(examples=["Judging the resume"])
    elapsed_ms: int = Field(examples=[420])
    expected_ms: int | None = Field(examples=[900])


class ReviewItem(BaseModel):
    """A review in a list."""

    id: uuid.UUID
    resume_id: uuid.UUID
    file_name: str
    candidate_id: uuid.UUID
    candidate_name: str
    industry: str
    review_type: ReviewType
    language: str
    overall_score: int | None
    market_tier: str | None
    status: ServedStatus
    created_at: datetime
    completed_at: datetime | None
    requested_by: uuid.UUID
    reused_from: uuid.UUID | None


class ReviewList(BaseModel):
    """One page of reviews; `total_count` counts all pages, `next_cursor` leads to the next one of a list by date."""

    analyses: list[ReviewItem]
    total_count: int
    page: int
    page_size: int
    next_cursor: str | None


class StatsResponse(BaseModel):
    """All reviews you may see; the average is over those with a score, breakdowns count completed ones."""

    total_analyses: int
    completed_analyses: int
    failed_analyses: int
    pending_analyses: int
    cancelled_analyses: int
    average_score: float | None
    industry_breakdown: dict[str, int]
    tier_breakdown: dict[str, int]


class RateLimits(BaseModel):
    """How much one user may ask for, and how many reviews this process works on at once."""

    analyses_per_5_minutes: int
    max_concurrent_analyses: int


class LimitsResponse(BaseModel):
    """What the server accepts; `max_analyses_per_day` follows from the limit per five minutes."""

    max_file_size_mb: int
    max_analyses_per_day: int
    supported_file_types: list[str]
    supported_industries: list[str]
    supported_review_types: list[ReviewType]
    supported_languages: list[FeedbackLanguage]
    rate_limits: RateLimits


class ReviewHealthResponse(BaseModel):
    """Whether reviews can be asked for, and what judges them."""

    status: str = Field(examples=["healthy"])
    ai_orchestrator: str = Field(examples=["rubric"])
    supported_industries: list[str]
    timestamp: datetime


class ValidateRequest(BaseModel):
    """An industry code of any release."""

    industry: Code50 = Field(examples=["ma_financial"])


class ValidateResponse(BaseModel):
    """Whether reviews for the industry can be asked for; `industry` is its code of today."""

    valid: bool
    message: str
    industry: str


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
    edited_text: str | None
    decided_by_user_id: uuid.UUID | None
    decided_at: datetime | None
    decision_version: int


class FindingList(BaseModel):
    """All findings and strengths of a review, worst first."""

    findings: list[FindingResponse]
    total_count: int


class DecideRequest(BaseModel):
    """A decision about a finding; with `expected_version` only if nobody has decided since it was read."""

    decision: FeedbackDecision
    edited_text: EditedText | None = Field(
        default=None, description="With the decision `edited`, and only then."
    )
    expected_version: Annotated[int, Field(ge=0, le=2_000_000_000)] | None = Field(default=None, examples=[0])

    @model_validator(mode="after")
    def _text_when_edited(self) -> Self:
        if (self.decision is FeedbackDecision.EDITED) != (self.edited_text is not None):
            raise ValueError("edited_text goes with the decision edited, and only with it")
        return self


class DecideOneOfManyRequest(DecideRequest):
    """A decision about the finding with this id."""

    id: uuid.UUID


class DecideManyRequest(BaseModel):
    """Decisions about findings of one review: all of them are taken, or none."""

    decisions: Annotated[list[DecideOneOfManyRequest], Field(min_length=1, max_length=MOST_DECISIONS)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({decision.id for decision in self.decisions}) != len(self.decisions):
            raise ValueError("every finding may be named once")
        return self


class HistoryQuery(BaseModel):
    """Which reviews a list shows. Days are UTC days, both included; old industry codes are understood."""

    candidate_id: uuid.UUID | None = None
    resume_id: uuid.UUID | None = None
    industry: Code50 | None = None
    status: ServedStatus | None = None
    review_type: ReviewType | None = None
    reviewer: uuid.UUID | None = Field(default=None, description="Who asked for the review.")
    from_date: Day | None = None
    to_date: Day | None = None
    min_score: Score | None = None
    max_score: Score | None = None
    search: ShortText | None = Field(default=None, description="Words of the candidate's name.")
    undecided: bool = Field(default=False, description="Only those of whose findings none was decided about.")
