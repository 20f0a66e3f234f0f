"""What tests may rely on: nothing they write stays, and every query is counted."""

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from resume_review.database.models import User
from resume_review.database.session import Database
from resume_review.testing.factories import make_user
from resume_review.testing.queries import QueryCounter

pytestmark = pytest.mark.integration

COUNT_USERS = sa.select(sa.func.count()).select_from(User)


async def test_transaction_of_the_database_is_not_really_committed(
    database: Database, engine: AsyncEngine
) -> None:
    async with database.transaction() as session:
        session.add(make_user())

    async with engine.connect() as other:
        assert await other.scalar(COUNT_USERS) == 0


async def test_session_sees_what_the_database_stored(database: Database, session: AsyncSession) -> None:
    async with database.transaction() as inner:
        inner.add(make_user())

    assert await session.scalar(COUNT_USERS) == 1


async def test_database_sees_what_the_session_flushed(database: Database, session: AsyncSession) -> None:
    session.add(make_user())
    await session.flush()

    async with database.transaction() as inner:
        assert await inner.scalar(COUNT_USERS) == 1


async def test_failed_transaction_leaves_the_session_usable(
    database: Database, session: AsyncSession
) -> None:
    session.add(make_user())
    await session.flush()

    async def fail() -> None:
        async with database.transaction() as inner:
            inner.add(make_user())
            await inner.flush()
            raise LookupError

    with pytest.raises(LookupError):
        await fail()

    assert await session.scalar(COUNT_USERS) == 1


async def test_queries_are_counted_without_savepoints(
    database: Database, query_counter: QueryCounter
) -> None:
    with query_counter() as queries:
        async with database.transaction() as session:
            await session.scalar(COUNT_USERS)
            await session.scalar(COUNT_USERS)

    assert queries.count == 2


async def test_counting_ends_with_the_block(session: AsyncSession, query_counter: QueryCounter) -> None:
    with query_counter() as queries:
        pass

    await session.scalar(COUNT_USERS)

    assert queries.statements == []
