"""Fixtures that every test may use; the root `conftest.py` loads them.

`session` and `database` share one connection whose outer transaction is rolled back after the test, so tests see
each other's rows never and their own always. That connection does one thing at a time: tests of races, workers and
anything with several connections take `committed_database`, which is a database of its own.
"""

import os
from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from resume_review.database.embedded import EmbeddedPostgres
from resume_review.database.session import Database, create_engine
from resume_review.testing.postgres import ensure_template, temporary_database
from resume_review.testing.queries import QueryCounter


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """One server for the whole run: processes of pytest-xdist share it, the last one stops it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with EmbeddedPostgres(shared / "postgres") as server:
        ensure_template(server)
        yield server


@pytest.fixture(scope="session")
def database_url(postgres_server: EmbeddedPostgres) -> Iterator[str]:
    """A migrated database for this test process; nothing may be committed to it."""
    with temporary_database(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(database_url, pool_size=2)
    yield engine
    await engine.dispose()


@pytest.fixture
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection in a transaction that is rolled back after the test."""
    async with engine.connect() as connection, connection.begin() as transaction:
        yield connection
        await transaction.rollback()


@pytest.fixture
async def session(connection: AsyncConnection) -> AsyncIterator[AsyncSession]:
    """A session for code that takes one; what it commits is still undone after the test."""
    async with AsyncSession(
        connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
    ) as session:
        yield session


@pytest.fixture
def database(connection: AsyncConnection) -> Database:
    """For code that opens its own transactions; they are savepoints here and undone after the test."""
    return Database(connection, join_transaction_mode="create_savepoint")


@pytest.fixture
def query_counter(engine: AsyncEngine) -> QueryCounter:
    """Counts the statements of `session` and `database` while a `with` block runs."""
    return QueryCounter(engine.sync_engine)


@pytest.fixture
def empty_database_url(postgres_server: EmbeddedPostgres) -> Iterator[str]:
    """A database without any table, for this test alone."""
    with temporary_database(postgres_server, template="template0") as url:
        yield url


@pytest.fixture
def committed_database_url(postgres_server: EmbeddedPostgres) -> Iterator[str]:
    """A migrated database for this test alone, where commits are real and any number of connections may work."""
    with temporary_database(postgres_server) as url:
        yield url


@pytest.fixture
async def committed_database(committed_database_url: str) -> AsyncIterator[Database]:
    """A `Database` with a pool, on a database for this test alone."""
    database = Database.connect(committed_database_url)
    yield database
    await database.dispose()
