"""Looking after the queue."""

import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import ActivityAction, EntityType
from resume_review.database.models import User
from resume_review.features.audit import record_activity
from resume_review.features.jobs.errors import JobNotFailedError, JobNotFoundError, JobRunningError
from resume_review.features.jobs.repository import JobRepository, QueueState, queue_state
from resume_review.features.jobs.schemas import JobCounts, JobItem, JobList, JobQuery, JobState
from resume_review.infrastructure.http import ClientInfo

Reopen = Callable[[AsyncSession, uuid.UUID], Awaitable[None]]
"""Takes back that a job's row has failed, so that the job finds work; leaves a row that has not alone."""


class JobService:
    """Works in the given session for one administrator and commits nothing."""

    def __init__(
        self, session: AsyncSession, admin: User, *, reopen: Mapping[str, Reopen], client: ClientInfo
    ) -> None:
        """`reopen` holds what to do with the row of a job that is sent back, by the job's name."""
        self._session = session
        self._admin = admin
        self._reopen = reopen
        self._client = client
        self._jobs = JobRepository(session)

    async def page(self, query: JobQuery) -> JobList:
        """One page, newest first, with the state of the whole queue."""
        rows = await self._jobs.page(
            query.state, limit=query.page_size, offset=(query.page - 1) * query.page_size
        )
        state = await queue_state(self._session)
        return JobList(
            jobs=[JobItem.model_validate(dict(row)) for row in rows],
            total_count=_total(state, query.state),
            page=query.page,
            page_size=query.page_size,
            counts=JobCounts.model_validate(state, from_attributes=True),
        )

    async def retry(self, job_id: int) -> JobItem:
        """Send a failed job back with all its runs, and its row with it.

        Raises:
            JobNotFoundError: No such job.
            JobNotFailedError: It waits or runs.
        """
        row = await self._get(job_id)
        if not await self._jobs.retry(job_id):
            raise JobNotFailedError
        reopen = self._reopen.get(row["job"])
        if reopen is not None and row["subject"] is not None:
            await reopen(self._session, uuid.UUID(row["subject"]))
        self._record(ActivityAction.RETRY, row)
        return JobItem.model_validate(dict(await self._get(job_id)))

    async def drop(self, job_id: int) -> None:
        """Delete a job that waits or has failed; its row stays as it is.

        Raises:
            JobNotFoundError: No such job.
            JobRunningError: It runs.
        """
        row = await self._get(job_id)
        if not await self._jobs.drop(job_id):
            raise JobRunningError
        self._record(ActivityAction.DELETE, row)

    async def _get(self, job_id: int) -> Mapping[str, Any]:
        row = await self._jobs.get(job_id)
        if row is None:
            raise JobNotFoundError
        return {str(name): value for name, value in row.items()}

    def _record(self, action: ActivityAction, row: Mapping[str, Any]) -> None:
        subject = row["subject"]
        record_activity(
            self._session,
            action,
            entity=EntityType.JOB,
            entity_id=uuid.UUID(subject) if subject else None,
            user_id=self._admin.id,
            client=self._client,
            new={"job": row["job"], "number": row["id"]},
        )


def _total(state: QueueState, wanted: JobState | None) -> int:
    by_state = {
        JobState.WAITING: state.waiting + state.scheduled,
        JobState.RUNNING: state.running,
        JobState.FAILED: state.failed,
    }
    return sum(by_state.values()) if wanted is None else by_state[wanted]
