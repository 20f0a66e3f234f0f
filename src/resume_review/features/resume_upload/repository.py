"""Rows of resumes, as far as a user may see them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer, undefer

from resume_review.core.ids import new_id
from resume_review.core.names import full_name
from resume_review.database.enums import ResumeStatus, ReviewRequestStatus, ScanStatus
from resume_review.database.models import (
    Candidate,
    Resume,
    ResumeSection,
    ReviewRequest,
    ReviewResult,
    User,
)
from resume_review.features.candidates import CandidateNotFoundError, readable_by

UNREAD = (ResumeStatus.PENDING, ResumeStatus.PROCESSING)
"""A document will follow, unless its reading fails."""

STOPPED = (ResumeStatus.ERROR, ResumeStatus.CANCELLED)
PREVIEW_CHARS = 500


@dataclass(frozen=True)
class ResumeRow:
    """A resume as lists show it: its first words instead of all."""

    resume: Resume
    preview: str | None
    candidate_name: str


@dataclass(frozen=True)
class LastReview:
    """The newest completed review of a version."""

    review_id: uuid.UUID
    industry: str
    overall_score: int | None
    completed_at: datetime | None


@dataclass(frozen=True)
class Totals:
    """Numbers over all resumes that a user may see."""

    uploads: int
    completed: int
    failed: int
    bytes: int


class ResumeRepository:
    """Reads and writes resumes; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def readable(
        self, resume_id: uuid.UUID, user: User, *, with_document: bool = False
    ) -> Resume | None:
        """The resume, if the user may see its candidate."""
        statement = select(Resume).join(Candidate).where(Resume.id == resume_id, readable_by(user))
        if with_document:
            statement = statement.options(undefer(Resume.document))
        return await self._session.scalar(statement)

    async def active_user(self, user_id: uuid.UUID) -> User | None:
        """The user, unless the account is gone or switched off."""
        return await self._session.scalar(select(User).where(User.id == user_id, User.is_active))

    async def page(
        self, user: User, *, status: ResumeStatus | None, limit: int, offset: int
    ) -> Sequence[ResumeRow]:
        """Resumes the user may see, newest first."""
        statement = (
            _rows(readable_by(user), *_of_status(status))
            .order_by(Resume.uploaded_at.desc(), Resume.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return await self._listed(statement)

    async def count(self, user: User, *, status: ResumeStatus | None) -> int:
        """How many resumes the user may see."""
        statement = select(func.count(Resume.id)).join(Candidate)
        return await self._session.scalar(statement.where(readable_by(user), *_of_status(status))) or 0

    async def versions(self, candidate_id: uuid.UUID) -> Sequence[ResumeRow]:
        """All resumes of a candidate, newest first; who may see the candidate is asked before."""
        statement = _rows(Resume.candidate_id == candidate_id).order_by(Resume.version_number.desc())
        return await self._listed(statement)

    async def last_reviews(self, candidate_id: uuid.UUID) -> dict[uuid.UUID, LastReview]:
        """The newest completed review of each of the candidate's resumes."""
        statement = (
            select(ReviewRequest, ReviewResult.overall_score)
            .join(Resume, Resume.id == ReviewRequest.resume_id)
            .join(ReviewResult, ReviewResult.review_request_id == ReviewRequest.id)
            .where(Resume.candidate_id == candidate_id, ReviewRequest.status == ReviewRequestStatus.COMPLETED)
            .ext(distinct_on(ReviewRequest.resume_id))
            .order_by(ReviewRequest.resume_id, ReviewRequest.completed_at.desc())
        )
        return {
            request.resume_id: LastReview(request.id, request.target_industry, score, request.completed_at)
            for request, score in (await self._session.execute(statement)).all()
        }

    async def totals(self, user: User) -> Totals:
        """Numbers over all resumes the user may see."""
        statement = (
            select(
                func.count(Resume.id),
                func.count(Resume.id).filter(Resume.status == ResumeStatus.COMPLETED),
                func.count(Resume.id).filter(Resume.status == ResumeStatus.ERROR),
                func.coalesce(func.sum(Resume.file_size), 0),
            )
            .join(Candidate)
            .where(readable_by(user))
        )
        row = (await self._session.execute(statement)).one()
        return Totals(row[0], row[1], row[2], int(row[3]))

    async def lock_candidate(self, candidate_id: uuid.UUID) -> None:
        """Until the transaction ends, nobody else adds or removes versions of the candidate.

        Raises:
            CandidateNotFoundError: Erased since its file began to be read.
        """
        statement = select(Candidate.id).where(Candidate.id == candidate_id).with_for_update()
        if await self._session.scalar(statement) is None:
            raise CandidateNotFoundError

    async def next_version(self, candidate_id: uuid.UUID) -> int:
        """The number of the candidate's next resume; the candidate must be locked."""
        newest = select(func.coalesce(func.max(Resume.version_number), 0)).where(
            Resume.candidate_id == candidate_id
        )
        return (await self._session.scalar(newest) or 0) + 1

    async def same_file(self, candidate_id: uuid.UUID, sha256: str) -> Resume | None:
        """The candidate's newest version with this content; the candidate must be locked."""
        return await self._session.scalar(
            select(Resume)
            .where(Resume.candidate_id == candidate_id, Resume.file_hash == sha256)
            .options(defer(Resume.extracted_text))
            .order_by(Resume.version_number.desc())
            .limit(1)
        )

    async def add(self, resume: Resume, sections: list[ResumeSection]) -> None:
        """Store a resume with its sections."""
        self._session.add(resume)
        await self._session.flush()
        self._session.add_all(sections)
        await self._session.flush()

    async def add_sections(self, sections: list[ResumeSection]) -> None:
        """Store the parts of a resume that is stored already."""
        self._session.add_all(sections)
        await self._session.flush()

    async def document(self, resume_id: uuid.UUID) -> dict[str, object] | None:
        """What was read from the file, as JSON, whoever asks: for jobs. Null while it is unread: see `status`."""
        return await self._session.scalar(select(Resume.document).where(Resume.id == resume_id))

    async def status(self, resume_id: uuid.UUID) -> ResumeStatus | None:
        """How far the reading has come, whoever asks: for jobs. Null when the resume is gone."""
        return await self._session.scalar(select(Resume.status).where(Resume.id == resume_id))

    async def claim(self, resume_id: uuid.UUID) -> Resume | None:
        """Take the reading for this attempt; null when it has ended. An earlier attempt loses its claim."""
        statement = (
            update(Resume)
            .where(Resume.id == resume_id, Resume.status.in_(UNREAD))
            .values(
                status=ResumeStatus.PROCESSING,
                attempt=Resume.attempt + 1,
                attempt_token=new_id(),
                progress=20,
            )
            .returning(Resume)
        )
        return await self._session.scalar(statement)

    async def unread(self, *, uploaded_before: datetime) -> Sequence[uuid.UUID]:
        """Resumes whose reading has not ended, oldest first."""
        statement = (
            select(Resume.id)
            .where(Resume.status.in_(UNREAD), Resume.uploaded_at < uploaded_before)
            .order_by(Resume.uploaded_at)
        )
        return (await self._session.scalars(statement)).all()

    async def not_scanned(self, *, after: uuid.UUID | None, limit: int) -> Sequence[Resume]:
        """Resumes whose file no scanner has seen, by id."""
        statement = (
            select(Resume)
            .where(Resume.scan_status == ScanStatus.NOT_SCANNED)
            .options(defer(Resume.extracted_text))
            .order_by(Resume.id)
            .limit(limit)
        )
        if after is not None:
            statement = statement.where(Resume.id > after)
        return (await self._session.scalars(statement)).all()

    async def note_scan(self, key: str, status: ScanStatus) -> Sequence[tuple[uuid.UUID, str]]:
        """Set what the scanner said of a file on all versions that share it; their ids and hashes."""
        statement = (
            update(Resume)
            .where(Resume.stored_filename == key, Resume.scan_status == ScanStatus.NOT_SCANNED)
            .values(scan_status=status)
            .returning(Resume.id, Resume.file_hash)
            .execution_options(synchronize_session=False)
        )
        return [(row[0], row[1]) for row in await self._session.execute(statement)]

    async def finish(self, resume: Resume, values: dict[str, Any]) -> bool:
        """Store the outcome of a reading, if this attempt still holds the claim."""
        statement = (
            update(Resume)
            .where(
                Resume.id == resume.id,
                Resume.status == ResumeStatus.PROCESSING,
                Resume.attempt_token == resume.attempt_token,
            )
            .values(**values)
            .returning(Resume.id)
        )
        return await self._session.scalar(statement) is not None

    async def change(
        self, resume_id: uuid.UUID, before: Sequence[ResumeStatus], values: dict[str, Any]
    ) -> bool:
        """Set columns of a resume that is in one of these states; whoever held a claim loses it."""
        statement = (
            update(Resume)
            .where(Resume.id == resume_id, Resume.status.in_(before))
            .values(**values, attempt_token=None)
            .returning(Resume.id)
            .execution_options(synchronize_session=False)
        )
        return await self._session.scalar(statement) is not None

    async def review_ids(self, resume_id: uuid.UUID) -> Sequence[uuid.UUID]:
        """The reviews of this version that anybody asked for."""
        statement = select(ReviewRequest.id).where(ReviewRequest.resume_id == resume_id)
        return (await self._session.scalars(statement)).all()

    async def delete(self, resume: Resume) -> None:
        """Remove the version with all that hangs on it."""
        await self._session.delete(resume)
        await self._session.flush()

    async def _listed(self, statement: Select[Resume, Any, str, str]) -> Sequence[ResumeRow]:
        rows = (await self._session.execute(statement)).all()
        return [ResumeRow(row[0], row[1], full_name(row[2], row[3])) for row in rows]


def _rows(*conditions: ColumnElement[bool]) -> Select[Resume, Any, str, str]:
    """The text of a resume may be half a megabyte, of which lists show the beginning."""
    return (
        select(
            Resume,
            func.left(Resume.extracted_text, PREVIEW_CHARS),
            Candidate.first_name,
            Candidate.last_name,
        )
        .join(Candidate)
        .options(defer(Resume.extracted_text, raiseload=True))
        .where(*conditions)
    )


def _of_status(status: ResumeStatus | None) -> list[ColumnElement[bool]]:
    return [] if status is None else [Resume.status == status]
