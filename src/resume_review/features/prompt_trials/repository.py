"""Rows of trials and their results."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.models import Candidate, PromptTrial, PromptTrialResult, Resume

UNFINISHED = 500


class Side(StrEnum):
    """Which of the two prompts."""

    CURRENT = "current"
    NEW = "new"


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a job needs: the result, its trial, the resume's text and the names the person is known by."""

    result: PromptTrialResult
    trial: PromptTrial
    document: Mapping[str, Any]
    names: tuple[str, ...]


class TrialRepository:
    """Reads and writes trials; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, trial: PromptTrial, results: Sequence[PromptTrialResult]) -> None:
        """Store a trial and a row for each of its resumes."""
        self._session.add(trial)
        await self._session.flush()
        self._session.add_all(results)
        await self._session.flush()

    async def get(self, trial_id: uuid.UUID, *, lock: bool = False) -> PromptTrial | None:
        """A trial by its id; locked until the transaction ends if it is to be changed."""
        return await self._session.get(PromptTrial, trial_id, with_for_update=lock)

    async def page(self, *, limit: int, offset: int) -> tuple[Sequence[PromptTrial], int]:
        """Trials, newest first, and how many there are."""
        statement = select(PromptTrial).order_by(PromptTrial.created_at.desc(), PromptTrial.id.desc())
        trials = (await self._session.scalars(statement.limit(limit).offset(offset))).all()
        return trials, await self._session.scalar(select(func.count()).select_from(PromptTrial)) or 0

    async def results(self, trial_ids: Sequence[uuid.UUID]) -> Sequence[PromptTrialResult]:
        """The results of trials in the order in which the resumes were named."""
        statement = (
            select(PromptTrialResult)
            .where(PromptTrialResult.trial_id.in_(trial_ids))
            .order_by(PromptTrialResult.position)
        )
        return (await self._session.scalars(statement)).all()

    async def counts(self, trial_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, tuple[int, int]]:
        """How many results each trial has, and how many of them are finished."""
        statement = (
            select(PromptTrialResult.trial_id, func.count(), func.count(PromptTrialResult.finished_at))
            .where(PromptTrialResult.trial_id.in_(trial_ids))
            .group_by(PromptTrialResult.trial_id)
        )
        return {row[0]: (row[1], row[2]) for row in await self._session.execute(statement)}

    async def readable(self, resume_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, bool]:
        """The resumes that exist, and whether they have been read."""
        statement = select(Resume.id, Resume.document.is_not(None)).where(Resume.id.in_(resume_ids))
        return {row[0]: row[1] for row in await self._session.execute(statement)}

    async def work(self, result_id: uuid.UUID) -> Work | None:
        """What a result is to be made of; null when it is finished, cancelled or gone."""
        statement = (
            select(PromptTrialResult, PromptTrial, Resume.document, Candidate.first_name, Candidate.last_name)
            .join(PromptTrial, PromptTrial.id == PromptTrialResult.trial_id)
            .join(Resume, Resume.id == PromptTrialResult.resume_id)
            .join(Candidate, Candidate.id == Resume.candidate_id)
            .where(PromptTrialResult.id == result_id, *_open())
        )
        row = (await self._session.execute(statement)).one_or_none()
        if row is None or row.document is None:
            return None
        names = (f"{row.first_name} {row.last_name}", row.first_name, row.last_name)
        return Work(result=row[0], trial=row[1], document=row.document, names=names)

    async def answer(self, result_id: uuid.UUID, side: Side, answer: Mapping[str, Any]) -> None:
        """Keep what one side came to; the first answer counts."""
        column = PromptTrialResult.current_answer if side is Side.CURRENT else PromptTrialResult.new_answer
        await self._session.execute(
            update(PromptTrialResult)
            .where(PromptTrialResult.id == result_id, column.is_(None), *_open())
            .values({column: answer})
        )

    async def finish(self, result_id: uuid.UUID, *, fault: str | None = None) -> None:
        """End a result that is open."""
        await self._session.execute(
            update(PromptTrialResult)
            .where(PromptTrialResult.id == result_id, *_open())
            .values(finished_at=utc_now(), fault=fault)
        )

    async def reopen(self, result_id: uuid.UUID) -> None:
        """Make a result that was given up wait again, with the answers it has."""
        await self._session.execute(
            update(PromptTrialResult)
            .where(PromptTrialResult.id == result_id, PromptTrialResult.fault.is_not(None))
            .values(finished_at=None, fault=None)
        )

    async def unfinished(self, before: datetime) -> Sequence[uuid.UUID]:
        """The results, some hundreds at most, that have been waiting since before this time."""
        statement: Select[uuid.UUID] = (
            select(PromptTrialResult.id)
            .join(PromptTrial, PromptTrial.id == PromptTrialResult.trial_id)
            .where(PromptTrial.created_at < before, *_open())
            .order_by(PromptTrialResult.id)
            .limit(UNFINISHED)
        )
        return (await self._session.scalars(statement)).all()


def _open() -> tuple[ColumnElement[bool], ...]:
    running = select(PromptTrial.id).where(PromptTrial.cancelled_at.is_(None)).correlate(None)
    return PromptTrialResult.finished_at.is_(None), PromptTrialResult.trial_id.in_(running)
