"""Bodies of the sign-in routes."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, computed_field

from resume_review.core import names
from resume_review.core.fields import PersonName
from resume_review.database.enums import UserRole

LoginName = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=3, max_length=254)
]
Password = Annotated[str, Field(min_length=1, max_length=1000)]


class TokenType(StrEnum):
    """How the access token is to be sent."""

    BEARER = "bearer"


class LoginRequest(BaseModel):
    """Who signs in."""

    email: LoginName
    password: Password


class RefreshRequest(BaseModel):
    """The refresh token that came with the last answer."""

    refresh_token: Annotated[str, Field(min_length=1, max_length=200)]


class ChangePasswordRequest(BaseModel):
    """The present password proves who asks."""

    current_password: Password
    new_password: Password


class ProfileChange(BaseModel):
    """Only what is sent is changed."""

    first_name: PersonName | None = None
    last_name: PersonName | None = None


class RevokeSessionRequest(BaseModel):
    """Which session to end."""

    session_id: uuid.UUID


class UserResponse(BaseModel):
    """A user as others may see it."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    email: str
    first_name: str
    last_name: str
    role: UserRole
    is_active: bool
    email_verified: bool
    force_password_change: bool
    created_at: datetime
    last_login_at: datetime | None

    @computed_field
    @property
    def full_name(self) -> str:
        """Given name first."""
        return names.full_name(self.first_name, self.last_name)


class TokenResponse(BaseModel):
    """A fresh pair of tokens; `expires_in` is the access token's life in seconds."""

    access_token: str
    refresh_token: str
    token_type: TokenType = TokenType.BEARER
    expires_in: int


class LoginResponse(TokenResponse):
    """The tokens and who they belong to."""

    user: UserResponse


class SessionItem(BaseModel):
    """One place where the user is signed in."""

    session_id: uuid.UUID
    device_info: str | None
    ip_address: str | None
    created_at: datetime
    last_used_at: datetime
    is_current: bool


class SessionList(BaseModel):
    """All places where the user is signed in."""

    sessions: list[SessionItem]
    total_sessions: int
    max_sessions: int


class MessageResponse(BaseModel):
    """What was done, in words."""

    message: str
    success: bool = True
