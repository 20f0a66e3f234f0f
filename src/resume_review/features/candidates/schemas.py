"""Bodies of the candidate routes."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from resume_review.core.fields import PRINTABLE, Email, PersonName, ShortText
from resume_review.database.enums import CandidateStatus

Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=50, pattern=PRINTABLE)]


class CandidateCreate(BaseModel):
    """A new candidate; only the name is needed."""

    first_name: PersonName
    last_name: PersonName
    email: Email | None = None
    phone: Phone | None = None
    current_company: ShortText | None = None
    current_position: ShortText | None = None
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
