"""Bodies of the bulk upload routes."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from resume_review.core.fields import Email, PersonName, ShortText
from resume_review.core.settings import FeedbackLanguage
from resume_review.database.enums import BatchItemStatus, CandidateMatch
from resume_review.features.bulk_upload.limits import MOST_FILES
from resume_review.rubric import ReviewType

Code50 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]


class ReviewWish(BaseModel):
    """The review that each attached resume gets."""

    industry: Code50 = Field(examples=["strategy_consulting"])
    language: FeedbackLanguage | None = None
    type: ReviewType = ReviewType.COMPREHENSIVE


class BatchStatus(StrEnum):
    """How a bulk upload stands; `waiting` means that a person has to decide."""

    PROCESSING = "processing"
    WAITING = "waiting"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class ProposedCandidate(BaseModel):
    """Whose the file is, or may be."""

    id: uuid.UUID
    first_name: str = Field(examples=["Jane"])
    last_name: str = Field(examples=["Doe"])
    email: str | None = Field(examples=["jane.doe@example.com"])


class ReadContact(BaseModel):
    """What the file says of its person; a candidate created from it gets this."""

    name: str | None = Field(examples=["Jane Doe"])
    email: str | None = Field(examples=["jane.doe@example.com"])
    phone: str | None = Field(examples=["+442079460958"])
    company: str | None = Field(examples=["Northbridge Partners"])
    position: str | None = Field(examples=["Consultant"])


class BatchItemResponse(BaseModel):
    """One file and what became of it; `code` and `message` say what a person should know or do."""

    id: uuid.UUID
    filename: str = Field(examples=["jane-doe.pdf"])
    file_size: int = Field(examples=[184_320])
    status: BatchItemStatus
    match: CandidateMatch | None
    candidate: ProposedCandidate | None
    contact: ReadContact | None
    resume_id: uuid.UUID | None
    analysis_id: uuid.UUID | None
    can_retry: bool
    code: str | None = None
    message: str | None = None


class BatchTotals(BaseModel):
    """How many files are in which state."""

    pending: int = 0
    processing: int = 0
    waiting: int = 0
    completed: int = 0
    skipped: int = 0
    error: int = 0
    cancelled: int = 0


class BatchProgress(BaseModel):
    """How far a bulk upload has come."""

    batch_id: uuid.UUID
    status: BatchStatus
    totals: BatchTotals
    reviews_at_vendor: int = Field(
        default=0, description="Reviews of its files that wait for the batch of a models' vendor"
    )

    @property
    def ended(self) -> bool:
        """Whether nothing follows until a person decides."""
        return self.status is not BatchStatus.PROCESSING


class KeptBatch(BaseModel):
    """What is remembered of a request in case it is sent again; who the files are about stays with them alone."""

    batch_id: uuid.UUID


class BatchResponse(BatchProgress):
    """A bulk upload with all its files, in the order they came."""

    auto: bool
    created_at: datetime
    items: list[BatchItemResponse]


class BatchSummary(BatchProgress):
    """A bulk upload in a list."""

    created_at: datetime


class BatchList(BaseModel):
    """One page of your bulk uploads, newest first; `total_count` counts all pages."""

    batches: list[BatchSummary]
    total_count: int = Field(examples=[3])
    page: int = Field(examples=[1])
    page_size: int = Field(examples=[10])


class CandidateDetails(BaseModel):
    """Corrections to what was read, for a candidate that is created."""

    first_name: PersonName | None = None
    last_name: PersonName | None = None
    email: Email | None = None
    phone: Annotated[ShortText, Field(max_length=50)] | None = None
    current_company: ShortText | None = None
    current_position: ShortText | None = None


class Decision(BaseModel):
    """Whose a file is: exactly one of a candidate, a new one, or nobody's."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"item_id": "0199f3a5-0000-7000-8000-000000000001", "create": True}]}
    )

    item_id: uuid.UUID
    candidate_id: uuid.UUID | None = None
    create: bool = False
    skip: bool = False
    details: CandidateDetails | None = None

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if [self.candidate_id is not None, self.create, self.skip].count(True) != 1:
            raise ValueError("send exactly one of candidate_id, create and skip")
        return self


class Decisions(BaseModel):
    """Decisions about waiting files."""

    items: Annotated[list[Decision], Field(min_length=1, max_length=MOST_FILES)]

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        if len({item.item_id for item in self.items}) < len(self.items):
            raise ValueError("decide about each file once")
        return self
