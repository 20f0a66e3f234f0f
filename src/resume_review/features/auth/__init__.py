"""Signing in; what other features and the composition roots may use of it."""

from resume_review.features.auth.dependencies import (
    ACCESS_PROBLEMS,
    Auth,
    Credentials,
    CurrentUser,
    SignedIn,
    looking,
    require_role,
)
from resume_review.features.auth.errors import (
    AccountLockedError,
    InvalidCredentialsError,
    InvalidRefreshTokenError,
    MissingScopeError,
    NotAuthenticatedError,
    PasswordChangeRequiredError,
    WeakPasswordError,
)
from resume_review.features.auth.first_admin import FirstAdmin, ensure_first_admin
from resume_review.features.auth.keys import new_api_key, takes_keys
from resume_review.features.auth.passwords import PasswordHasher, require_strong
from resume_review.features.auth.repeating import REPEAT_ERRORS, Repeatable, Repeats
from resume_review.features.auth.schemas import (
    LoginRequest,
    MessageResponse,
    Password,
    TokenType,
    UserResponse,
)
from resume_review.features.auth.service import (
    AuthService,
    Identity,
    IssuedTokens,
    create_user,
    end_sessions,
    reset_password,
)
from resume_review.features.auth.tokens import (
    ACCESS_LIFETIME,
    REFRESH_LIFETIME,
    TokenSigner,
    new_refresh_token,
    token_hash,
)
from resume_review.features.auth.viewing import notes_view, record_view

__all__ = [
    "ACCESS_LIFETIME",
    "ACCESS_PROBLEMS",
    "REFRESH_LIFETIME",
    "REPEAT_ERRORS",
    "AccountLockedError",
    "Auth",
    "AuthService",
    "Credentials",
    "CurrentUser",
    "FirstAdmin",
    "Identity",
    "InvalidCredentialsError",
    "InvalidRefreshTokenError",
    "IssuedTokens",
    "LoginRequest",
    "MessageResponse",
    "MissingScopeError",
    "NotAuthenticatedError",
    "Password",
    "PasswordChangeRequiredError",
    "PasswordHasher",
    "Repeatable",
    "Repeats",
    "SignedIn",
    "TokenSigner",
    "TokenType",
    "UserResponse",
    "WeakPasswordError",
    "create_user",
    "end_sessions",
    "ensure_first_admin",
    "looking",
    "new_api_key",
    "new_refresh_token",
    "notes_view",
    "record_view",
    "require_role",
    "require_strong",
    "reset_password",
    "takes_keys",
    "token_hash",
]
