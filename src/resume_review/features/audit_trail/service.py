"""Looking at the audit log, which is itself in the audit log."""

import csv
import io
from collections.abc import AsyncGenerator, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.cells import plain_cell
from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction, EntityType
from resume_review.database.models import ActivityLog, User
from resume_review.features.audit import record_activity
from resume_review.features.audit_trail.repository import AuditRepository
from resume_review.features.audit_trail.schemas import (
    AuditEntry,
    AuditFilter,
    AuditPage,
    AuditQuery,
    Position,
)
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.transactions import Transactions

EXPORT_BATCH = 1_000
COLUMNS = tuple(AuditEntry.model_fields)


class AuditService:
    """Works in the given session for one administrator and commits nothing."""

    def __init__(self, session: AsyncSession, admin: User, *, client: ClientInfo) -> None:
        self._session = session
        self._admin = admin
        self._client = client
        self._log = AuditRepository(session)

    async def page(self, query: AuditQuery) -> AuditPage:
        """One page, newest first.

        Raises:
            InvalidCursorError: The cursor is not one of ours.
        """
        after = Position.of(query.cursor) if query.cursor else None
        found = await self._log.page(query, after=after, limit=query.page_size + 1)
        shown = found[: query.page_size]
        self._record(ActivityAction.VIEW, query)
        last = shown[-1][0] if len(found) > query.page_size else None
        return AuditPage(
            entries=[_entry(entry, email) for entry, email in shown],
            next_cursor=Position(last.created_at, last.id).cursor() if last else None,
        )

    def note_export(self, wanted: AuditFilter) -> None:
        """Write down that entries leave the platform."""
        self._record(ActivityAction.EXPORT, wanted)

    def _record(self, action: ActivityAction, wanted: AuditFilter) -> None:
        record_activity(
            self._session,
            action,
            entity=EntityType.AUDIT,
            entity_id=None,
            user_id=self._admin.id,
            client=self._client,
            new={"filter": wanted.given()},
        )


async def csv_lines(transactions: Transactions, wanted: AuditFilter) -> AsyncGenerator[str]:
    """The entries there are now as CSV, newest first, read a batch at a time; no cell runs as a formula."""
    bounded = wanted.model_copy(update={"until": wanted.until or utc_now()})
    yield _csv([COLUMNS])
    after: Position | None = None
    while True:
        async with transactions.transaction() as session:
            found = await AuditRepository(session).page(bounded, after=after, limit=EXPORT_BATCH)
        if not found:
            return
        yield _csv(_row(_entry(entry, email)) for entry, email in found)
        after = Position(found[-1][0].created_at, found[-1][0].id)


def _entry(entry: ActivityLog, email: str | None) -> AuditEntry:
    fields = {name: getattr(entry, name) for name in COLUMNS if name != "user_email"}
    return AuditEntry(**fields, user_email=email)


def _row(entry: AuditEntry) -> list[str]:
    return [plain_cell(_cell(getattr(entry, name))) for name in COLUMNS]


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case StrEnum():
            return value.value
        case datetime():
            return value.isoformat()
        case dict():
            return msgspec.json.encode(value).decode()
        case _:
            return str(value)


def _csv(rows: Iterable[Iterable[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()
