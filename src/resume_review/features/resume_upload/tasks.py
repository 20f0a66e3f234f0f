"""The job that reads what took too long for a request, and the chore that scans what was never scanned."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from resume_review.core.clock import utc_now
from resume_review.core.errors import AppError
from resume_review.database.enums import ActivityAction, EntityType, ResumeStatus
from resume_review.database.models import Resume
from resume_review.documents import Document, Status
from resume_review.features.audit import record_activity
from resume_review.features.resume_upload.errors import refusal
from resume_review.features.resume_upload.intake import READ_JOB
from resume_review.features.resume_upload.progress import tell
from resume_review.features.resume_upload.reading import PatientReader
from resume_review.features.resume_upload.repository import UNREAD, ResumeRepository
from resume_review.features.resume_upload.scans import infection, scan_status
from resume_review.features.resume_upload.versions import read_values, sections_of
from resume_review.infrastructure.maintenance import MaintenanceTask
from resume_review.infrastructure.queue import JobDefinition
from resume_review.infrastructure.scanning import Scanner
from resume_review.infrastructure.storage import FileDamagedError, FileMissingError, FileStore
from resume_review.infrastructure.transactions import Transactions

log = structlog.get_logger(__name__)

SCANNED_AT_ONCE = 100


class ReadResume:
    """May be started any number of times for the same resume; it is read into its row once.

    Every start takes the claim away from the one before, and only the holder of the claim can store an outcome.
    """

    def __init__(self, transactions: Transactions, reader: PatientReader, files: FileStore) -> None:
        self._transactions = transactions
        self._reader = reader
        self._files = files

    def definition(self) -> JobDefinition:
        """The job as workers register it."""
        return JobDefinition(name=READ_JOB, run=self.run, give_up=self.give_up, unfinished=self.unfinished)

    async def run(self, resume_id: uuid.UUID) -> None:
        """Read one resume.

        Raises:
            StorageError: The file store does not answer; the queue tries again.
        """
        async with self._transactions.transaction() as session:
            resume = await ResumeRepository(session).claim(resume_id)
            if resume is None:
                return
            await tell(session, resume_id, resume.status)
        try:
            data = await self._files.get(resume.stored_filename, sha256=resume.file_hash)
        except (FileMissingError, FileDamagedError) as error:
            await self._fail(resume, error)
            return
        document = await self._reader.read(data, resume.original_filename)
        if document.status is Status.OK:
            await self._store(resume, document)
        else:
            await self._fail(resume, refusal(document.status, document.message))

    async def give_up(self, resume_id: uuid.UUID, reason: str) -> None:
        """Mark the reading as failed after the last attempt."""
        values = _failure("resumes.gave_up", f"The file could not be read. {reason} Retry its reading later.")
        async with self._transactions.transaction() as session:
            if await ResumeRepository(session).change(resume_id, UNREAD, values):
                await tell(session, resume_id, ResumeStatus.ERROR)

    async def unfinished(self, since: datetime) -> Sequence[uuid.UUID]:
        """Resumes that have been waiting for their reading since before this time."""
        async with self._transactions.transaction() as session:
            return await ResumeRepository(session).unread(uploaded_before=since)

    async def _store(self, resume: Resume, document: Document) -> None:
        async with self._transactions.transaction() as session:
            resumes = ResumeRepository(session)
            if not await resumes.finish(resume, read_values(document)):
                log.warning("claim_lost", resume_id=str(resume.id), attempt=resume.attempt)
                return
            await resumes.add_sections(sections_of(resume.id, document))
            await tell(session, resume.id, ResumeStatus.COMPLETED)

    async def _fail(self, resume: Resume, error: AppError) -> None:
        async with self._transactions.transaction() as session:
            if await ResumeRepository(session).finish(resume, _failure(error.code, error.detail)):
                await tell(session, resume.id, ResumeStatus.ERROR)
        log.info("reading_failed", resume_id=str(resume.id), code=error.code)


class ScanStored:
    """Scans files that were stored while there was no scanner; one that is infected is not given out any more."""

    def __init__(self, transactions: Transactions, scanner: Scanner, files: FileStore) -> None:
        self._transactions = transactions
        self._scanner = scanner
        self._files = files

    def chore(self) -> MaintenanceTask:
        """The chore as workers register it; a run that is cut short goes on at the next."""
        return MaintenanceTask("resumes.scan_stored", timedelta(hours=1), self.run)

    async def run(self) -> None:
        """Scan every file without a verdict; nothing happens without a scanner.

        Raises:
            ScannerError: It gives no verdict; the rest waits for the next run.
            StorageError: The file store does not answer.
        """
        last: uuid.UUID | None = None
        while self._scanner.configured:
            async with self._transactions.transaction() as session:
                resumes = await ResumeRepository(session).not_scanned(after=last, limit=SCANNED_AT_ONCE)
            if not resumes:
                return
            last = resumes[-1].id
            for key in {resume.stored_filename for resume in resumes}:
                await self._scan(key)

    async def _scan(self, key: str) -> None:
        try:
            verdict = await self._scanner.scan(await self._files.get(key))
        except (FileMissingError, FileDamagedError):
            return
        async with self._transactions.transaction() as session:
            for resume_id, sha256 in await ResumeRepository(session).note_scan(key, scan_status(verdict)):
                if verdict.signature is None:
                    continue
                log.warning("stored_file_infected", resume_id=str(resume_id))
                record_activity(
                    session,
                    ActivityAction.UPDATE,
                    entity=EntityType.RESUME,
                    entity_id=resume_id,
                    user_id=None,
                    new=infection(sha256, verdict.signature),
                )


def _failure(code: str, message: str) -> dict[str, object]:
    return {
        "status": ResumeStatus.ERROR,
        "error_code": code,
        "error_message": message,
        "processed_at": utc_now(),
    }
