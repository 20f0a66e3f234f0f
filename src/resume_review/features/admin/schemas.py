"""Bodies of the account routes."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from resume_review.core.fields import Email, PersonName
from resume_review.database.enums import UserRole
from resume_review.features.auth import UserResponse

TemporaryPassword = Annotated[str, Field(min_length=8, max_length=128)]


class UserCreate(BaseModel):
    """A new account; its owner replaces the temporary password before anything else."""

    email: Email
    first_name: PersonName
    last_name: PersonName
    role: UserRole
    temporary_password: TemporaryPassword


class UserChange(BaseModel):
    """Only what is sent is changed."""

    first_name: PersonName | None = None
    last_name: PersonName | None = None
    email: Email | None = None
    is_active: bool | None = None
    role: UserRole | None = None
    email_verified: bool | None = None


class PasswordReset(BaseModel):
    """A password set by an administrator."""

    new_password: TemporaryPassword
    force_password_change: bool = True


class UserQuery(BaseModel):
    """Which accounts to list."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 20
    search: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")] | None = None
    role: UserRole | None = None
    is_active: bool | None = None


class UserListItem(UserResponse):
    """An account in the list."""

    assigned_candidates_count: int


class UserList(BaseModel):
    """One page of accounts, newest first; `total` counts all pages."""

    users: list[UserListItem]
    total: int
    page: int
    page_size: int
    total_pages: int


class UserDetail(UserListItem):
    """An account with what it did and how its sign-in stands."""

    updated_at: datetime
    password_changed_at: datetime | None
    failed_login_attempts: int
    locked_until: datetime | None
    is_locked: bool
    total_resumes_uploaded: int
    total_reviews_requested: int


class DirectoryEntry(BaseModel):
    """A colleague."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    email: str
    full_name: str
    role: UserRole
    is_active: bool


class Directory(BaseModel):
    """All colleagues, by name."""

    users: list[DirectoryEntry]
    total: int


class Done(BaseModel):
    """What was done, in words."""

    message: str
    success: bool = True
