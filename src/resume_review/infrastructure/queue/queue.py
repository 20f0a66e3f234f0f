"""The sending side of the queue."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from psycopg import AsyncConnection

from resume_review.infrastructure.monitoring.origin import current_origin
from resume_review.infrastructure.queue.definition import BAND, Lane, Priority

# Owners take turns: a job gets the rank after its owner's last waiting one, but never a better rank than the job
# that is next in line, or a newcomer would overtake everybody for all the time they were away.
_RANK = """
    SELECT greatest(%(floor)s, least(
        (SELECT min(priority) - 1 FROM procrastinate_jobs
         WHERE status = 'todo' AND args ->> 'owner' = %(owner)s AND priority > %(floor)s AND priority <= %(top)s),
        (SELECT priority FROM procrastinate_jobs
         WHERE status = 'todo' AND scheduled_at IS NULL AND priority > %(floor)s AND priority <= %(top)s
         ORDER BY priority DESC LIMIT 1),
        %(top)s))
"""
_WAITS = """
    SELECT EXISTS (SELECT FROM procrastinate_jobs
                   WHERE task_name = %(job)s AND args ->> 'subject' = %(subject)s
                     AND status::text = ANY(%(states)s))
"""
_CANCEL = """
    SELECT procrastinate_cancel_job_v1(id, true, true) FROM procrastinate_jobs
    WHERE task_name = %(job)s AND args ->> 'subject' = %(subject)s AND status IN ('todo', 'doing')
"""

_CANCEL_ALL = """
    SELECT procrastinate_cancel_job_v1(id, true, true) FROM procrastinate_jobs
    WHERE args ->> 'subject' = ANY(%(subjects)s) AND status IN ('todo', 'doing')
"""


class JobQueue:
    """Sends jobs and takes them back; both happen once the open transaction commits, and not before.

    Higher priority runs first. Inside a priority, owners take turns, one job each, whoever sent how many: three
    hundred files of one consultant delay a colleague's first file by one job and not by three hundred.
    """

    def __init__(self) -> None:
        # Never opened: every job travels on the connection of the transaction that sends it.
        self._app = App(connector=PsycopgConnector())

    async def enqueue(
        self,
        connection: AsyncConnection[Any],
        job: str,
        *,
        subject: uuid.UUID,
        owner: uuid.UUID | None = None,
        priority: Priority = Priority.INTERACTIVE,
        lane: Lane = Lane.WORK,
        not_before: datetime | None = None,
    ) -> None:
        """Send the job for the row with this id, in the transaction that is open on the connection.

        `owner` is whom the job is done for; jobs without one come next in their band. The job keeps the ids of the
        request and the span in which it is sent.

        Raises:
            psycopg.Error: The database refused it or is gone.
        """
        rank = await self._rank(connection, owner, priority)
        deferrer = self._app.configure_task(
            name=job, priority=rank, queue=lane.value, schedule_at=not_before, connection=connection
        )
        marks: dict[str, Any] = {} if owner is None else {"owner": str(owner)}
        if origin := current_origin():
            marks["origin"] = origin
        try:
            await deferrer.defer_async(subject=str(subject), **marks)
        except ConnectorException as error:
            # As every other statement of the transaction fails, so that a full disk is told from a fault of ours.
            if isinstance(error.__cause__, psycopg.Error):
                raise error.__cause__ from None
            raise

    async def waits(
        self, connection: AsyncConnection[Any], job: str, subject: uuid.UUID, *, or_runs: bool = False
    ) -> bool:
        """Whether a job for this row waits to be started, now or later, or is running where that counts too."""
        states = ["todo", "doing"] if or_runs else ["todo"]
        cursor = await connection.execute(_WAITS, {"job": job, "subject": str(subject), "states": states})
        row = await cursor.fetchone()
        return row is not None and bool(row[0])

    async def cancel(self, connection: AsyncConnection[Any], job: str, subject: uuid.UUID) -> bool:
        """Take back the job for this row: a waiting one is deleted, a running one is cancelled where it runs.

        The running task gets its `CancelledError` within a second of the commit and is not tried again; `give_up`
        is not called, as whoever cancels knows. Returns whether there was a job.
        """
        cursor = await connection.execute(_CANCEL, {"job": job, "subject": str(subject)})
        return cursor.rowcount > 0

    async def cancel_all(self, connection: AsyncConnection[Any], subjects: Sequence[uuid.UUID]) -> int:
        """Take back every job for these rows, as `cancel` does for one; how many there were."""
        values = {"subjects": [str(subject) for subject in subjects]}
        return (await connection.execute(_CANCEL_ALL, values)).rowcount

    @staticmethod
    async def _rank(connection: AsyncConnection[Any], owner: uuid.UUID | None, priority: Priority) -> int:
        values = {"owner": str(owner) if owner else None, "top": int(priority), "floor": priority - BAND}
        cursor = await connection.execute(_RANK, values)
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])
