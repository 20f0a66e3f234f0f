"""Rows of candidates, as far as a user may see them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import UserRole
from resume_review.database.models import Candidate, Resume, User, UserCandidateAssignment


def readable_by(user: User) -> ColumnElement[bool]:
    """The one rule of who sees a candidate and all that hangs on it.

    Juniors see candidates assigned to them now; seniors and administrators see all. The statement must
    select from, or join, `candidates`.
    """
    if user.role is not UserRole.JUNIOR_RECRUITER:
        return true()
    return exists().where(
        UserCandidateAssignment.candidate_id == Candidate.id,
        UserCandidateAssignment.user_id == user.id,
        UserCandidateAssignment.is_active,
    )


@dataclass(frozen=True)
class CandidateWithResumes:
    """A candidate and a summary of the resumes stored for it."""

    candidate: Candidate
    total_resumes: int
    latest_resume_version: int | None
    last_resume_upload: datetime | None


class CandidateRepository:
    """Reads and writes candidates; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def readable(self, candidate_id: uuid.UUID, user: User) -> Candidate | None:
        """The candidate, if the user may see it."""
        return await self._session.scalar(
            select(Candidate).where(Candidate.id == candidate_id, readable_by(user))
        )

    async def email_taken(self, email: str) -> bool:
        """Whether any candidate has this (lower-case) address."""
        return bool(await self._session.scalar(select(exists().where(Candidate.email == email))))

    async def add(self, candidate: Candidate, assignment: UserCandidateAssignment) -> None:
        """Store a candidate with its first assignment."""
        self._session.add(candidate)
        await self._session.flush()
        self._session.add(assignment)
        await self._session.flush()

    async def count(self, user: User) -> int:
        """How many candidates the user may see."""
        return await self._session.scalar(select(func.count(Candidate.id)).where(readable_by(user))) or 0

    async def page(self, user: User, *, limit: int, offset: int) -> Sequence[CandidateWithResumes]:
        """Candidates the user may see, newest first; resumes are counted for this page only."""
        page = (
            select(Candidate)
            .where(readable_by(user))
            .order_by(Candidate.created_at.desc(), Candidate.id.desc())
            .limit(limit)
            .offset(offset)
        )
        candidates = (await self._session.scalars(page)).all()
        summary = (
            select(
                Resume.candidate_id,
                func.count(Resume.id),
                func.max(Resume.version_number),
                func.max(Resume.uploaded_at),
            )
            .where(Resume.candidate_id.in_([candidate.id for candidate in candidates]))
            .group_by(Resume.candidate_id)
        )
        rows = {row[0]: row for row in await self._session.execute(summary)} if candidates else {}
        found: list[CandidateWithResumes] = []
        for candidate in candidates:
            row = rows.get(candidate.id)
            found.append(
                CandidateWithResumes(candidate, row[1], row[2], row[3])
                if row
                else CandidateWithResumes(candidate, 0, None, None)
            )
        return found
