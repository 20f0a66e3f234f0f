import asyncio
import uuid

import pytest
from sqlalchemy import text

from resume_review.core.ids import new_id
from resume_review.database.session import Database, driver_connection
from resume_review.infrastructure.queue import JobQueue, JobWorker
from resume_review.infrastructure.queue.tests.ledger import NAME, Ledger, send

pytestmark = pytest.mark.integration


async def cancel(database: Database, subject: uuid.UUID) -> bool:
    async with database.transaction() as session:
        return await JobQueue().cancel(await driver_connection(session), NAME, subject)


async def test_50_a_cancelled_waiting_job_never_runs(committed_database: Database, conninfo: str) -> None:
    ledger, unwanted, wanted = Ledger(), new_id(), new_id()
    await send(committed_database, unwanted)
    await send(committed_database, wanted)

    cancelled = await cancel(committed_database, unwanted)
    async with JobWorker(conninfo, [ledger.definition()], concurrency=1).running():
        await ledger.until(lambda: wanted in ledger.runs)

    assert cancelled
    assert ledger.runs == [wanted]


async def test_50_a_cancelled_running_job_is_stopped_where_it_runs_and_not_tried_again(
    committed_database: Database, conninfo: str
) -> None:
    ledger, subject, after = Ledger(), new_id(), new_id()
    stopped = asyncio.Event()

    async def hang(hanging: uuid.UUID) -> None:
        await ledger.ran(hanging)
        try:
            await (asyncio.Event().wait() if hanging == subject else asyncio.sleep(0))
        except asyncio.CancelledError:
            stopped.set()
            raise

    await send(committed_database, subject)
    async with JobWorker(conninfo, [ledger.definition(hang)], concurrency=1).running():
        await ledger.until(lambda: subject in ledger.runs)
        await cancel(committed_database, subject)
        async with asyncio.timeout(5):
            await stopped.wait()
        await send(committed_database, after)
        await ledger.until(lambda: after in ledger.runs)

    assert ledger.runs == [subject, after]
    assert not ledger.given_up


async def test_50_a_cancel_that_is_rolled_back_changes_nothing(
    committed_database: Database, conninfo: str
) -> None:
    ledger, subject = Ledger(), new_id()
    await send(committed_database, subject)
    with pytest.raises(ZeroDivisionError):
        async with committed_database.transaction() as session:
            await JobQueue().cancel(await driver_connection(session), NAME, subject)
            raise ZeroDivisionError

    async with JobWorker(conninfo, [ledger.definition()], concurrency=1).running():
        await ledger.until(lambda: bool(ledger.runs))

    assert ledger.runs == [subject]


async def test_cancelling_what_has_no_job_says_so(committed_database: Database) -> None:
    assert not await cancel(committed_database, new_id())


async def test_52_a_job_that_was_given_up_keeps_its_reason(
    committed_database: Database, conninfo: str
) -> None:
    ledger = Ledger()

    async def fail(_subject: uuid.UUID) -> None:
        raise ValueError("secret words")

    await send(committed_database, new_id())
    async with JobWorker(conninfo, [ledger.definition(fail, runs=1)], concurrency=1).running():
        async with asyncio.timeout(10):
            while not await _reasons(committed_database):
                continue

    assert await _reasons(committed_database) == ["It failed 1 times. Last fault: ValueError."]


async def _reasons(database: Database) -> list[str]:
    async with database.transaction() as session:
        return list(await session.scalars(text("SELECT reason FROM job_failures")))
