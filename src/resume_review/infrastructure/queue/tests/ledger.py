"""A job that writes down what happens to it."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable

from resume_review.database.session import Database, driver_connection
from resume_review.infrastructure.queue import JobDefinition, JobQueue, Priority

NAME = "test.job"


class Ledger:
    """What happened to the jobs, and a bell that rings at every change."""

    def __init__(self) -> None:
        self.runs: list[uuid.UUID] = []
        self.given_up: list[tuple[uuid.UUID, str]] = []
        self._changed = asyncio.Condition()

    async def ran(self, subject: uuid.UUID) -> None:
        self.runs.append(subject)
        await self._ring()

    async def gave_up(self, subject: uuid.UUID, reason: str) -> None:
        self.given_up.append((subject, reason))
        await self._ring()

    async def until(self, done: Callable[[], bool]) -> None:
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(done)

    async def _ring(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def definition(
        self, run: Callable[[uuid.UUID], Awaitable[None]] | None = None, *, runs: int = 3
    ) -> JobDefinition:
        return JobDefinition(
            name=NAME, run=run or self.ran, give_up=self.gave_up, max_runs=runs, wait_seconds=0
        )


async def send(
    database: Database,
    subject: uuid.UUID,
    priority: Priority = Priority.INTERACTIVE,
    *,
    owner: uuid.UUID | None = None,
) -> None:
    async with database.transaction() as session:
        connection = await driver_connection(session)
        await JobQueue().enqueue(connection, NAME, subject=subject, owner=owner, priority=priority)
