"""Rows of candidates, as far as a user may see them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.folding import fold, word_grams
from resume_review.database.enums import CandidateStatus, UserRole
from resume_review.database.models import (
    Candidate,
    Resume,
    ReviewRequest,
    User,
    UserCandidateAssignment,
)
from resume_review.features.candidates.schemas import CandidateQuery, CandidateSort

IN_SIGHT = (CandidateStatus.ACTIVE, CandidateStatus.PLACED)


def readable_by(user: User) -> ColumnElement[bool]:
    """The one rule of who sees a candidate and all that hangs on it.

    Juniors see candidates assigned to them now; seniors and administrators see all. The statement must
    select from, or join, `candidates`.
    """
    if user.role is not UserRole.JUNIOR_RECRUITER:
        return true()
    return _assigned_to(user.id)


def _assigned_to(user_id: uuid.UUID) -> ColumnElement[bool]:
    return exists().where(
        UserCandidateAssignment.candidate_id == Candidate.id,
        UserCandidateAssignment.user_id == user_id,
        UserCandidateAssignment.is_active,
    )


def found_by(search: str) -> list[ColumnElement[bool]]:
    """Every word of the search is somewhere in name, address or company; an index narrows it down first."""
    words = fold(search).split()
    if not words:
        return []
    # Pairs of characters prove words of up to two; longer ones are looked at again.
    wanted = sorted(set[str]().union(*map(word_grams, words)))
    longer = [word for word in words if len(word) > 2]
    return [
        Candidate.search_grams.contains(wanted),
        *(Candidate.search_text.contains(word, autoescape=True) for word in longer),
    ]


def _conditions(query: CandidateQuery) -> list[ColumnElement[bool]]:
    conditions = found_by(query.search or "")
    conditions.append(Candidate.status.in_(query.status or IN_SIGHT))
    if query.assigned_to is not None:
        conditions.append(_assigned_to(query.assigned_to))
    if query.industry is not None:
        conditions.append(_newest_industry() == query.industry)
    if query.has_resume is not None:
        stored = exists().where(Resume.candidate_id == Candidate.id)
        conditions.append(stored if query.has_resume else ~stored)
    return conditions


def _newest_industry() -> ColumnElement[str]:
    return (
        select(ReviewRequest.target_industry)
        .join(Resume, Resume.id == ReviewRequest.resume_id)
        .where(Resume.candidate_id == Candidate.id)
        .order_by(ReviewRequest.requested_at.desc(), ReviewRequest.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _order(sort: CandidateSort) -> tuple[ColumnElement[Any], ...]:
    match sort:
        case CandidateSort.NEWEST:
            return Candidate.created_at.desc(), Candidate.id.desc()
        case CandidateSort.OLDEST:
            return Candidate.created_at.asc(), Candidate.id.asc()
        case CandidateSort.NAME:
            return Candidate.last_name.asc(), Candidate.first_name.asc(), Candidate.id.asc()
        case CandidateSort.NAME_BACKWARDS:
            return Candidate.last_name.desc(), Candidate.first_name.desc(), Candidate.id.desc()
        case CandidateSort.CHANGED:
            return Candidate.updated_at.desc(), Candidate.id.desc()


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

    async def readable(self, candidate_id: uuid.UUID, user: User, *, lock: bool = False) -> Candidate | None:
        """The candidate, if the user may see it; `lock` holds it for a change."""
        statement = select(Candidate).where(Candidate.id == candidate_id, readable_by(user))
        return await self._session.scalar(statement.with_for_update() if lock else statement)

    async def email_taken(self, email: str, *, by_other_than: uuid.UUID | None = None) -> bool:
        """Whether another candidate has this (lower-case) address."""
        taken = exists().where(Candidate.email == email, Candidate.id != by_other_than)
        return bool(await self._session.scalar(select(taken)))

    async def add(self, candidate: Candidate, assignment: UserCandidateAssignment) -> None:
        """Store a candidate with its first assignment."""
        self._session.add(candidate)
        await self._session.flush()
        self._session.add(assignment)
        await self._session.flush()

    async def count(self, user: User, query: CandidateQuery) -> int:
        """How many candidates match, of those the user may see."""
        statement = select(func.count()).select_from(Candidate)
        statement = statement.where(readable_by(user), *_conditions(query))
        return await self._session.scalar(statement) or 0

    async def page(self, user: User, query: CandidateQuery) -> Sequence[CandidateWithResumes]:
        """Candidates that match, of those the user may see; resumes are counted for this page only."""
        limit, offset = query.window()
        page = (
            select(Candidate)
            .where(readable_by(user), *_conditions(query))
            .order_by(*_order(query.sort))
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

    async def make_searchable(self, *, limit: int) -> int:
        """Fill in what searches look through, where a row came without it; returns how many rows that were."""
        statement = (
            select(Candidate)
            .where(Candidate.search_text.is_(None))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        found = (await self._session.scalars(statement)).all()
        for candidate in found:
            candidate.make_searchable()
        await self._session.flush()
        return len(found)
