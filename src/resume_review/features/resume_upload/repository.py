"""Rows of resumes, as far as a user may see them."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from resume_review.database.models import Candidate, Resume, ResumeSection, User
from resume_review.features.candidates import readable_by


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

    async def next_version(self, candidate_id: uuid.UUID) -> int:
        """The number of the candidate's next resume; the candidate is locked, so that numbers are not given twice."""
        await self._session.execute(
            select(Candidate.id).where(Candidate.id == candidate_id).with_for_update()
        )
        newest = select(func.coalesce(func.max(Resume.version_number), 0)).where(
            Resume.candidate_id == candidate_id
        )
        return (await self._session.scalar(newest) or 0) + 1

    async def add(self, resume: Resume, sections: list[ResumeSection]) -> None:
        """Store a resume with its sections."""
        self._session.add(resume)
        await self._session.flush()
        self._session.add_all(sections)
        await self._session.flush()

    async def document(self, resume_id: uuid.UUID) -> dict[str, object] | None:
        """What was read from the file, as JSON, whoever asks: for jobs."""
        return await self._session.scalar(select(Resume.document).where(Resume.id == resume_id))
