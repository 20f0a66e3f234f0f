"""The account that a new platform starts with."""

import secrets
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from resume_review.core.errors import StartupError
from resume_review.core.settings import PREFIX, Settings
from resume_review.database.enums import UserRole
from resume_review.features.auth.errors import WeakPasswordError
from resume_review.features.auth.passwords import PasswordHasher, require_strong
from resume_review.features.auth.repository import AuthRepository
from resume_review.features.auth.service import create_user
from resume_review.infrastructure.transactions import Transactions

GENERATED_BYTES = 15


@dataclass(frozen=True)
class FirstAdmin:
    """The login of a new administrator; `password` is null where it came from the settings."""

    email: str
    password: str | None


async def ensure_first_admin(
    transactions: Transactions, settings: Settings, hasher: PasswordHasher
) -> FirstAdmin | None:
    """Create an administrator if nobody has an account yet; null if somebody has.

    Raises:
        StartupError: The configured password is too easy to guess.
    """
    generated = None if settings.admin_password else secrets.token_urlsafe(GENERATED_BYTES)
    password = settings.admin_password.get_secret_value() if settings.admin_password else generated or ""
    try:
        require_strong(password, email=settings.admin_email)
    except WeakPasswordError as error:
        raise StartupError(f"{PREFIX}ADMIN_PASSWORD: {error.detail}") from None
    try:
        async with transactions.transaction() as session:
            if await AuthRepository(session).has_users():
                return None
            await create_user(
                session,
                hasher,
                email=settings.admin_email,
                password=password,
                first_name="First",
                last_name="Admin",
                role=UserRole.ADMIN,
            )
    except IntegrityError:  # another process started at the same moment and was first
        return None
    return FirstAdmin(settings.admin_email, generated)
