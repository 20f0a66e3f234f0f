"""Bodies of the candidate routes."""

import uuid
from datetime import datetime
from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from resume_review.database.enums import CandidateStatus

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]*$")
]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=255, pattern=r"^[^\x00-\x1f]*$")]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=50, pattern=r"^[^\x00-\x1f]*$")]


def _address(value: str) -> str:
    # Not pydantic's EmailStr: that reads package metadata from disk as soon as a model names it.
    try:
        return validate_email(value, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise ValueError(str(error)) from None


Email = Annotated[str, StringConstraints(max_length=320), AfterValidator(_address)]


class CandidateCreate(BaseModel):
    """A new candidate; only the name is needed."""

    first_name: Name
    last_name: Name
    email: Email | None = None
    phone: Phone | None = None
    current_company: Note | None = None
    current_position: Note | None = None
    years_experience: Annotated[int, Field(ge=0, le=50)] | None = None


class CandidateResponse(BaseModel):
    """A candidate."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    first_name: str
    last_name: str
    email: str | None
    phone: str | None
    current_company: str | None
    current_position: str | None
    years_experience: int | None
    status: CandidateStatus
    created_at: datetime


class CandidateCreated(BaseModel):
    """The stored candidate, in the form the first web client reads."""

    success: bool = True
    message: str
    candidate: CandidateResponse
    error: str | None = None


class CandidateItem(CandidateResponse):
    """A candidate in a list, with what hangs on it."""

    total_resumes: int
    latest_resume_version: int | None
    last_resume_upload: datetime | None


class CandidateList(BaseModel):
    """One page of candidates, newest first; `total_count` counts all pages."""

    candidates: list[CandidateItem]
    total_count: int
    limit: int
    offset: int
