"""Removing what nobody needs: files whose rows went, and files whose rows never came to be."""

import uuid
from collections.abc import Collection, Sequence
from datetime import timedelta

import structlog

from resume_review.core.clock import utc_now
from resume_review.core.errors import AppError
from resume_review.core.ids import new_id
from resume_review.database.models import FileDeletion
from resume_review.features.stored_files.keys import FOLDER, pictures_prefix
from resume_review.features.stored_files.repository import StoredFileRepository
from resume_review.features.stored_files.service import REMOVE_JOB
from resume_review.infrastructure.cache import Cache
from resume_review.infrastructure.maintenance import MaintenanceTask
from resume_review.infrastructure.queue import JobDefinition
from resume_review.infrastructure.storage import FileStore
from resume_review.infrastructure.transactions import Transactions

log = structlog.get_logger(__name__)

MAX_RUNS = 12
BATCH = 100
# A file is stored before its row is committed; no request lasts that long, and somebody who restores an older copy of
# the database has time to notice.
ORPHANED_AFTER = timedelta(days=1)


class RemoveFiles:
    """Removes files; what cannot be removed now stays noted for the next run."""

    def __init__(self, transactions: Transactions, files: FileStore, cache: Cache) -> None:
        self._transactions = transactions
        self._files = files
        self._cache = cache

    def definition(self) -> JobDefinition:
        """The job as workers register it; it tries for more than two hours."""
        return JobDefinition(name=REMOVE_JOB, run=self.run, give_up=self.give_up, max_runs=MAX_RUNS)

    def sweeping(self) -> MaintenanceTask:
        """The chore that finds what no job was sent for."""
        return MaintenanceTask("stored_files.sweep", timedelta(hours=1), self.sweep)

    async def run(self, _subject: uuid.UUID) -> None:
        """Remove every file that waits for it, whoever left it.

        Raises:
            AppError: The first fault, after all others were tried.
        """
        fault: AppError | None = None
        last: uuid.UUID | None = None
        while True:
            async with self._transactions.transaction() as session:
                waiting = await StoredFileRepository(session).waiting(after=last, limit=BATCH)
            if not waiting:
                break
            last = waiting[-1].id
            fault = await self._remove_noted(waiting) or fault
        if fault is not None:
            raise fault

    async def give_up(self, _subject: uuid.UUID, reason: str) -> None:
        """Say so; the next removal and the hourly sweep try the rest again."""
        log.error("files_not_removed", reason=reason, hint="check the file store")

    async def sweep(self) -> None:
        """Remove files older than a day that no row refers to: their transaction failed after they were stored.

        Raises:
            AppError: The file store does not answer; the rest waits for the next hour.
        """
        before = utc_now() - ORPHANED_AFTER
        found = await self._files.delete_half_written(FOLDER, before=before)
        async for keys in self._files.list(FOLDER, before=before):
            removed, fault = await self._remove(keys)
            found += len(removed)
            if fault is not None:
                raise fault
        if found:
            log.warning("orphaned_files_removed", count=found)
        await self.run(new_id())

    async def _remove_noted(self, waiting: Sequence[FileDeletion]) -> AppError | None:
        keys = {deletion.storage_key for deletion in waiting}
        removed, fault = await self._remove(keys)
        async with self._transactions.transaction() as session:
            files = StoredFileRepository(session)
            ended = removed | await files.in_use(keys - removed)
            await files.done([deletion.id for deletion in waiting if deletion.storage_key in ended])
        return fault

    async def _remove(self, keys: Collection[str]) -> tuple[set[str], AppError | None]:
        """Those of the files that are gone now, and the first fault."""
        async with self._transactions.transaction() as session:
            needless = set(keys) - await StoredFileRepository(session).in_use(keys)
        removed: set[str] = set()
        fault: AppError | None = None
        for key in needless:
            try:
                await self._files.delete(key)
                await self._cache.delete_prefix(pictures_prefix(key))
            except AppError as error:
                fault = fault or error
            else:
                removed.add(key)
        return removed, fault
