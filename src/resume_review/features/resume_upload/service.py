"""Taking in a file: read it in a child process, store it, keep what was read."""

import asyncio
import uuid
from pathlib import PurePath
from typing import Any, Protocol

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import ActivityAction, EntityType, ResumeStatus
from resume_review.database.models import Resume, ResumeSection, User
from resume_review.database.session import release
from resume_review.documents import Document, Section, SectionType, Status
from resume_review.features.audit import record_activity
from resume_review.features.candidates import CandidateService
from resume_review.features.resume_upload.errors import ResumeNotFoundError, refusal
from resume_review.features.resume_upload.repository import ResumeRepository
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.storage import FileStore

MAX_NAME_LENGTH = 200


class DocumentReader(Protocol):
    """Reads files where they can do no harm."""

    def read(self, data: bytes, filename: str) -> Document:
        """What the file holds; blocks for seconds at most."""
        ...


class ResumeService:
    """Works in the given session for one user and commits nothing."""

    def __init__(
        self, session: AsyncSession, user: User, *, reader: DocumentReader, files: FileStore
    ) -> None:
        self._session = session
        self._user = user
        self._resumes = ResumeRepository(session)
        self._candidates = CandidateService(session, user)
        self._reader = reader
        self._files = files

    async def upload(
        self, candidate_id: uuid.UUID, data: bytes, filename: str, *, client: ClientInfo
    ) -> tuple[Resume, Document]:
        """Read the file and keep it as the candidate's next version; a refused file leaves only a log entry.

        Raises:
            CandidateNotFoundError: Unknown candidate, or not this user's to see.
            UnsupportedFileError: Not a kind that can be read.
            FileTooLargeError: Over a size limit.
            UnreadableFileError: Damaged, encrypted, without text, or too slow to read.
        """
        await self._candidates.get(candidate_id)
        await release(self._session)
        name = display_name(filename)
        document = await asyncio.to_thread(self._reader.read, data, name)
        if document.status is not Status.OK:
            self._record(ActivityAction.REJECT_UPLOAD, EntityType.CANDIDATE, candidate_id, client, document)
            raise refusal(document.status, document.message)
        resume_id = new_id()
        key = f"resumes/{resume_id}"
        await self._files.put(key, data)
        try:
            resume = await self._store(resume_id, candidate_id, document, key=key)
        except BaseException:
            await self._files.delete(key)
            raise
        self._record(ActivityAction.CREATE, EntityType.RESUME, resume.id, client, document)
        return resume, document

    async def get(self, resume_id: uuid.UUID, *, with_document: bool = False) -> Resume:
        """One resume.

        Raises:
            ResumeNotFoundError: Unknown, or not this user's to see.
        """
        resume = await self._resumes.readable(resume_id, self._user, with_document=with_document)
        if resume is None:
            raise ResumeNotFoundError
        return resume

    async def _store(
        self, resume_id: uuid.UUID, candidate_id: uuid.UUID, document: Document, *, key: str
    ) -> Resume:
        now = utc_now()
        resume = Resume(
            id=resume_id,
            candidate_id=candidate_id,
            uploaded_by_user_id=self._user.id,
            original_filename=document.source.filename,
            stored_filename=key,
            file_hash=document.source.sha256,
            file_size=document.source.bytes,
            mime_type=document.source.mime,
            version_number=await self._resumes.next_version(candidate_id),
            status=ResumeStatus.COMPLETED,
            progress=100,
            extracted_text=document.text,
            word_count=len(document.text.split()),
            page_count=len(document.pages),
            language=document.language.code if document.language else None,
            document=msgspec.to_builtins(document),
            processed_at=now,
        )
        sections = [
            _section_row(resume_id, document, section, order)
            for order, section in enumerate(document.sections)
        ]
        await self._resumes.add(resume, sections)
        return resume

    def _record(
        self,
        action: ActivityAction,
        entity: EntityType,
        entity_id: uuid.UUID,
        client: ClientInfo,
        document: Document,
    ) -> None:
        seen: dict[str, Any] = {"sha256": document.source.sha256, "status": document.status.value}
        record_activity(
            self._session,
            action,
            entity=entity,
            entity_id=entity_id,
            user_id=self._user.id,
            client=client,
            new=seen,
        )


def display_name(filename: str) -> str:
    """A file name fit to be shown: no folders, no control or direction characters, not endless."""
    name = PurePath(filename.replace("\\", "/")).name
    shown = "".join(character for character in name if character.isprintable())
    return shown[-MAX_NAME_LENGTH:] or "resume"


def _section_row(resume_id: uuid.UUID, document: Document, section: Section, order: int) -> ResumeSection:
    end_page = next(
        (page.number for page in document.pages if page.start <= section.end <= page.end), section.page
    )
    return ResumeSection(
        resume_id=resume_id,
        section_type=SectionType(section.type),
        section_title=section.title,
        content=document.text[section.start : section.end],
        start_page=section.page,
        end_page=max(section.page, end_page),
        start_position=section.start,
        end_position=section.end,
        sequence_order=order,
    )
