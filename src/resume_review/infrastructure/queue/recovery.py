"""What dead workers, lost databases and restored backups leave behind, put right by whoever is alive."""

import asyncio
import uuid
from collections.abc import Mapping
from datetime import timedelta

import psycopg
import structlog
from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status

from resume_review.core.clock import utc_now
from resume_review.infrastructure.monitoring.metrics import JOBS_RESCUED
from resume_review.infrastructure.queue.definition import JobDefinition
from resume_review.infrastructure.queue.queue import JobQueue

log = structlog.get_logger(__name__)

STALLED_SECONDS = 5.0
RESCUE_SECONDS = 2.0
READOPT_SECONDS = 60.0
FORGOTTEN_AFTER = timedelta(minutes=1)

_NOTE_FAILURE = """
    INSERT INTO job_failures (job_id, reason, failed_at) VALUES (%(job_id)s, %(reason)s, now())
    ON CONFLICT (job_id) DO UPDATE SET reason = excluded.reason, failed_at = excluded.failed_at
"""
# Of several processes one readopts, the others have nothing to do.
_ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('resume_review.readopt'))"
_WITHOUT_JOB = """
    SELECT subject FROM unnest(%(subjects)s::text[]) AS subject
    WHERE NOT EXISTS (SELECT FROM procrastinate_jobs
                      WHERE task_name = %(job)s AND args ->> 'subject' = subject AND status IN ('todo', 'doing'))
"""


async def note_failure(app: App, job: Job, reason: str) -> None:
    """Keep why a job was given up, for the list of failed jobs."""
    await app.connector.execute_query_async(_NOTE_FAILURE, job_id=job.id, reason=reason)


class Recovery:
    """Rescues jobs of dead workers and gives a job to rows that wait for one in vain."""

    def __init__(self, app: App, conninfo: str, definitions: Mapping[str, JobDefinition]) -> None:
        self._app = app
        self._conninfo = conninfo
        self._definitions = definitions

    async def rescue(self) -> None:
        """Send jobs of workers without a heartbeat back to the queue, or give up on those that kill workers."""
        while True:
            for job in await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
                await self._rescue_one(job)
            await asyncio.sleep(RESCUE_SECONDS)

    async def readopt(self) -> None:
        """Send a new job for rows that should have one, at the start and from time to time."""
        while True:
            for definition in self._definitions.values():
                if definition.unfinished is not None:
                    subjects = await definition.unfinished(utc_now() - FORGOTTEN_AFTER)
                    await self._send_missing(definition, [str(subject) for subject in subjects])
            await asyncio.sleep(READOPT_SECONDS)

    async def _rescue_one(self, job: Job) -> None:
        definition = self._definitions.get(job.task_name)
        if definition is None or job.id is None:
            return
        last = job.attempts + 1 >= definition.max_runs
        JOBS_RESCUED.labels(job.task_name).inc()
        log.warning("job_rescued", job=job.task_name, run=job.attempts + 1, given_up=last)
        try:
            if last:
                reason = "Its worker died every time."
                await definition.give_up(uuid.UUID(str(job.task_kwargs["subject"])), reason)
                await note_failure(self._app, job, reason)
                await self._app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
            else:
                await self._app.job_manager.retry_job(job, retry_at=utc_now())
        except ConnectorException:
            # Another worker rescued it first, or the database went away, which the next query shows.
            log.info("rescue_skipped", job=job.task_name)

    async def _send_missing(self, definition: JobDefinition, subjects: list[str]) -> None:
        if not subjects:
            return
        async with await psycopg.AsyncConnection.connect(self._conninfo) as connection:
            alone = await (await connection.execute(_ALONE)).fetchone()
            if not (alone and alone[0]):
                return
            found = await connection.execute(_WITHOUT_JOB, {"job": definition.name, "subjects": subjects})
            missing = [uuid.UUID(row[0]) for row in await found.fetchall()]
            for subject in missing:
                await JobQueue().enqueue(connection, definition.name, subject=subject, lane=definition.lane)
        if missing:
            log.warning("jobs_readopted", job=definition.name, count=len(missing))
