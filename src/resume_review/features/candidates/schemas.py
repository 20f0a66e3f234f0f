"""Bodies of the candidate routes."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from resume_review.core.fields import PRINTABLE, Email, PersonName, ShortText
from resume_review.database.enums import AssignmentType, CandidateStatus

Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=50, pattern=PRINTABLE)]
Years = Annotated[int, Field(ge=0, le=50)]
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255, pattern=PRINTABLE)
]


class CandidateCreate(BaseModel):
    """A new candidate; only the name is needed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "first_name": "Jane",
                    "last_name": "Doe",
                    "email": "jane.doe@example.com",
                    "phone": "+44 20 7946 0958",
                    "current_company": "Northbridge Partners",
                    "current_position": "Consultant",
                    "years_experience": 6,
                }
            ]
        }
    )

    first_name: PersonName
    last_name: PersonName
    email: Email | None = None
    phone: Phone | None = None
    current_company: ShortText | None = None
    current_position: ShortText | None = None
    years_experience: Years | None = None


class CandidateChange(BaseModel):
    """Only what is sent is changed; null empties a field, except for the name and the status, which stay."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"current_company": "Harrow & Lane", "phone": None}]}
    )

    first_name: PersonName | None = None
    last_name: PersonName | None = None
    email: Email | None = None
    phone: Phone | None = None
    current_company: ShortText | None = None
    current_position: ShortText | None = None
    years_experience: Years | None = None
    status: CandidateStatus | None = None


class CandidateResponse(BaseModel):
    """A candidate."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    first_name: str = Field(examples=["Jane"])
    last_name: str = Field(examples=["Doe"])
    email: str | None = Field(examples=["jane.doe@example.com"])
    phone: str | None = Field(examples=["+44 20 7946 0958"])
    current_company: str | None = Field(examples=["Northbridge Partners"])
    current_position: str | None = Field(examples=["Consultant"])
    years_experience: int | None = Field(examples=[6])
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


class CandidateSort(StrEnum):
    """The order of a list; a minus turns it round."""

    NEWEST = "-created_at"
    OLDEST = "created_at"
    NAME = "name"
    NAME_BACKWARDS = "-name"
    CHANGED = "-updated_at"


class CandidateQuery(BaseModel):
    """Which candidates; archived ones only if `status` says so. `page` and `page_size` go before `offset` and `limit`."""

    search: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")] | None = None
    status: Annotated[list[CandidateStatus], Field(max_length=len(CandidateStatus))] = []
    assigned_to: uuid.UUID | None = None
    industry: Annotated[str, StringConstraints(max_length=50, pattern=PRINTABLE)] | None = None
    has_resume: bool | None = None
    sort: CandidateSort = CandidateSort.NEWEST
    limit: Annotated[int, Field(ge=1, le=100)] = 10
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    page: Annotated[int, Field(ge=1, le=100_000)] | None = None
    page_size: Annotated[int, Field(ge=1, le=100)] | None = None

    def window(self) -> tuple[int, int]:
        """Limit and offset."""
        if self.page is None and self.page_size is None:
            return self.limit, self.offset
        size = self.page_size or self.limit
        return size, ((self.page or 1) - 1) * size


class CandidateList(BaseModel):
    """One page of candidates; `total_count` counts all pages."""

    candidates: list[CandidateItem]
    total_count: int
    limit: int
    offset: int
    page: int
    page_size: int


class CandidateDone(BaseModel):
    """What was done, in words."""

    message: str
    success: bool = True


class AssignmentItem(BaseModel):
    """Who may work with a candidate, or might until `unassigned_at`."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    user_id: uuid.UUID
    user_name: str = Field(examples=["Robin Sato"])
    user_email: str = Field(examples=["robin.sato@agency.example"])
    assignment_type: AssignmentType
    is_active: bool
    assigned_at: datetime
    assigned_by_user_id: uuid.UUID | None
    unassigned_at: datetime | None
    unassigned_reason: str | None = Field(examples=["Moved to another team"])


class AssignmentList(BaseModel):
    """Present and former assignments, newest first."""

    assignments: list[AssignmentItem]
    total_count: int


class ReassignRequest(BaseModel):
    """Whose candidates go to whom; without `candidate_ids` all of them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "from_user_id": "01a1fdf9-b899-7e36-9a0e-5d79b0caee96",
                    "to_user_id": "01a1fdf9-c0de-7e36-9a0e-5d79b0caee96",
                    "reason": "Parental leave",
                }
            ]
        }
    )

    from_user_id: uuid.UUID
    to_user_id: uuid.UUID
    candidate_ids: Annotated[list[uuid.UUID], Field(min_length=1, max_length=1_000)] | None = None
    reason: Reason


class Reassigned(CandidateDone):
    """How many candidates changed hands."""

    total_count: int


class EraseRequest(BaseModel):
    """Proof that this candidate is meant: the full name or the e-mail address."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"confirm": "Jane Doe"}]})

    confirm: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=320)]
