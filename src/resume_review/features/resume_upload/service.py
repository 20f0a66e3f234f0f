"""Taking in files, looking at them, and ending or repeating their reading."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction, EntityType, ResumeStatus, ScanStatus, UserRole
from resume_review.database.models import Resume, User
from resume_review.database.session import release
from resume_review.documents import Document, Status
from resume_review.features.audit import record_activity
from resume_review.features.candidates import CandidateService
from resume_review.features.resume_upload.errors import (
    InfectedFileError,
    NotBeingReadError,
    NotRetryableError,
    QuarantinedError,
    ResumeNotFoundError,
    ResumeReviewedError,
    ReviewsProtectedError,
    refusal,
)
from resume_review.features.resume_upload.intake import Intake, Kept, NewFile
from resume_review.features.resume_upload.progress import tell
from resume_review.features.resume_upload.reading import PatientReader
from resume_review.features.resume_upload.reopening import AGAIN
from resume_review.features.resume_upload.repository import (
    STOPPED,
    UNREAD,
    LastReview,
    ResumeRepository,
    ResumeRow,
    Totals,
)
from resume_review.features.resume_upload.scans import infection, scan_status
from resume_review.features.resume_upload.versions import display_name
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.scanning import Scanner
from resume_review.infrastructure.storage import FileStore

PDF_HEADER_WITHIN = 1024


@dataclass(frozen=True)
class Version:
    """A resume in the list of its candidate."""

    row: ResumeRow
    last_review: LastReview | None


@dataclass(frozen=True)
class Arrived:
    """A file for a candidate, and what it holds; null where its reading takes long."""

    candidate_id: uuid.UUID
    file: NewFile
    document: Document | None


class ResumeService:
    """Works in the given session for one user and commits nothing."""

    def __init__(
        self,
        session: AsyncSession,
        user: User,
        *,
        reader: PatientReader,
        scanner: Scanner,
        files: FileStore,
        queue: JobQueue,
    ) -> None:
        self._session = session
        self._user = user
        self._resumes = ResumeRepository(session)
        self._candidates = CandidateService(session, user)
        self._reader = reader
        self._scanner = scanner
        self._intake = Intake(session, files=files, queue=queue)

    async def read(
        self, candidate_id: uuid.UUID, data: bytes, filename: str, *, client: ClientInfo
    ) -> Arrived:
        """Scan and read a file with no transaction open; a refused one leaves only a log entry.

        A file that takes longer than a person waits comes unread.

        Raises:
            CandidateNotFoundError: Unknown candidate, or not this user's to see.
            InfectedFileError: The virus scanner found something.
            ScannerError: There is a scanner and it gave no verdict.
            UnsupportedFileError: Not a kind that can be read.
            FileTooLargeError: Over a size limit.
            UnreadableFileError: Damaged, encrypted, or without text.
        """
        await self._candidates.get(candidate_id)
        await release(self._session)
        name = display_name(filename)
        sha256 = hashlib.sha256(data).hexdigest()
        verdict = await self._scanner.scan(data)
        if verdict.signature is not None:
            found = infection(sha256, verdict.signature)
            self._record(ActivityAction.REJECT_UPLOAD, candidate_id, client, found, EntityType.CANDIDATE)
            raise InfectedFileError
        document = await self._read(data, name)
        if document is not None and document.status is not Status.OK:
            refused = {"sha256": sha256, "status": document.status.value}
            self._record(ActivityAction.REJECT_UPLOAD, candidate_id, client, refused, EntityType.CANDIDATE)
            raise refusal(document.status, document.message)
        scan = scan_status(verdict)
        file = NewFile(name=name, sha256=sha256, size=len(data), data=data, scan=scan)
        return Arrived(candidate_id, file, document)

    async def keep(self, arrived: Arrived, *, client: ClientInfo) -> Kept:
        """Keep a file as the candidate's next version; a job goes on with one that is unread.

        Raises:
            CandidateNotFoundError: Erased while the file was read.
            StorageError: Nothing was stored.
        """
        kept = await self._intake.keep(
            arrived.candidate_id,
            arrived.file,
            uploaded_by=self._user.id,
            document=arrived.document,
            unread=_unread(arrived.file.data or b""),
        )
        if arrived.document is None:
            await self._intake.read_later(kept.resume.id, owner=self._user.id)
        self._record(
            ActivityAction.CREATE,
            kept.resume.id,
            client,
            {"sha256": arrived.file.sha256, "status": kept.resume.status.value},
        )
        return kept

    async def get(self, resume_id: uuid.UUID, *, with_document: bool = False) -> Resume:
        """One resume.

        Raises:
            ResumeNotFoundError: Unknown, or not this user's to see.
        """
        resume = await self._resumes.readable(resume_id, self._user, with_document=with_document)
        if resume is None:
            raise ResumeNotFoundError
        return resume

    async def get_file(self, resume_id: uuid.UUID) -> Resume:
        """One resume whose file may be given out.

        Raises:
            ResumeNotFoundError: Unknown, or not this user's to see.
            QuarantinedError: It is infected.
        """
        resume = await self.get(resume_id)
        if resume.scan_status is ScanStatus.INFECTED:
            raise QuarantinedError
        return resume

    async def page(
        self, *, page: int, page_size: int, status: ResumeStatus | None
    ) -> tuple[Sequence[ResumeRow], int]:
        """One page, newest first, and the number on all pages."""
        rows = await self._resumes.page(
            self._user, status=status, limit=page_size, offset=(page - 1) * page_size
        )
        return rows, await self._resumes.count(self._user, status=status)

    async def totals(self) -> Totals:
        """Numbers over all resumes the user may see."""
        return await self._resumes.totals(self._user)

    async def versions(self, candidate_id: uuid.UUID) -> list[Version]:
        """All versions of a candidate, newest first, each with its newest completed review.

        Raises:
            CandidateNotFoundError: Unknown, or not this user's to see.
        """
        await self._candidates.get(candidate_id)
        rows = await self._resumes.versions(candidate_id)
        reviews = await self._resumes.last_reviews(candidate_id)
        return [Version(row, reviews.get(row.resume.id)) for row in rows]

    async def note_download(self, resume: Resume, *, client: ClientInfo, by_link: bool = False) -> None:
        """Log that the file leaves the platform."""
        how = {"by_link": True} if by_link else {}
        self._record(ActivityAction.DOWNLOAD, resume.id, client, {"sha256": resume.file_hash} | how)

    async def cancel(self, resume_id: uuid.UUID, *, client: ClientInfo) -> None:
        """Stop the reading; cancelling twice is no fault.

        Raises:
            ResumeNotFoundError: Unknown, or not this user's to see.
            NotBeingReadError: It has ended by itself.
        """
        resume = await self.get(resume_id)
        cancelled = {"status": ResumeStatus.CANCELLED, "processed_at": utc_now()}
        if await self._resumes.change(resume_id, UNREAD, cancelled):
            await self._intake.stop_work([resume_id])
            await tell(self._session, resume_id, ResumeStatus.CANCELLED)
            self._record(ActivityAction.CANCEL, resume_id, client, {})
        elif resume.status is not ResumeStatus.CANCELLED:
            raise NotBeingReadError

    async def retry(self, resume_id: uuid.UUID, *, client: ClientInfo) -> None:
        """Have the file read again, by a job.

        Raises:
            ResumeNotFoundError: Unknown, or not this user's to see.
            NotRetryableError: It is being read, or was read.
        """
        await self.get(resume_id)
        if not await self._resumes.change(resume_id, STOPPED, AGAIN):
            raise NotRetryableError
        await self._intake.read_later(resume_id, owner=self._user.id)
        await tell(self._session, resume_id, ResumeStatus.PROCESSING)
        self._record(ActivityAction.RETRY, resume_id, client, {})

    async def delete(self, resume_id: uuid.UUID, *, with_reviews: bool, client: ClientInfo) -> None:
        """Remove a version, and its file once no other version needs it.

        Raises:
            ResumeNotFoundError: Unknown, or not this user's to see.
            ResumeReviewedError: There are reviews, and nobody said that they may go.
            ReviewsProtectedError: There are reviews, and the user is no senior.
        """
        resume = await self.get(resume_id)
        # A version that arrives with the same content at this moment either shares the file before, or brings its own.
        await self._resumes.lock_candidate(resume.candidate_id)
        reviews = await self._resumes.review_ids(resume_id)
        if reviews:
            if not with_reviews:
                raise ResumeReviewedError
            if self._user.role is UserRole.JUNIOR_RECRUITER:
                raise ReviewsProtectedError
        await self._intake.stop_work([resume_id, *reviews])
        await self._resumes.delete(resume)
        await self._intake.remove_files([resume.stored_filename])
        gone = {"sha256": resume.file_hash, "version": resume.version_number, "with_reviews": with_reviews}
        self._record(ActivityAction.DELETE, resume_id, client, gone)

    async def _read(self, data: bytes, name: str) -> Document | None:
        try:
            return await self._reader.read(data, name, within=self._reader.patience)
        except TimeoutError:
            return None

    def _record(
        self,
        action: ActivityAction,
        entity_id: uuid.UUID,
        client: ClientInfo,
        values: dict[str, Any],
        entity: EntityType = EntityType.RESUME,
    ) -> None:
        record_activity(
            self._session,
            action,
            entity=entity,
            entity_id=entity_id,
            user_id=self._user.id,
            client=client,
            new=values or None,
        )


def _unread(data: bytes) -> dict[str, Any]:
    pdf = b"%PDF-" in data[:PDF_HEADER_WITHIN]
    return {
        "mime_type": "application/pdf" if pdf else "application/octet-stream",
        "status": ResumeStatus.PROCESSING,
        "progress": 10,
    }
