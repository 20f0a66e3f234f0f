"""The job behind each file of a bulk upload: claim it, read it with no transaction open, find its candidate."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
import structlog

from resume_review.ai_agents.interface import PromptSource
from resume_review.core.clock import utc_now
from resume_review.core.errors import AppError
from resume_review.database.enums import BatchItemStatus, CandidateMatch
from resume_review.documents import Document, Status
from resume_review.features.bulk_upload.attaching import Attaching, Parts
from resume_review.features.bulk_upload.calling_off import call_off
from resume_review.features.bulk_upload.contacts import contact_of
from resume_review.features.bulk_upload.limits import READ_ITEM_JOB
from resume_review.features.bulk_upload.progress import tell
from resume_review.features.bulk_upload.repository import BatchRepository, Claimed
from resume_review.features.resume_upload import PatientReader, refusal
from resume_review.features.stored_files import remove_files
from resume_review.infrastructure.maintenance import MaintenanceTask
from resume_review.infrastructure.queue import JobDefinition, JobQueue
from resume_review.infrastructure.storage import FileDamagedError, FileMissingError, FileStore
from resume_review.infrastructure.transactions import Transactions

log = structlog.get_logger(__name__)

# Another attempt may mend this; every other refusal would come again.
PASSING = {Status.TIMEOUT}
# Resumes of people whom nobody has registered are not kept for longer.
KEPT_UNCONFIRMED = timedelta(days=14)


class ReadBatchItem:
    """May be started any number of times for the same file; its outcome is stored once."""

    def __init__(
        self,
        transactions: Transactions,
        reader: PatientReader,
        files: FileStore,
        *,
        engine: str | None,
        prompts: PromptSource | None = None,
    ) -> None:
        """`engine` is the fingerprint of the workers' engine; without `prompts` no earlier answer is used again."""
        self._transactions = transactions
        self._reader = reader
        self._files = files
        self._parts = Parts(files=files, queue=JobQueue(), engine=engine, prompts=prompts)

    def definition(self) -> JobDefinition:
        """The job as workers register it."""
        return JobDefinition(
            name=READ_ITEM_JOB, run=self.run, give_up=self.give_up, unfinished=self.unfinished
        )

    async def run(self, item_id: uuid.UUID) -> None:
        """Read one file.

        Raises:
            StorageError: The file store does not answer; the queue tries again.
        """
        async with self._transactions.transaction() as session:
            claimed = await BatchRepository(session).claim(item_id)
            if claimed is None or claimed.item.file_key is None:
                return
            await tell(session, claimed.batch.id)
        try:
            data = await self._files.get(claimed.item.file_key, sha256=claimed.item.file_hash)
        except (FileMissingError, FileDamagedError) as error:
            await self._fail(claimed, error, keep_file=False)
            return
        document = await self._reader.read(data, claimed.item.filename)
        if document.status is Status.OK:
            await self._store(claimed, document)
        else:
            error = refusal(document.status, document.message)
            await self._fail(claimed, error, keep_file=document.status in PASSING)

    async def give_up(self, item_id: uuid.UUID, reason: str) -> None:
        """Mark the file as failed after the last attempt; it is kept for another one."""
        message = f"The file could not be read. {reason} Retry the failed files later."
        async with self._transactions.transaction() as session:
            batch_id = await BatchRepository(session).give_up(item_id, code="bulk.gave_up", message=message)
            if batch_id is not None:
                await tell(session, batch_id)

    async def unfinished(self, since: datetime) -> Sequence[uuid.UUID]:
        """Files that have been waiting to be read since before this time."""
        async with self._transactions.transaction() as session:
            return await BatchRepository(session).unread(since=since)

    async def _store(self, claimed: Claimed, document: Document) -> None:
        batch, user = claimed.batch, claimed.user
        contact = contact_of(document)
        async with self._transactions.transaction() as session:
            batches = BatchRepository(session)
            match = await batches.match(contact, user)
            waiting = {
                "status": BatchItemStatus.WAITING,
                "match": match.kind,
                "candidate_id": match.candidate_id,
                "contact": contact.stored(),
                "document": msgspec.to_builtins(document),
                "attempt_token": None,
            }
            item = await batches.finish(claimed.item, waiting)
            if item is None:
                log.warning("claim_lost", item_id=str(claimed.item.id), attempt=claimed.item.attempt)
                return
            if batch.auto and match.kind is CandidateMatch.EMAIL and match.candidate_id is not None:
                attaching = Attaching(session, user, self._parts)
                await attaching.attach(
                    item,
                    batch,
                    document=document,
                    candidate_id=match.candidate_id,
                    client=None,
                )
            await tell(session, batch.id)

    async def _fail(self, claimed: Claimed, error: AppError, *, keep_file: bool) -> None:
        failed = {
            "status": BatchItemStatus.ERROR,
            "error_code": error.code,
            "error_message": error.detail,
            "attempt_token": None,
        }
        async with self._transactions.transaction() as session:
            gone = {} if keep_file else {"file_key": None}
            if await BatchRepository(session).finish(claimed.item, failed | gone) is None:
                return
            if not keep_file and claimed.item.file_key is not None:
                await remove_files(session, self._parts.queue, [claimed.item.file_key])
            await tell(session, claimed.batch.id)


def cancelling_unconfirmed(transactions: Transactions) -> MaintenanceTask:
    """The chore that cancels what nobody has decided about for two weeks; the files go with it."""

    async def run() -> None:
        while await _cancel_oldest(transactions):
            pass

    return MaintenanceTask("bulk_upload.cancel_unconfirmed", timedelta(hours=1), run)


async def _cancel_oldest(transactions: Transactions) -> bool:
    async with transactions.transaction() as session:
        batch = await BatchRepository(session).abandoned(before=utc_now() - KEPT_UNCONFIRMED)
        if batch is None:
            return False
        await call_off(session, JobQueue(), batch, by=None, client=None)
    log.info("batch_cancelled_unconfirmed", batch_id=str(batch.id))
    return True
