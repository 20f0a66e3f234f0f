"""Bodies of the invitation and registration routes."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from resume_review.core.fields import Email, PersonName
from resume_review.database.enums import UserRole
from resume_review.features.auth import Password


class InvitationState(StrEnum):
    """Where an invitation stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"


class InvitationCreate(BaseModel):
    """Whom to invite, and as what."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"email": "robin.sato@agency.example", "role": "junior_recruiter", "expires_in_days": 7}
            ]
        }
    )

    email: Email
    role: UserRole
    first_name: PersonName | None = None
    last_name: PersonName | None = None
    expires_in_days: Annotated[int, Field(ge=1, le=30)] = 7


class InvitationItem(BaseModel):
    """An invitation as lists show it; its token is never shown again."""

    id: uuid.UUID
    email: str = Field(examples=["robin.sato@agency.example"])
    role: UserRole
    first_name: str | None
    last_name: str | None
    state: InvitationState
    invited_by_user_id: uuid.UUID
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    accepted_user_id: uuid.UUID | None


class InvitationCreated(InvitationItem):
    """The only answer that holds the token; put the platform's own address before `path`."""

    token: str = Field(examples=["0pYb7cF5mXh1LsJ8dRgAeUo4pTiKz9yBxMZk3vQ0nW2"])
    path: str = Field(examples=["/accept-invitation?token=0pYb7cF5mXh1LsJ8dRgAeUo4pTiKz9yBxMZk3vQ0nW2"])


class InvitationList(BaseModel):
    """One page of invitations, newest first; `total_count` counts all pages."""

    invitations: list[InvitationItem]
    total_count: int
    page: int
    page_size: int


class InvitationAccept(BaseModel):
    """The token from the link, and what the new account needs."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "token": "0pYb7cF5mXh1LsJ8dRgAeUo4pTiKz9yBxMZk3vQ0nW2",
                    "first_name": "Robin",
                    "last_name": "Sato",
                    "password": "a phrase nobody else has",
                }
            ]
        }
    )

    token: Annotated[str, Field(min_length=1, max_length=200)]
    first_name: PersonName
    last_name: PersonName
    password: Password


class RegisterRequest(BaseModel):
    """A new account; a role sent along is ignored."""

    email: Email
    first_name: PersonName
    last_name: PersonName
    password: Password
