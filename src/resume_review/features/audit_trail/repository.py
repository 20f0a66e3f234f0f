"""Rows of the audit log."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.models import ActivityLog, User
from resume_review.features.audit_trail.schemas import AuditFilter, Position


class AuditRepository:
    """Reads the audit log."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def page(
        self, wanted: AuditFilter, *, after: Position | None, limit: int
    ) -> Sequence[tuple[ActivityLog, str | None]]:
        """Entries older than `after`, newest first, with their users' addresses."""
        statement = (
            select(ActivityLog, User.email)
            .outerjoin(User, User.id == ActivityLog.user_id)
            .where(*_conditions(wanted))
            .order_by(ActivityLog.created_at.desc(), ActivityLog.id.desc())
            .limit(limit)
        )
        if after is not None:
            place = tuple_(ActivityLog.created_at, ActivityLog.id)
            statement = statement.where(place < (after.created_at, after.id))
        return [(row[0], row[1]) for row in await self._session.execute(statement)]


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    equal = {
        ActivityLog.user_id: wanted.user_id,
        ActivityLog.entity_type: wanted.entity_type,
        ActivityLog.entity_id: wanted.entity_id,
        ActivityLog.action: wanted.action,
        ActivityLog.ip_address: wanted.ip,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if wanted.since is not None:
        conditions.append(ActivityLog.created_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(ActivityLog.created_at < wanted.until)
    return conditions
