"""Rows of the queue's own tables; written in SQL because their models belong to Procrastinate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.features.jobs.schemas import JobState
from resume_review.infrastructure.queue import Lane

LIVE_SECONDS = 10

_STATUS = {JobState.WAITING: "todo", JobState.RUNNING: "doing", JobState.FAILED: "failed"}
_COLUMNS = """
    job.id, job.task_name AS job, job.args ->> 'subject' AS subject, job.args ->> 'owner' AS owner,
    CASE job.status WHEN 'todo' THEN 'waiting' WHEN 'doing' THEN 'running' ELSE 'failed' END AS state,
    job.attempts AS runs, job.scheduled_at AS not_before, failure.failed_at, failure.reason,
    (SELECT min(event.at) FROM procrastinate_events AS event WHERE event.job_id = job.id) AS waiting_since
"""
_PAGE = text(f"""
    SELECT {_COLUMNS} FROM procrastinate_jobs AS job LEFT JOIN job_failures AS failure ON failure.job_id = job.id
    WHERE job.status = ANY(CAST(:statuses AS procrastinate_job_status[]))
    ORDER BY job.id DESC LIMIT :limit OFFSET :offset
""")  # noqa: S608 - the columns are ours
_ONE = text(f"""
    SELECT {_COLUMNS} FROM procrastinate_jobs AS job LEFT JOIN job_failures AS failure ON failure.job_id = job.id
    WHERE job.id = :id AND job.status IN ('todo', 'doing', 'failed') FOR UPDATE OF job
""")  # noqa: S608 - the columns are ours
_STATE = text("""
    SELECT count(*) FILTER (WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())) AS waiting,
           count(*) FILTER (WHERE status = 'todo' AND scheduled_at > now()) AS scheduled,
           count(*) FILTER (WHERE status = 'doing') AS running,
           count(*) FILTER (WHERE status = 'failed') AS failed,
           (SELECT extract(epoch FROM now() - min(coalesce(due.scheduled_at, sent.at)))
            FROM procrastinate_jobs AS due
            JOIN LATERAL (SELECT min(at) AS at FROM procrastinate_events WHERE job_id = due.id) AS sent ON true
            WHERE due.status = 'todo' AND (due.scheduled_at IS NULL OR due.scheduled_at <= now())
           ) AS oldest_waiting_seconds,
           (SELECT count(*) FROM procrastinate_workers
            WHERE last_heartbeat > now() - make_interval(secs => :live)) AS live_workers
    FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed')
""")
# Numbers rise with time, so the oldest job that is not put off is the one with the lowest.
_LANES = text("""
    WITH lanes AS (
        SELECT queue_name AS lane,
               count(*) FILTER (WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())) AS waiting,
               count(*) FILTER (WHERE status = 'todo' AND scheduled_at > now()) AS scheduled,
               count(*) FILTER (WHERE status = 'doing') AS running,
               count(*) FILTER (WHERE status = 'failed') AS failed,
               min(id) FILTER (WHERE status = 'todo' AND scheduled_at IS NULL) AS first_sent,
               min(scheduled_at) FILTER (WHERE status = 'todo' AND scheduled_at <= now()) AS first_due
        FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') GROUP BY queue_name)
    SELECT lane, waiting, scheduled, running, failed,
           greatest(0, extract(epoch FROM now() - least(
               first_due, (SELECT min(at) FROM procrastinate_events WHERE job_id = first_sent)
           )))::float8 AS oldest_waiting_seconds,
           (SELECT count(*) FROM procrastinate_workers
            WHERE last_heartbeat > now() - make_interval(secs => :live)) AS live_workers
    FROM (VALUES (:work), (:service)) AS known (lane) LEFT JOIN lanes USING (lane)
""")
# A job that a person sends back starts again with all its runs.
_RETRY = text("""
    UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL, worker_id = NULL
    WHERE id = :id AND status = 'failed' RETURNING id
""")
_FORGET_REASON = text("DELETE FROM job_failures WHERE job_id = :id")
_DELETE = text("DELETE FROM procrastinate_jobs WHERE id = :id AND status IN ('todo', 'failed') RETURNING id")


@dataclass(frozen=True)
class QueueState:
    """The queue in numbers; jobs that are not due yet count as `scheduled`.

    `oldest_waiting_seconds` is how long the oldest due job has waited, null without one; `live_workers` counts
    heartbeats, one for each lane of each worker process.
    """

    waiting: int
    scheduled: int
    running: int
    failed: int
    oldest_waiting_seconds: float | None
    live_workers: int


async def queue_state(session: AsyncSession) -> QueueState:
    """How the queue stands now."""
    row = (await session.execute(_STATE, {"live": LIVE_SECONDS})).mappings().one()
    oldest = row["oldest_waiting_seconds"]
    return QueueState(
        waiting=row["waiting"],
        scheduled=row["scheduled"],
        running=row["running"],
        failed=row["failed"],
        oldest_waiting_seconds=None if oldest is None else max(0.0, float(oldest)),
        live_workers=row["live_workers"],
    )


async def lane_states(session: AsyncSession) -> Mapping[Lane, QueueState]:
    """How each lane stands now, in one query; `live_workers` counts all lanes."""
    values = {"live": LIVE_SECONDS, "work": Lane.WORK.value, "service": Lane.SERVICE.value}
    rows = (await session.execute(_LANES, values)).mappings().all()
    return {
        Lane(row["lane"]): QueueState(
            waiting=row["waiting"] or 0,
            scheduled=row["scheduled"] or 0,
            running=row["running"] or 0,
            failed=row["failed"] or 0,
            oldest_waiting_seconds=row["oldest_waiting_seconds"],
            live_workers=row["live_workers"],
        )
        for row in rows
    }


class JobRepository:
    """Reads and writes jobs; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def page(self, state: JobState | None, *, limit: int, offset: int) -> Sequence[RowMapping]:
        """Jobs of this state, or of all, newest first."""
        wanted = list(_STATUS.values()) if state is None else [_STATUS[state]]
        values: dict[str, Any] = {"statuses": wanted, "limit": limit, "offset": offset}
        return (await self._session.execute(_PAGE, values)).mappings().all()

    async def get(self, job_id: int) -> RowMapping | None:
        """One job, locked for a change."""
        return (await self._session.execute(_ONE, {"id": job_id})).mappings().one_or_none()

    async def retry(self, job_id: int) -> bool:
        """Send a failed job back; whether it was one."""
        found = (await self._session.execute(_RETRY, {"id": job_id})).scalar() is not None
        await self._session.execute(_FORGET_REASON, {"id": job_id})
        return found

    async def drop(self, job_id: int) -> bool:
        """Delete a job that does not run; whether it was one."""
        found = (await self._session.execute(_DELETE, {"id": job_id})).scalar() is not None
        await self._session.execute(_FORGET_REASON, {"id": job_id})
        return found
