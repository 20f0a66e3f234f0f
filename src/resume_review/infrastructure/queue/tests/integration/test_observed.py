"""What is counted of jobs, and how they lead back to the request that sent them."""

import uuid

import psycopg
import pytest
import structlog

from resume_review.core.ids import new_id
from resume_review.database.session import Database
from resume_review.infrastructure.monitoring.metrics import REGISTRY
from resume_review.infrastructure.queue import JobWorker
from resume_review.infrastructure.queue.tests.ledger import NAME, Ledger, send

pytestmark = pytest.mark.integration


def ended(outcome: str) -> float:
    return REGISTRY.get_sample_value("resume_review_jobs_total", {"task": NAME, "outcome": outcome}) or 0.0


async def test_runs_count_by_their_outcome(committed_database: Database, conninfo: str) -> None:
    ledger, before = Ledger(), (ended("done"), ended("failed"))

    async def fail_once(subject: uuid.UUID) -> None:
        await ledger.ran(subject)
        if len(ledger.runs) == 1:
            raise ValueError("no")

    await send(committed_database, new_id())
    async with JobWorker(conninfo, [ledger.definition(fail_once)], concurrency=1).running():
        await ledger.until(lambda: len(ledger.runs) == 2)

    assert (ended("done") - before[0], ended("failed") - before[1]) == (1, 1)


async def test_a_job_logs_under_the_request_that_sent_it(committed_database: Database, conninfo: str) -> None:
    ledger, request_id = Ledger(), str(new_id())
    bound: dict[str, object] = {}

    async def look(subject: uuid.UUID) -> None:
        bound.update(structlog.contextvars.get_contextvars())
        await ledger.ran(subject)

    with structlog.contextvars.bound_contextvars(request_id=request_id):
        await send(committed_database, new_id())
    async with JobWorker(conninfo, [ledger.definition(look)], concurrency=1).running():
        await ledger.until(lambda: bool(ledger.runs))

    assert (bound["request_id"], bound["job"]) == (request_id, NAME)


async def test_a_mark_of_a_newer_sender_is_ignored(committed_database: Database, conninfo: str) -> None:
    ledger = Ledger()
    await send(committed_database, new_id())
    async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as connection:
        await connection.execute("""UPDATE procrastinate_jobs SET args = args || '{"unheard_of": 1}'""")

    async with JobWorker(conninfo, [ledger.definition()], concurrency=1).running():
        await ledger.until(lambda: bool(ledger.runs))

    assert len(ledger.runs) == 1
