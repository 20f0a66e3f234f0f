import uuid
from collections.abc import Sequence
from datetime import datetime

import pytest

from resume_review.core.ids import new_id
from resume_review.database.session import Database
from resume_review.infrastructure.queue import JobDefinition, JobWorker, Priority
from resume_review.infrastructure.queue.tests.ledger import NAME, Ledger, send

pytestmark = pytest.mark.integration


async def send_many(
    database: Database, number: int, owner: uuid.UUID, priority: Priority = Priority.BULK
) -> list[uuid.UUID]:
    subjects = [new_id() for _ in range(number)]
    for subject in subjects:
        await send(database, subject, priority, owner=owner)
    return subjects


async def run_all(conninfo: str, number: int) -> list[uuid.UUID]:
    ledger = Ledger()
    async with JobWorker(conninfo, [ledger.definition()], concurrency=1).running():
        await ledger.until(lambda: len(ledger.runs) == number)
    return ledger.runs


async def test_owners_take_turns_whoever_sent_more(committed_database: Database, conninfo: str) -> None:
    many = await send_many(committed_database, 20, new_id())
    few = await send_many(committed_database, 3, new_id())

    order = await run_all(conninfo, 23)

    assert order == [many[0], few[0], many[1], few[1], many[2], few[2], *many[3:]]


async def test_somebody_waiting_comes_before_all_bulk_work(
    committed_database: Database, conninfo: str
) -> None:
    bulk = await send_many(committed_database, 5, new_id())
    interactive = await send_many(committed_database, 2, new_id(), Priority.INTERACTIVE)

    order = await run_all(conninfo, 7)

    assert order == [*interactive, *bulk]


async def test_a_newcomer_does_not_catch_up_on_what_others_had_done_before(
    committed_database: Database, conninfo: str
) -> None:
    early = await send_many(committed_database, 6, new_id())
    ledger = Ledger()
    newcomer = new_id()
    late: list[uuid.UUID] = []

    async def run(subject: uuid.UUID) -> None:
        if subject == early[2]:
            late.extend(await send_many(committed_database, 2, newcomer))
        await ledger.ran(subject)

    async with JobWorker(conninfo, [ledger.definition(run)], concurrency=1).running():
        await ledger.until(lambda: len(ledger.runs) == 8)

    assert ledger.runs == [*early[:4], late[0], early[4], late[1], early[5]]


async def test_51_a_row_that_waits_without_a_job_gets_one(
    committed_database: Database, conninfo: str
) -> None:
    ledger, forgotten, sent = Ledger(), new_id(), new_id()

    async def unfinished(_before: datetime) -> Sequence[uuid.UUID]:
        return [subject for subject in (forgotten, sent) if subject not in ledger.runs]

    plain = ledger.definition()
    definition = JobDefinition(name=NAME, run=plain.run, give_up=plain.give_up, unfinished=unfinished)
    await send(committed_database, sent)

    async with JobWorker(conninfo, [definition], concurrency=1).running():
        await ledger.until(lambda: len(ledger.runs) == 2)

    assert set(ledger.runs) == {forgotten, sent}
