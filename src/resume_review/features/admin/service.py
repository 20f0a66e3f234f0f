"""Managing accounts; every change is in the audit log."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction, EntityType, UserRole
from resume_review.database.models import User
from resume_review.features.admin.errors import EmailTakenError, LastAdminError, UserNotFoundError
from resume_review.features.admin.repository import AccountRepository, UserFilter
from resume_review.features.admin.schemas import UserChange, UserCreate
from resume_review.features.audit import record_activity
from resume_review.features.auth import PasswordHasher, end_sessions
from resume_review.infrastructure.http import ClientInfo


@dataclass(frozen=True)
class AccountDetail:
    """An account and what it did."""

    user: User
    assigned: int
    uploaded: int
    requested: int


class AccountService:
    """Works in the given session for one administrator and commits nothing."""

    def __init__(
        self, session: AsyncSession, admin: User, *, hasher: PasswordHasher, client: ClientInfo
    ) -> None:
        self._session = session
        self._admin = admin
        self._hasher = hasher
        self._client = client
        self._accounts = AccountRepository(session)

    async def page(
        self, wanted: UserFilter, *, page: int, page_size: int
    ) -> tuple[Sequence[tuple[User, int]], int]:
        """One page, newest first, and the number on all pages."""
        found = await self._accounts.page(wanted, limit=page_size, offset=(page - 1) * page_size)
        return found, await self._accounts.count(wanted)

    async def create(self, body: UserCreate) -> User:
        """Add an account whose password must be changed at the first sign-in.

        Raises:
            EmailTakenError: The address is taken.
        """
        if await self._accounts.email_taken(body.email):
            raise EmailTakenError
        user = User(
            email=body.email,
            password_hash=await self._hasher.hash(body.temporary_password),
            first_name=body.first_name,
            last_name=body.last_name,
            role=body.role,
            force_password_change=True,
        )
        self._session.add(user)
        await self._flush()
        self._record(ActivityAction.CREATE, user, new={"email": user.email, "role": user.role.value})
        return user

    async def detail(self, user_id: uuid.UUID) -> AccountDetail:
        """One account with its figures.

        Raises:
            UserNotFoundError: No such account.
        """
        user = await self._get(user_id)
        return AccountDetail(user, *await self._accounts.work_of(user_id))

    async def change(self, user_id: uuid.UUID, body: UserChange) -> AccountDetail:
        """Change what was sent; who is switched off or moved to another role is signed out.

        Raises:
            UserNotFoundError: No such account.
            EmailTakenError: The address is taken.
            LastAdminError: Nobody would be left to manage accounts.
        """
        sent = body.model_dump(exclude_unset=True, exclude_none=True)
        may_lose_admin = (
            sent.get("is_active") is False or sent.get("role", UserRole.ADMIN) is not UserRole.ADMIN
        )
        others = await self._accounts.other_admins(user_id) if may_lose_admin else 1
        user = await self._get(user_id)
        if may_lose_admin and not others and user.role is UserRole.ADMIN and user.is_active:
            raise LastAdminError
        changes = {name: value for name, value in sent.items() if value != getattr(user, name)}
        if "email" in changes and await self._accounts.email_taken(changes["email"], by_other_than=user_id):
            raise EmailTakenError
        old = {name: _plain(getattr(user, name)) for name in changes}
        for name, value in changes.items():
            setattr(user, name, value)
        await self._flush()
        if "role" in changes or changes.get("is_active") is False:
            await end_sessions(self._session, user_id)
        new = {name: _plain(value) for name, value in changes.items()}
        if changes:
            self._record(ActivityAction.UPDATE, user, old=old, new=new)
        return AccountDetail(user, *await self._accounts.work_of(user_id))

    async def reset_password(self, user_id: uuid.UUID, password: str, *, temporary: bool) -> None:
        """Set a password, lift a lock and end the account's sessions.

        Raises:
            UserNotFoundError: No such account.
        """
        user = await self._get(user_id)
        user.password_hash = await self._hasher.hash(password)
        user.force_password_change, user.password_changed_at = temporary, utc_now()
        user.failed_login_attempts, user.locked_until = 0, None
        await self._session.flush()
        await end_sessions(self._session, user_id)
        self._record(ActivityAction.RESET_PASSWORD, user)

    async def unlock(self, user_id: uuid.UUID) -> None:
        """Let an account sign in again at once.

        Raises:
            UserNotFoundError: No such account.
        """
        user = await self._get(user_id)
        user.failed_login_attempts, user.locked_until = 0, None
        self._record(ActivityAction.UNLOCK, user)

    async def _flush(self) -> None:
        try:
            await self._session.flush()
        except IntegrityError:  # two requests with one address at once; the unique index decides
            raise EmailTakenError from None

    async def _get(self, user_id: uuid.UUID) -> User:
        user = await self._accounts.get(user_id)
        if user is None:
            raise UserNotFoundError
        return user

    def _record(
        self,
        action: ActivityAction,
        user: User,
        *,
        old: dict[str, Any] | None = None,
        new: dict[str, Any] | None = None,
    ) -> None:
        record_activity(
            self._session,
            action,
            entity=EntityType.USER,
            entity_id=user.id,
            user_id=self._admin.id,
            client=self._client,
            old=old,
            new=new,
        )


def _plain(value: object) -> object:
    return value.value if isinstance(value, UserRole) else value
