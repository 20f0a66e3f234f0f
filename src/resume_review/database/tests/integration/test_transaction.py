"""Where a transaction ends: at the edge, once, and never half."""

import asyncio
import uuid

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from resume_review.database.models import User
from resume_review.database.session import Database, create_engine, driver_connection
from resume_review.testing.factories import make_user

pytestmark = pytest.mark.integration


class PlannedError(Exception):
    """Raised by a test in the middle of a unit of work."""


async def is_stored(database: Database, user_id: uuid.UUID) -> bool:
    async with database.transaction() as session:
        return await session.get(User, user_id) is not None


async def test_commits_when_the_block_ends(committed_database: Database) -> None:
    user = make_user()

    async with committed_database.transaction() as session:
        session.add(user)

    assert await is_stored(committed_database, user.id)


async def test_is_invisible_to_others_before_the_block_ends(committed_database: Database) -> None:
    user = make_user()

    async with committed_database.transaction() as session:
        session.add(user)
        await session.flush()
        seen = await is_stored(committed_database, user.id)

    assert not seen


async def test_rolls_back_when_the_block_raises(committed_database: Database) -> None:
    user = make_user()

    async def work() -> None:
        async with committed_database.transaction() as session:
            session.add(user)
            await session.flush()
            raise PlannedError

    with pytest.raises(PlannedError):
        await work()

    assert not await is_stored(committed_database, user.id)


async def test_rolls_back_when_the_task_is_cancelled(committed_database: Database) -> None:
    user, flushed = make_user(), asyncio.Event()

    async def work() -> None:
        async with committed_database.transaction() as session:
            session.add(user)
            await session.flush()
            flushed.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await flushed.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert not await is_stored(committed_database, user.id)


async def test_objects_stay_readable_after_the_commit(committed_database: Database) -> None:
    async with committed_database.transaction() as session:
        user = make_user(email="after@example.com")
        session.add(user)

    assert user.email == "after@example.com"


async def test_driver_connection_is_in_the_same_transaction(database: Database) -> None:
    async with database.transaction() as session:
        session.add(make_user(email="same@example.com"))
        await session.flush()

        driver = await driver_connection(session)
        row = await (
            await driver.execute("SELECT count(*) FROM users WHERE email = 'same@example.com'")
        ).fetchone()

    assert row == (1,)


async def test_ping_answers(committed_database: Database) -> None:
    await committed_database.ping()


async def test_ping_raises_when_there_is_no_server() -> None:
    database = Database.connect("postgresql://robin@127.0.0.1:9/none")

    with pytest.raises(OperationalError):
        await database.ping()


async def test_endless_statement_is_stopped(database_url: str) -> None:
    engine = create_engine(database_url, pool_size=1, statement_timeout_ms=20)

    try:
        with pytest.raises(OperationalError) as caught:
            async with engine.connect() as connection:
                await connection.execute(sa.text("SELECT pg_sleep(30)"))
    finally:
        await engine.dispose()

    assert isinstance(caught.value.orig, psycopg.errors.QueryCanceled)


async def test_times_come_back_in_utc(database: Database) -> None:
    async with database.transaction() as session:
        name = await session.scalar(sa.text("SHOW timezone"))

    assert name == "UTC"


async def test_lost_connection_is_replaced(committed_database: Database) -> None:
    async with committed_database.transaction() as session:
        pid = await session.scalar(sa.text("SELECT pg_backend_pid()"))
        other = await driver_connection(session)
        address = other.info.dsn
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    await committed_database.ping()
