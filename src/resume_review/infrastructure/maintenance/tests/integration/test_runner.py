import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from resume_review.database.session import Database
from resume_review.infrastructure.maintenance import Maintenance, MaintenanceTask

pytestmark = pytest.mark.integration

HOURLY = timedelta(hours=1)


class Chore:
    def __init__(self, fault: Exception | None = None) -> None:
        self.runs = 0
        self._fault = fault

    async def __call__(self) -> None:
        self.runs += 1
        if self._fault:
            raise self._fault


async def run_in_processes(database: Database, task: MaintenanceTask, number: int) -> None:
    """As so many processes would, each with a runner of its own."""
    await asyncio.gather(*(Maintenance(database, [task]).run_due() for _ in range(number)))


async def test_one_of_many_runners_does_a_due_chore(committed_database: Database) -> None:
    chore = Chore()

    await run_in_processes(committed_database, MaintenanceTask("sweep", HOURLY, chore), 8)

    assert chore.runs == 1


async def test_a_chore_comes_round_again(committed_database: Database) -> None:
    chore = Chore()
    runner = Maintenance(committed_database, [MaintenanceTask("sweep", timedelta(0), chore)])

    await runner.run_due()
    await runner.run_due()

    assert chore.runs == 2


async def test_a_failing_chore_is_kept_with_its_fault_and_the_next_one_done(
    committed_database: Database,
) -> None:
    failing, other = Chore(ValueError("private words")), Chore()
    runner = Maintenance(
        committed_database,
        [MaintenanceTask("failing", HOURLY, failing), MaintenanceTask("other", HOURLY, other)],
    )

    done = await runner.run_due()

    async with committed_database.transaction() as session:
        fault = await session.scalar(text("SELECT fault FROM maintenance_runs WHERE name = 'failing'"))
    assert (done, other.runs, fault) == (["other"], 1, "ValueError")


async def test_a_chore_of_a_dead_process_is_free_after_the_longest_run(committed_database: Database) -> None:
    chore = Chore()
    async with committed_database.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO maintenance_runs (name, started_at) VALUES ('dead', now() - interval '2 hours')"
            )
        )
        await session.execute(
            text(
                "INSERT INTO maintenance_runs (name, started_at) VALUES ('busy', now() - interval '1 minute')"
            )
        )
    every = timedelta(seconds=1)
    runner = Maintenance(
        committed_database, [MaintenanceTask("dead", every, chore), MaintenanceTask("busy", every, chore)]
    )

    assert await runner.run_due() == ["dead"]
