"""Keeping a file as a candidate's next version: once per candidate, numbered once, removed when nobody needs it."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.database.enums import ScanStatus
from resume_review.database.models import Resume
from resume_review.database.session import driver_connection
from resume_review.documents import Document
from resume_review.features.resume_upload.downloads import disposition
from resume_review.features.resume_upload.repository import ResumeRepository
from resume_review.features.resume_upload.versions import read_values, sections_of
from resume_review.features.stored_files import remove_files, storage_key
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.storage import FileStore

READ_JOB = "resume_upload.read"


@dataclass(frozen=True)
class NewFile:
    """A file as it came in; sizes are in bytes. What it holds is in `data`, or in the file store under `key`."""

    name: str
    sha256: str
    size: int
    data: bytes | None = None
    key: str | None = None
    scan: ScanStatus = ScanStatus.NOT_SCANNED


@dataclass(frozen=True)
class Kept:
    """A new version, and the older one of the same candidate that has the same content."""

    resume: Resume
    duplicate_of: Resume | None


class Intake:
    """Works in the given session and commits nothing."""

    def __init__(self, session: AsyncSession, *, files: FileStore, queue: JobQueue) -> None:
        self._session = session
        self._resumes = ResumeRepository(session)
        self._files = files
        self._queue = queue

    async def keep(
        self,
        candidate_id: uuid.UUID,
        file: NewFile,
        *,
        uploaded_by: uuid.UUID,
        document: Document | None,
        unread: dict[str, Any] | None = None,
    ) -> Kept:
        """Store the next version of a candidate that the caller may see.

        The lock on the candidate decides which of two files that arrive at once is the first, so that the second
        is known as a duplicate and shares the stored file. `unread` are columns of a version without a document.

        Raises:
            StorageError: Nothing was stored.
        """
        await self._resumes.lock_candidate(candidate_id)
        duplicate = await self._resumes.same_file(candidate_id, file.sha256)
        resume_id = new_id()
        key = duplicate.stored_filename if duplicate else file.key or storage_key(resume_id)
        resume = Resume(
            id=resume_id,
            candidate_id=candidate_id,
            uploaded_by_user_id=uploaded_by,
            original_filename=file.name,
            stored_filename=key,
            file_hash=file.sha256,
            file_size=file.size,
            version_number=await self._resumes.next_version(candidate_id),
            scan_status=file.scan,
            **(read_values(document) if document else unread or {}),
        )
        written = duplicate is None and file.data is not None
        if duplicate is None and file.data is not None:
            await self._files.put(key, file.data, disposition=disposition(file.name))
        try:
            await self._resumes.add(resume, sections_of(resume_id, document) if document else [])
        except BaseException:
            if written:
                await self._files.delete(key)
            raise
        if duplicate and file.key:
            await self.remove_files([file.key])
        return Kept(resume, duplicate)

    async def read_later(self, resume_id: uuid.UUID, *, owner: uuid.UUID) -> None:
        """Send the job that reads the file, with this transaction."""
        connection = await driver_connection(self._session)
        await self._queue.enqueue(connection, READ_JOB, subject=resume_id, owner=owner)

    async def stop_work(self, subjects: Sequence[uuid.UUID]) -> None:
        """Take back the jobs for these rows, even while they run."""
        await self._queue.cancel_all(await driver_connection(self._session), subjects)

    async def remove_files(self, keys: Collection[str]) -> None:
        """Have stored files removed after this transaction, unless a row still refers to them then."""
        await remove_files(self._session, self._queue, keys)
