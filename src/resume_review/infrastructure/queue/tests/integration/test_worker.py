import asyncio
import uuid

import psycopg
import pytest
from sqlalchemy import text

from resume_review.core.ids import new_id
from resume_review.database.session import Database, driver_connection
from resume_review.infrastructure.queue import JobQueue, JobWorker, Priority
from resume_review.infrastructure.queue.tests.ledger import NAME, Ledger, send

pytestmark = pytest.mark.integration


async def test_a_sent_job_runs_once(committed_database: Database, conninfo: str) -> None:
    ledger, subject = Ledger(), new_id()
    await send(committed_database, subject)

    async with JobWorker(conninfo, [ledger.definition()], concurrency=2).running():
        await ledger.until(lambda: bool(ledger.runs))

    assert ledger.runs == [subject]


async def test_a_job_of_a_rolled_back_transaction_never_existed(
    committed_database: Database, conninfo: str
) -> None:
    ledger, sent, undone = Ledger(), new_id(), new_id()
    with pytest.raises(ZeroDivisionError):
        async with committed_database.transaction() as session:
            await JobQueue().enqueue(await driver_connection(session), NAME, subject=undone)
            raise ZeroDivisionError
    await send(committed_database, sent)

    async with JobWorker(conninfo, [ledger.definition()], concurrency=1).running():
        await ledger.until(lambda: bool(ledger.runs))

    assert ledger.runs == [sent]


async def test_higher_priority_runs_first(committed_database: Database, conninfo: str) -> None:
    ledger, bulk, interactive = Ledger(), new_id(), new_id()
    await send(committed_database, bulk, Priority.BULK)
    await send(committed_database, interactive, Priority.INTERACTIVE)

    async with JobWorker(conninfo, [ledger.definition()], concurrency=1).running():
        await ledger.until(lambda: len(ledger.runs) == 2)

    assert ledger.runs == [interactive, bulk]


async def test_a_failing_job_is_retried_then_given_up(committed_database: Database, conninfo: str) -> None:
    ledger, subject = Ledger(), new_id()

    async def fail(failing: uuid.UUID) -> None:
        await ledger.ran(failing)
        raise ValueError("no")

    await send(committed_database, subject)
    async with JobWorker(conninfo, [ledger.definition(fail, runs=2)], concurrency=1).running():
        await ledger.until(lambda: bool(ledger.given_up))

    assert ledger.runs == [subject, subject]
    assert ledger.given_up == [(subject, "It failed 2 times.")]


async def test_a_worker_outlives_its_database_connections(
    committed_database: Database, conninfo: str
) -> None:
    ledger, before, after = Ledger(), new_id(), new_id()
    await send(committed_database, before)
    async with JobWorker(conninfo, [ledger.definition()], concurrency=1).running():
        await ledger.until(lambda: before in ledger.runs)
        async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as connection:
            await connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        await send(committed_database, after)
        await ledger.until(lambda: after in ledger.runs)

    assert after in ledger.runs


async def test_a_job_cut_short_by_the_shutdown_goes_back_to_the_queue(
    committed_database: Database, conninfo: str
) -> None:
    ledger, subject = Ledger(), new_id()

    async def hang(hanging: uuid.UUID) -> None:
        await ledger.ran(hanging)
        await asyncio.Event().wait()

    await send(committed_database, subject)
    async with JobWorker(conninfo, [ledger.definition(hang)], concurrency=1, grace_seconds=0.1).running():
        await ledger.until(lambda: len(ledger.runs) == 1)
    async with JobWorker(conninfo, [ledger.definition()], concurrency=1).running():
        await ledger.until(lambda: len(ledger.runs) == 2)

    assert ledger.runs == [subject, subject]
    assert not ledger.given_up


async def abandon(database: Database, *, attempts: int) -> None:
    """Make every job look as if the worker that ran it had died."""
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL, attempts = :attempts"),
            {"attempts": attempts},
        )


async def test_a_job_of_a_dead_worker_is_rescued(committed_database: Database, conninfo: str) -> None:
    ledger, subject = Ledger(), new_id()
    await send(committed_database, subject)
    await abandon(committed_database, attempts=0)

    async with JobWorker(conninfo, [ledger.definition()], concurrency=1).running():
        await ledger.until(lambda: bool(ledger.runs))

    assert ledger.runs == [subject]


async def test_a_job_that_kills_every_worker_is_given_up_and_others_go_on(
    committed_database: Database, conninfo: str
) -> None:
    ledger, poison, harmless = Ledger(), new_id(), new_id()
    await send(committed_database, poison)
    await abandon(committed_database, attempts=2)
    await send(committed_database, harmless)

    async with JobWorker(conninfo, [ledger.definition()], concurrency=1).running():
        await ledger.until(lambda: bool(ledger.given_up and ledger.runs))

    assert ledger.given_up == [(poison, "Its worker died every time.")]
    assert ledger.runs == [harmless]
