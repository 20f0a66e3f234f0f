"""Trying prompts on resumes: what is asked for, how far it has come, and what came of it."""

import uuid
from collections.abc import Sequence

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import EngineFacts, Locale, Prompt, TrialAnswer, from_data
from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction, EntityType
from resume_review.database.models import PromptTrial, PromptTrialResult, User
from resume_review.database.session import driver_connection
from resume_review.features.audit import record_activity
from resume_review.features.auth import record_view
from resume_review.features.prompt_trials.comparing import difference, figures, means, side
from resume_review.features.prompt_trials.errors import (
    IndustryUnknownError,
    NoModelError,
    OtherPromptError,
    ResumesNotFoundError,
    ResumesUnreadError,
    TrialEndedError,
    TrialNotFoundError,
)
from resume_review.features.prompt_trials.repository import TrialRepository
from resume_review.features.prompt_trials.schemas import (
    ResumeResult,
    TrialDetail,
    TrialItem,
    TrialResults,
    TrialStart,
    TrialState,
    TriedPrompt,
)
from resume_review.features.prompts import PromptNotFoundError, PromptText, find_prompt, prompt_of
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.queue import JobQueue, Priority
from resume_review.rubric import UnknownIndustryError, resolve_industry

TRIAL_JOB = "prompts.trial"


class TrialService:
    """Works in the given session for one administrator and commits nothing."""

    def __init__(
        self, session: AsyncSession, admin: User, *, queue: JobQueue, engine: EngineFacts, client: ClientInfo
    ) -> None:
        """`engine` is what the workers judge with."""
        self._session = session
        self._admin = admin
        self._queue = queue
        self._engine = engine
        self._client = client
        self._trials = TrialRepository(session)

    async def start(self, body: TrialStart) -> TrialItem:
        """Send one job for each resume, behind the reviews that somebody waits for.

        Raises:
            NoModelError: The workers ask no model themselves.
            IndustryUnknownError: Unknown industry.
            PromptNotFoundError: Unknown prompt.
            VersionNotFoundError: It has no such version.
            InvalidPromptError: The draft would not work.
            OtherPromptError: The draft is not a version of this prompt.
            ResumesNotFoundError: Some resumes do not exist.
            ResumesUnreadError: Some resumes have no text.
        """
        if not self._engine.models:
            raise NoModelError
        industry = _industry(body.industry)
        current = await self._current(body)
        new = await self._new(body, current)
        await self._require_read(body.resume_ids)
        trial = PromptTrial(
            name=body.name,
            locale=body.locale.value,
            industry=industry,
            current_prompt=current.as_data(),
            new_prompt=new.as_data(),
            created_by_user_id=self._admin.id,
        )
        results = [
            PromptTrialResult(trial_id=trial.id, resume_id=resume_id, position=position)
            for position, resume_id in enumerate(body.resume_ids)
        ]
        await self._trials.add(trial, results)
        connection = await driver_connection(self._session)
        for result in results:
            await self._queue.enqueue(
                connection, TRIAL_JOB, subject=result.id, owner=self._admin.id, priority=Priority.BULK
            )
        self._record(ActivityAction.START, trial, body.resume_ids)
        return _item(trial, total=len(results), done=0)

    async def page(self, *, page: int, page_size: int) -> tuple[list[TrialItem], int]:
        """One page, newest first, and how many trials there are."""
        trials, total = await self._trials.page(limit=page_size, offset=(page - 1) * page_size)
        counts = await self._trials.counts([trial.id for trial in trials])
        items: list[TrialItem] = []
        for trial in trials:
            # Resumes that were erased meanwhile took their results with them.
            rows, done = counts.get(trial.id, (0, 0))
            items.append(_item(trial, total=rows, done=done))
        return items, total

    async def show(self, trial_id: uuid.UUID) -> TrialDetail:
        """How a trial stands, in figures.

        Raises:
            TrialNotFoundError: Unknown id.
        """
        trial = await self._get(trial_id)
        rows = await self._trials.results([trial_id])
        answers = [(_answer(row.current_answer), _answer(row.new_answer)) for row in rows]
        both = [difference(current, new) for current, new in answers if current and new]
        item = _item(trial, total=len(rows), done=sum(row.finished_at is not None for row in rows))
        return TrialDetail(
            **item.model_dump(),
            current_figures=figures([current for current, _ in answers if current]),
            new_figures=figures([new for _, new in answers if new]),
            steps=means(one.steps for one in both),
            points=means(one.points for one in both),
        )

    async def results(self, trial_id: uuid.UUID) -> TrialResults:
        """What both prompts said of each resume; noted as a look at these resumes.

        Raises:
            TrialNotFoundError: Unknown id.
        """
        trial = await self._get(trial_id)
        rows = await self._trials.results([trial_id])
        for row in rows:
            record_view(
                self._session,
                EntityType.RESUME,
                row.resume_id,
                user_id=self._admin.id,
                client=self._client,
            )
        return TrialResults(results=[_result(trial, row) for row in rows])

    async def cancel(self, trial_id: uuid.UUID) -> None:
        """Stop a trial; what was answered stays.

        Raises:
            TrialNotFoundError: Unknown id.
            TrialEndedError: Nothing of it is left to do.
        """
        trial = await self._get(trial_id, lock=True)
        rows = await self._trials.results([trial_id])
        unfinished = [row for row in rows if row.finished_at is None]
        if trial.cancelled_at is not None or not unfinished:
            raise TrialEndedError
        trial.cancelled_at = utc_now()
        await self._queue.cancel_all(await driver_connection(self._session), [row.id for row in unfinished])
        self._record(ActivityAction.CANCEL, trial, [row.resume_id for row in unfinished])

    async def _get(self, trial_id: uuid.UUID, *, lock: bool = False) -> PromptTrial:
        trial = await self._trials.get(trial_id, lock=lock)
        if trial is None:
            raise TrialNotFoundError
        return trial

    async def _current(self, body: TrialStart) -> Prompt:
        """The version to compare with; an industry without a prompt of its own has the general one."""
        try:
            return await find_prompt(self._session, body.name, body.locale, body.against)
        except PromptNotFoundError:
            general, colon, _ = body.name.partition(":")
            if not colon or body.against is not None:
                raise
            return await find_prompt(self._session, general, body.locale, None)

    async def _new(self, body: TrialStart, current: Prompt) -> Prompt:
        if body.version is not None:
            new = await find_prompt(self._session, body.name, body.locale, body.version)
        else:
            new = prompt_of(PromptText(yaml=body.yaml, body=body.body))
        metadata = new.metadata
        if (metadata.name, metadata.locale) != (body.name, body.locale):
            raise OtherPromptError
        if metadata.agent is not current.metadata.agent:
            raise OtherPromptError
        return new

    async def _require_read(self, resume_ids: Sequence[uuid.UUID]) -> None:
        known = await self._trials.readable(resume_ids)
        if missing := [str(one) for one in resume_ids if one not in known]:
            raise ResumesNotFoundError(f"These resumes do not exist: {', '.join(missing)}.")
        if unread := [str(one) for one in resume_ids if not known[one]]:
            raise ResumesUnreadError(
                f"These resumes have not been read: {', '.join(unread)}. Wait, or leave them out."
            )

    def _record(self, action: ActivityAction, trial: PromptTrial, resume_ids: Sequence[uuid.UUID]) -> None:
        record_activity(
            self._session,
            action,
            entity=EntityType.PROMPT,
            entity_id=trial.id,
            user_id=self._admin.id,
            client=self._client,
            new={
                "trial": trial.name,
                "locale": trial.locale,
                "industry": trial.industry,
                "current": trial.current_prompt["metadata"]["version"],
                "new": trial.new_prompt["metadata"]["version"],
                "resume_ids": [str(one) for one in resume_ids],
            },
        )


