"""The chore that keeps nothing longer than the settings say."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction, EntityType
from resume_review.database.session import driver_connection
from resume_review.features.audit import record_activity
from resume_review.features.retention.repository import OldResume, RetentionRepository
from resume_review.features.stored_files import remove_files
from resume_review.infrastructure.maintenance import MaintenanceTask
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.transactions import Transactions

log = structlog.get_logger(__name__)

AT_ONCE = 50
REASON = "retention"


def retention(transactions: Transactions, days: int | None) -> list[MaintenanceTask]:
    """The chore, where there is a limit."""
    return [] if days is None else [PurgeOld(transactions, timedelta(days=days)).chore()]


class PurgeOld:
    """Deletes resumes of a certain age with their reviews and files, and bulk uploads of that age."""

    def __init__(self, transactions: Transactions, age: timedelta) -> None:
        self._transactions = transactions
        self._age = age
        self._queue = JobQueue()

    def chore(self) -> MaintenanceTask:
        """The chore as workers register it."""
        return MaintenanceTask("retention.purge", timedelta(hours=1), self.run)

    async def run(self) -> None:
        """Delete what is too old, some at a time, each with an entry in the audit log."""
        before, resumes, batches = utc_now() - self._age, 0, 0
        while found := await self._purge_resumes(before):
            resumes += found
        while found := await self._purge_batches(before):
            batches += found
        if resumes or batches:
            log.info("retention_purged", resumes=resumes, batches=batches)

    async def _purge_resumes(self, before: datetime) -> int:
        async with self._transactions.transaction() as session:
            old = await RetentionRepository(session).resumes(before, limit=AT_ONCE)
            subjects = [subject for resume in old for subject in (resume.id, *resume.review_ids)]
            await self._queue.cancel_all(await driver_connection(session), subjects)
            await RetentionRepository(session).delete_resumes([resume.id for resume in old])
            await remove_files(session, self._queue, {resume.stored_filename for resume in old})
            _record(session, old)
        return len(old)

    async def _purge_batches(self, before: datetime) -> int:
        async with self._transactions.transaction() as session:
            batch_ids, keys = await RetentionRepository(session).delete_batches(before, limit=AT_ONCE)
            await remove_files(session, self._queue, set(keys))
        return len(batch_ids)


def _record(session: AsyncSession, old: Sequence[OldResume]) -> None:
    def erased(entity: EntityType, entity_id: uuid.UUID, values: dict[str, Any]) -> None:
        record_activity(
            session,
            ActivityAction.ERASE,
            entity=entity,
            entity_id=entity_id,
            user_id=None,
            new={"reason": REASON} | values,
        )

    for resume in old:
        erased(EntityType.RESUME, resume.id, {"sha256": resume.file_hash})
        for review_id in resume.review_ids:
            erased(EntityType.REVIEW, review_id, {"resume_id": str(resume.id)})
