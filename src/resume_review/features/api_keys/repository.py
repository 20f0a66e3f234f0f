"""Rows of API keys."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.models import ApiKey, User


class ApiKeyRepository:
    """Reads and writes API keys; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, key: ApiKey) -> None:
        """Store a new key."""
        self._session.add(key)
        await self._session.flush()

    async def of_user(self, user_id: uuid.UUID) -> Sequence[ApiKey]:
        """A user's keys, newest first."""
        statement = (
            select(ApiKey)
            .where(ApiKey.user_id == user_id)
            .order_by(ApiKey.created_at.desc(), ApiKey.id.desc())
        )
        return (await self._session.scalars(statement)).all()

    async def count_in_use(self, user_id: uuid.UUID, *, now: datetime) -> int:
        """How many keys the user has that are good now; the user is locked, so that two requests count in turn."""
        await self._session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))
        statement = select(func.count(ApiKey.id)).where(
            ApiKey.user_id == user_id,
            ApiKey.revoked_at.is_(None),
            or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > now),
        )
        return await self._session.scalar(statement) or 0

    async def get(self, key_id: uuid.UUID, *, user_id: uuid.UUID | None = None) -> ApiKey | None:
        """The key, locked for a change; with `user_id` only if it is that user's."""
        statement = select(ApiKey).where(ApiKey.id == key_id).with_for_update()
        if user_id is not None:
            statement = statement.where(ApiKey.user_id == user_id)
        return await self._session.scalar(statement)

    async def page(self, *, limit: int, offset: int) -> Sequence[tuple[ApiKey, str]]:
        """Everybody's keys with their owners' addresses, newest first."""
        statement = (
            select(ApiKey, User.email)
            .join(User, User.id == ApiKey.user_id)
            .order_by(ApiKey.created_at.desc(), ApiKey.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return [(row[0], row[1]) for row in await self._session.execute(statement)]

    async def count(self) -> int:
        """How many keys there are."""
        return await self._session.scalar(select(func.count(ApiKey.id))) or 0