async def reopen_result(session: AsyncSession, result_id: uuid.UUID) -> None:
    """Take back that a result was given up, for a job that is sent back."""
    await TrialRepository(session).reopen(result_id)


def _industry(code: str) -> str:
    try:
        return resolve_industry(code).value
    except UnknownIndustryError as error:
        raise IndustryUnknownError(str(error)) from None


def _answer(stored: dict[str, object] | None) -> TrialAnswer | None:
    return None if stored is None else msgspec.convert(stored, TrialAnswer)


def _item(trial: PromptTrial, *, total: int, done: int) -> TrialItem:
    state = TrialState.COMPLETED if done == total else TrialState.RUNNING
    return TrialItem(
        id=trial.id,
        name=trial.name,
        locale=Locale(trial.locale),
        industry=trial.industry,
        current=_tried(trial.current_prompt),
        new=_tried(trial.new_prompt),
        state=state if trial.cancelled_at is None else TrialState.CANCELLED,
        done=done,
        total=total,
        created_at=trial.created_at,
    )


def _tried(stored: dict[str, object]) -> TriedPrompt:
    prompt = from_data(stored)
    return TriedPrompt(version=prompt.metadata.version, content_hash=prompt.content_hash)


def _result(trial: PromptTrial, row: PromptTrialResult) -> ResumeResult:
    current, new = _answer(row.current_answer), _answer(row.new_answer)
    return ResumeResult(
        resume_id=row.resume_id,
        state=_state(trial, row),
        fault=row.fault,
        current=side(current) if current else None,
        new=side(new) if new else None,
        difference=difference(current, new) if current and new else None,
    )


def _state(trial: PromptTrial, row: PromptTrialResult) -> TrialState:
    if row.finished_at is not None:
        return TrialState.FAILED if row.fault else TrialState.COMPLETED
    return TrialState.RUNNING if trial.cancelled_at is None else TrialState.CANCELLED
