"""Claims chores in the database and does them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import text

from resume_review.infrastructure.transactions import Transactions

log = structlog.get_logger(__name__)

LOOK_SECONDS = 15.0
LONGEST_RUN = timedelta(minutes=5)

# The row is the claim: whoever moves `started_at` has the chore for this period. A claim whose process died is
# free again once no run can last that long.
_CLAIM = text("""
    INSERT INTO maintenance_runs AS run (name, started_at) VALUES (:name, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET started_at = clock_timestamp(), finished_at = NULL, fault = NULL
        WHERE run.started_at <= clock_timestamp() - make_interval(secs => :every)
          AND (run.finished_at IS NOT NULL OR run.started_at <= clock_timestamp() - make_interval(secs => :longest))
    RETURNING true
""")
_FINISH = text(
    "UPDATE maintenance_runs SET finished_at = clock_timestamp(), fault = :fault WHERE name = :name"
)


@dataclass(frozen=True)
class MaintenanceTask:
    """A chore and how often it comes round; it must bear being cut short and done again."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[None]]


class Maintenance:
    """Does what is due, one chore after another."""

    def __init__(self, transactions: Transactions, tasks: Sequence[MaintenanceTask]) -> None:
        self._transactions = transactions
        self._tasks = tasks

    async def run(self) -> None:
        """Look for due chores until cancelled."""
        while True:
            await self.run_due()
            await asyncio.sleep(LOOK_SECONDS)

    async def run_due(self) -> list[str]:
        """Do what is due and nobody else is doing; returns the names of what was done here.

        A chore that fails is logged, kept with its fault and left until it comes round again.
        """
        return [task.name for task in self._tasks if await self._claimed(task) and await self._done(task)]

    async def _claimed(self, task: MaintenanceTask) -> bool:
        values = {
            "name": task.name,
            "every": task.every.total_seconds(),
            "longest": LONGEST_RUN.total_seconds(),
        }
        async with self._transactions.transaction() as session:
            return (await session.execute(_CLAIM, values)).scalar() is not None

    async def _done(self, task: MaintenanceTask) -> bool:
        fault: str | None = None
        try:
            async with asyncio.timeout(LONGEST_RUN.total_seconds()):
                await task.run()
        except Exception as error:
            fault = type(error).__name__
            log.exception("maintenance_failed", task=task.name, fault=fault)
        async with self._transactions.transaction() as session:
            await session.execute(_FINISH, {"name": task.name, "fault": fault})
        return fault is None
