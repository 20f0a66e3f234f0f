"""What is left to do after an erasure was committed."""

import uuid

import structlog

from resume_review.core.errors import AppError
from resume_review.database.models import FileDeletion
from resume_review.features.candidates.erasure import DELETE_FILES_JOB, DeletionRepository
from resume_review.infrastructure.queue import JobDefinition
from resume_review.infrastructure.storage import FileStore
from resume_review.infrastructure.transactions import Transactions

log = structlog.get_logger(__name__)

MAX_RUNS = 12
BATCH = 100


class DeleteFiles:
    """Deletes the files that erased people left; what cannot be deleted now stays noted for the next run."""

    def __init__(self, transactions: Transactions, files: FileStore) -> None:
        self._transactions = transactions
        self._files = files

    def definition(self) -> JobDefinition:
        """The job as workers register it; it tries for more than two hours."""
        return JobDefinition(name=DELETE_FILES_JOB, run=self.run, give_up=self.give_up, max_runs=MAX_RUNS)

    async def run(self, _subject: uuid.UUID) -> None:
        """Delete every file that waits for it, whichever erasure left it.

        Raises:
            AppError: The first fault, after all others were tried.
        """
        fault: AppError | None = None
        last: uuid.UUID | None = None
        while True:
            async with self._transactions.transaction() as session:
                waiting = await DeletionRepository(session).waiting(after=last, limit=BATCH)
            if not waiting:
                break
            for deletion in waiting:
                last = deletion.id
                try:
                    await self._delete(deletion)
                except AppError as error:
                    fault = fault or error
        if fault is not None:
            raise fault

    async def _delete(self, deletion: FileDeletion) -> None:
        async with self._transactions.transaction() as session:
            needed = await DeletionRepository(session).in_use(deletion.storage_key)
        if not needed:
            await self._files.delete(deletion.storage_key)
        async with self._transactions.transaction() as session:
            await DeletionRepository(session).done(deletion.id)

    async def give_up(self, _subject: uuid.UUID, reason: str) -> None:
        """Say so; the next erasure tries the rest again."""
        log.error("erased_files_left", reason=reason, hint="check the file store, then erase or restart")
