"""Sums over usage, reviews and files."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Label, Row, cast, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import Date

from resume_review.database.models import MaintenanceRun, PromptUsage, Resume, ReviewRequest, ReviewResult

_DATABASE_BYTES = text("SELECT pg_database_size(current_database())")


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What calls came to; a cost is null when no price is known."""

    calls: int = 0
    failed: int = 0
    tokens: int = 0
    cost_usd: Decimal | None = None
    calls_without_price: int = 0


class SystemRepository:
    """Reads only."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def total(self, since: datetime) -> Sums:
        """All calls since then."""
        statement = select(*_sums()).where(PromptUsage.used_at >= since)
        return _read((await self._session.execute(statement)).one())

    async def by_day(self, since: datetime) -> dict[date, Sums]:
        """Calls by day (UTC)."""
        day = _day(PromptUsage.used_at)
        statement = select(day, *_sums()).where(PromptUsage.used_at >= since).group_by(day)
        return {row.day: _read(row) for row in await self._session.execute(statement)}

    async def by_model(self, since: datetime) -> list[tuple[str | None, str | None, int | None, Sums]]:
        """Vendor, model and mean milliseconds of a call, the dearest in tokens first."""
        mean = func.avg(PromptUsage.latency_ms).label("mean")
        statement = (
            select(PromptUsage.provider, PromptUsage.model, mean, *_sums())
            .where(PromptUsage.used_at >= since)
            .group_by(PromptUsage.provider, PromptUsage.model)
            .order_by(func.sum(PromptUsage.tokens_used).desc())
        )
        return [
            (row.provider, row.model, None if row.mean is None else round(row.mean), _read(row))
            for row in await self._session.execute(statement)
        ]

    async def by_user(self, since: datetime) -> list[tuple[uuid.UUID | None, Sums]]:
        """By whoever asked for the review, the dearest in tokens first."""
        user = ReviewRequest.requested_by_user_id.label("user_id")
        statement = (
            select(user, *_sums())
            .select_from(PromptUsage)
            .outerjoin(ReviewRequest, ReviewRequest.id == PromptUsage.review_request_id)
            .where(PromptUsage.used_at >= since)
            .group_by(user)
            .order_by(func.sum(PromptUsage.tokens_used).desc())
        )
        return [(row.user_id, _read(row)) for row in await self._session.execute(statement)]

    async def reviews(self, since: datetime) -> dict[date, tuple[int, int]]:
        """Finished reviews by day (UTC), and how many of them were degraded."""
        day = _day(ReviewResult.created_at)
        statement = (
            select(day, func.count(), func.count().filter(ReviewResult.degraded))
            .where(ReviewResult.created_at >= since)
            .group_by(day)
        )
        return {row[0]: (row[1], row[2]) for row in await self._session.execute(statement)}

    async def database_bytes(self) -> int:
        """Size of the database, indexes included."""
        return int(await self._session.scalar(_DATABASE_BYTES) or 0)

    async def files(self) -> tuple[int, int]:
        """How many files resumes have, and their bytes; versions that share a file count once."""
        each = select(Resume.stored_filename, Resume.file_size).distinct().subquery()
        row = (await self._session.execute(select(func.count(), func.sum(each.c.file_size)))).one()
        return row[0], int(row[1] or 0)

    async def failed_chores(self) -> Sequence[MaintenanceRun]:
        """Chores whose last run failed."""
        statement = (
            select(MaintenanceRun).where(MaintenanceRun.fault.is_not(None)).order_by(MaintenanceRun.name)
        )
        return (await self._session.scalars(statement)).all()


def _day(column: Any) -> Label[date]:
    return cast(func.timezone("UTC", column), Date).label("day")


def _sums() -> tuple[ColumnElement[Any], ...]:
    return (
        func.count(PromptUsage.id).label("calls"),
        func.count(PromptUsage.error_code).label("failed"),
        func.coalesce(func.sum(PromptUsage.tokens_used), 0).label("tokens"),
        func.sum(PromptUsage.cost_usd).label("cost_usd"),
        func.count(PromptUsage.id).filter(PromptUsage.cost_usd.is_(None)).label("calls_without_price"),
    )


def _read(row: Row[Any]) -> Sums:
    return Sums(
        calls=row.calls,
        failed=row.failed,
        tokens=int(row.tokens),
        cost_usd=row.cost_usd,
        calls_without_price=row.calls_without_price,
    )
