"""The unit of work: one transaction per request or task, committed here and nowhere else."""

import selectors
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal, cast

import msgspec
import psycopg
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import AdaptedConnection
from sqlalchemy.exc import ArgumentError, InvalidatePoolError
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

STATEMENT_TIMEOUT_MS = 30_000
LOCK_TIMEOUT_MS = 5_000
IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000
POOL_WAIT_S = 10.0
CONNECT_TIMEOUT_S = 10
RECYCLE_S = 1_800

SessionFactory = async_sessionmaker[AsyncSession]


def psycopg_url(url: str) -> sa.URL:
    """The address of a Postgres for SQLAlchemy on psycopg 3.

    Raises:
        ValueError: It is no Postgres address; the message never repeats it, because it may hold a password.
    """
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.partition("+")[0] not in {"postgresql", "postgres"}:
        raise ValueError("The database address must look like postgresql://user:password@host/name.")
    try:
        return sa.make_url(f"postgresql+psycopg://{rest}")
    except (ArgumentError, ValueError):
        raise ValueError(
            "The database address cannot be read; it must look like postgresql://user:password@host/name."
        ) from None


def create_engine(
    url: str,
    *,
    pool_size: int = 20,
    max_overflow: int = 10,
    statement_timeout_ms: int = STATEMENT_TIMEOUT_MS,
) -> AsyncEngine:
    """An engine whose statements, lock waits and forgotten transactions all end by themselves.

    A request that finds all `pool_size + max_overflow` connections busy waits ten seconds at most. Times come back
    in UTC.
    """
    server_settings = {
        "timezone": "UTC",
        "statement_timeout": statement_timeout_ms,
        "lock_timeout": LOCK_TIMEOUT_MS,
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_TIMEOUT_MS,
        # Milliseconds of compilation never pay for queries this small.
        "jit": "off",
    }
    engine = create_async_engine(
        psycopg_url(url),
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_timeout=POOL_WAIT_S,
        pool_recycle=RECYCLE_S,
        json_serializer=_encode_json,
        json_deserializer=msgspec.json.decode,
        connect_args={
            "application_name": "resume-review",
            "connect_timeout": CONNECT_TIMEOUT_S,
            "options": " ".join(f"-c {name}={value}" for name, value in server_settings.items()),
        },
    )
    event.listen(engine.sync_engine, "handle_error", _leave_out_values)
    event.listen(engine.sync_engine, "checkout", _refuse_dead)
    return engine


def _refuse_dead(connection: AdaptedConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Replace a connection that the server has ended, without asking the server.

    An idle connection has nothing to say but that it ends, so bytes to read (or the end of them) mean that it is
    of no use any more. A ping would cost every request a round trip. One that was made just now is taken as it is:
    should it be dead already, its first statement says so in the words of a lost database.
    """
    if not record.info.setdefault("lent", False):
        record.info["lent"] = True
        return
    driver = cast("psycopg.AsyncConnection[Any]", connection.driver_connection)
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(driver.fileno(), selectors.EVENT_READ)
            dead = bool(selector.select(timeout=0))
    except (OSError, psycopg.OperationalError):
        dead = True
    if dead:
        # What ended this one has ended the others too; a checkout tries but a few times.
        raise InvalidatePoolError("The server ended the connection.")


def _leave_out_values(context: ExceptionContext) -> None:
    """Cut the server's detail from an error: it quotes the row, which may be a resume."""
    error = context.original_exception
    if isinstance(error, psycopg.Error) and error.diag.message_detail:
        error.args = (error.diag.message_primary or type(error).__name__,)
        if context.sqlalchemy_exception is not None:
            context.sqlalchemy_exception.args = (f"({type(error).__qualname__}) {error}",)


def _encode_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


@dataclass(frozen=True)
class PoolUsage:
    """Connections of one process: lent out, waiting to be lent, and how many there may be at most."""

    in_use: int
    idle: int
    limit: int


class Database:
    """What the application holds: it hands out transactions and knows whether the server answers."""

    def __init__(
        self,
        bind: AsyncEngine | AsyncConnection,
        *,
        join_transaction_mode: Literal["conditional_savepoint", "create_savepoint"] = "conditional_savepoint",
        most_connections: int = 0,
    ) -> None:
        self._bind = bind
        self._most_connections = most_connections
        self._sessions: SessionFactory = async_sessionmaker(
            bind, expire_on_commit=False, join_transaction_mode=join_transaction_mode
        )
        apart = bind
        if isinstance(bind, AsyncEngine):
            apart = bind.execution_options(isolation_level="AUTOCOMMIT")
        self._readers: SessionFactory = async_sessionmaker(
            apart, expire_on_commit=False, join_transaction_mode=join_transaction_mode
        )

    @classmethod
    def connect(cls, url: str, *, pool_size: int = 20, max_overflow: int = 10) -> "Database":
        """A database on an engine of its own; no connection is opened before the first use."""
        engine = create_engine(url, pool_size=pool_size, max_overflow=max_overflow)
        return cls(engine, most_connections=pool_size + max_overflow)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        """One unit of work: committed when the block ends, rolled back when it raises or is cancelled."""
        async with self._sessions() as session:
            yield session
            await session.commit()

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncSession]:
        """For a look at a row or two: every statement stands for itself, and none waits for BEGIN and COMMIT.

        No more than one row may be written, as nothing would take back the first if the second failed.
        """
        async with self._readers() as session:
            yield session
            await session.commit()

    async def ping(self) -> None:
        """Ask the server for an answer.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: It did not answer, or no connection came free in time.
        """
        async with self._sessions() as session:
            await session.execute(sa.text("SELECT 1"))

    @property
    def pool_usage(self) -> PoolUsage | None:
        """How the pool stands; null where there is none."""
        pool = self._bind.pool if isinstance(self._bind, AsyncEngine) else None
        if not isinstance(pool, QueuePool):
            return None
        return PoolUsage(in_use=pool.checkedout(), idle=pool.checkedin(), limit=self._most_connections)

    async def dispose(self) -> None:
        """Close all idle connections; call it once, at the end of the process."""
        if isinstance(self._bind, AsyncEngine):
            await self._bind.dispose()


async def driver_connection(session: AsyncSession) -> psycopg.AsyncConnection[Any]:
    """The psycopg connection under a session, inside the same transaction; for enqueuing jobs with the rows they need."""
    connection = await session.connection()
    raw = await connection.get_raw_connection()
    driver: object = raw.driver_connection
    if not isinstance(driver, psycopg.AsyncConnection):
        raise TypeError("The session does not run on psycopg 3; build its engine with create_engine().")
    return cast("psycopg.AsyncConnection[Any]", driver)


async def release(session: AsyncSession) -> None:
    """Give the connection back to the pool while slow work is done outside the database.

    Only before anything was written: objects read so far stay readable, and the next statement starts a new
    transaction.

    Raises:
        RuntimeError: There are changes that would be lost.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("The session holds changes; release it before writing.")
    await session.close()
