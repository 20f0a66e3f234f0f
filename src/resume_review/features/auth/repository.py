"""Rows of users and their sessions."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, bindparam, case, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import SessionStatus
from resume_review.database.models import ApiKey, RefreshToken, User

# Every request asks this, so the statement is built once.
_USER_OF_SESSION = select(User).where(
    User.id == bindparam("user_id"),
    User.is_active,
    exists().where(
        RefreshToken.session_id == bindparam("session_id"),
        RefreshToken.user_id == User.id,
        RefreshToken.status == SessionStatus.ACTIVE,
        RefreshToken.expires_at > bindparam("now"),
    ),
)


class AuthRepository:
    """Reads and writes users and refresh tokens; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def user_by_email(self, email: str) -> User | None:
        """The account with this (lower-case) address."""
        return await self._session.scalar(select(User).where(User.email == email))

    async def has_users(self) -> bool:
        """Whether anybody has an account yet."""
        return bool(await self._session.scalar(select(exists().where(User.id.is_not(None)))))

    async def user_of_session(
        self, user_id: uuid.UUID, session_id: uuid.UUID, *, now: datetime
    ) -> User | None:
        """The active user whose session is still open."""
        values = {"user_id": user_id, "session_id": session_id, "now": now}
        return await self._session.scalar(_USER_OF_SESSION, values)

    async def user_of_key(self, hashed: str, *, now: datetime) -> tuple[User, ApiKey] | None:
        """The active user of an API key that is good now."""
        statement = (
            select(User, ApiKey)
            .join(ApiKey, ApiKey.user_id == User.id)
            .where(
                ApiKey.key_hash == hashed,
                ApiKey.revoked_at.is_(None),
                or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > now),
                User.is_active,
            )
        )
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else (row[0], row[1])

    async def note_key_use(self, key_id: uuid.UUID, *, now: datetime, unless_after: datetime) -> None:
        """Write down that the key is in use, unless somebody just did."""
        stale = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at <= unless_after)
        await self._session.execute(update(ApiKey).where(ApiKey.id == key_id, stale).values(last_used_at=now))

    async def count_failure(self, user: User, *, lock_after: int, lock_until: datetime) -> int:
        """Add a wrong password in one statement, so that parallel guesses all count; returns how many there are."""
        failures = User.failed_login_attempts + 1
        statement = (
            update(User)
            .where(User.id == user.id)
            .values(failed_login_attempts=failures, locked_until=case((failures >= lock_after, lock_until)))
            .returning(User.failed_login_attempts)
        )
        return (await self._session.execute(statement)).scalar_one()

    async def add_user(self, user: User) -> None:
        """Store a new account."""
        self._session.add(user)
        await self._session.flush()

    async def add_token(self, token: RefreshToken) -> None:
        """Store a new refresh token."""
        self._session.add(token)
        await self._session.flush()

    async def token_for_rotation(self, hashed: str) -> tuple[RefreshToken, User] | None:
        """The token and its user, locked: two tabs with the same token take turns."""
        statement = (
            select(RefreshToken, User)
            .join(User, User.id == RefreshToken.user_id)
            .where(RefreshToken.token_hash == hashed)
            .with_for_update(of=RefreshToken)
        )
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else (row[0], row[1])

    async def sessions(self, user_id: uuid.UUID, *, now: datetime) -> Sequence[RefreshToken]:
        """The newest token of every open session, oldest session first."""
        return (await self._session.scalars(_open_sessions(user_id, now))).all()

    async def session_started(self, session_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, datetime]:
        """When each session was opened."""
        statement = (
            select(RefreshToken.session_id, func.min(RefreshToken.created_at))
            .where(RefreshToken.session_id.in_(session_ids))
            .group_by(RefreshToken.session_id)
        )
        return {row[0]: row[1] for row in await self._session.execute(statement)}

    async def revoke(
        self, user_id: uuid.UUID, *, session_id: uuid.UUID | None = None, keep: uuid.UUID | None = None
    ) -> int:
        """End one session, or all but the one to keep; returns how many tokens that were."""
        statement = update(RefreshToken).where(
            RefreshToken.user_id == user_id, RefreshToken.status == SessionStatus.ACTIVE
        )
        if session_id is not None:
            statement = statement.where(RefreshToken.session_id == session_id)
        if keep is not None:
            statement = statement.where(RefreshToken.session_id != keep)
        statement = statement.values(status=SessionStatus.REVOKED).returning(RefreshToken.id)
        return len((await self._session.scalars(statement)).all())


def _open_sessions(user_id: uuid.UUID, now: datetime) -> Select[RefreshToken]:
    return (
        select(RefreshToken)
        .where(
            RefreshToken.user_id == user_id,
            RefreshToken.status == SessionStatus.ACTIVE,
            RefreshToken.rotated_at.is_(None),
            RefreshToken.expires_at > now,
        )
        .ext(distinct_on(RefreshToken.session_id))
        .order_by(RefreshToken.session_id, RefreshToken.created_at.desc())
    )
