"""Signing in; what other features and the composition roots may use of it."""

from resume_review.features.auth.dependencies import CurrentUser, require_role
from resume_review.features.auth.errors import NotAuthenticatedError, WeakPasswordError
from resume_review.features.auth.first_admin import FirstAdmin, ensure_first_admin
from resume_review.features.auth.passwords import PasswordHasher, require_strong
from resume_review.features.auth.schemas import UserResponse
from resume_review.features.auth.service import (
    AuthService,
    Identity,
    create_user,
    end_sessions,
    reset_password,
)
from resume_review.features.auth.tokens import TokenSigner

__all__ = [
    "AuthService",
    "CurrentUser",
    "FirstAdmin",
    "Identity",
    "NotAuthenticatedError",
    "PasswordHasher",
    "TokenSigner",
    "UserResponse",
    "WeakPasswordError",
    "create_user",
    "end_sessions",
    "ensure_first_admin",
    "require_role",
    "require_strong",
    "reset_password",
]
