"""A database that is away for a while costs no job one of its runs."""

import asyncio
import uuid

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from resume_review.core.ids import new_id
from resume_review.database.session import Database
from resume_review.infrastructure.queue import JobWorker
from resume_review.infrastructure.queue.outages import outlast_outages
from resume_review.infrastructure.queue.tests.ledger import Ledger, send

pytestmark = pytest.mark.integration


def lost() -> OperationalError:
    return OperationalError("SELECT 1", {}, psycopg.OperationalError("server closed the connection"))


async def test_53_a_job_outlasts_an_outage_without_using_up_its_runs(
    committed_database: Database, conninfo: str
) -> None:
    ledger, subject = Ledger(), new_id()

    async def work(working: uuid.UUID) -> None:
        await ledger.ran(working)
        if len(ledger.runs) < 3:
            raise lost()

    await send(committed_database, subject)
    async with JobWorker(conninfo, [ledger.definition(work, runs=1)], concurrency=1).running():
        await ledger.until(lambda: len(ledger.runs) == 3)

    assert ledger.given_up == []


async def test_53_an_outage_without_end_is_a_fault_of_the_run() -> None:
    async def work(_: uuid.UUID) -> None:
        raise lost()

    with pytest.raises(OperationalError):
        await outlast_outages(work, new_id(), patience=0)


async def test_53_a_worker_outlives_a_chore_that_met_the_outage(
    committed_database: Database, conninfo: str
) -> None:
    ledger, subject = Ledger(), new_id()
    faults = [lost()]

    async def chore() -> None:
        if faults:
            raise faults.pop()
        await send(committed_database, subject)
        await asyncio.Event().wait()

    worker = JobWorker(conninfo, [ledger.definition()], concurrency=1, alongside=[chore])
    async with worker.running():
        await ledger.until(lambda: bool(ledger.runs))

    assert ledger.runs == [subject]
