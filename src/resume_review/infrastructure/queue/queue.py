"""The sending side of the queue."""

import uuid
from typing import Any

from procrastinate import App, PsycopgConnector
from psycopg import AsyncConnection

from resume_review.infrastructure.queue.definition import Priority


class JobQueue:
    """Sends jobs; a job exists once the transaction that sent it commits, and not before."""

    def __init__(self) -> None:
        # Never opened: every job travels on the connection of the transaction that sends it.
        self._app = App(connector=PsycopgConnector())

    async def enqueue(
        self,
        connection: AsyncConnection[Any],
        job: str,
        *,
        subject: uuid.UUID,
        priority: Priority = Priority.INTERACTIVE,
    ) -> None:
        """Send the job for the row with this id, in the transaction that is open on the connection."""
        deferrer = self._app.configure_task(name=job, priority=int(priority), connection=connection)
        await deferrer.defer_async(subject=str(subject))
