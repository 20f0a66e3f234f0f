"""Where finished steps are kept: tables of the workflow's library, in a schema of their own.

The schema is made by workers and not by the platform's migrations: its tables change with the library.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any, LiteralString

import psycopg
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

SCHEMA: LiteralString = "review_steps"
_LOCK = 7_255_018_330_214_917
_CONNECTIONS = 2
_ASK_AGAIN_S = 0.05

_Pool = AsyncConnectionPool[psycopg.AsyncConnection[DictRow]]


class Checkpoints:
    """Finished steps by review."""

    def __init__(self, pool: _Pool) -> None:
        self._pool = pool
        self.saver = AsyncPostgresSaver(pool)

    async def forget(self, review_id: str) -> None:
        """See `KeptSteps.forget`."""
        await self.saver.adelete_thread(review_id)

    async def kept(self) -> Sequence[str]:
        """See `KeptSteps.kept`."""
        async with self._pool.connection() as connection:
            rows = await connection.execute("SELECT DISTINCT thread_id FROM checkpoints")
            return [str(row["thread_id"]) for row in await rows.fetchall()]


@asynccontextmanager
async def open_checkpoints(conninfo: str) -> AsyncGenerator[Checkpoints]:
    """Make the tables where they are missing and keep connections while the block runs."""
    settings: dict[str, Any] = {
        "autocommit": True,
        "prepare_threshold": 0,
        "row_factory": dict_row,
        "options": f"-c search_path={SCHEMA}",
        "application_name": "resume-review-steps",
    }
    await _make_tables(conninfo, settings)
    pool: _Pool = AsyncConnectionPool(
        conninfo,
        connection_class=psycopg.AsyncConnection[DictRow],
        min_size=1,
        max_size=_CONNECTIONS,
        kwargs=settings,
        check=_Pool.check_connection,
        open=False,
    )
    async with pool:
        yield Checkpoints(pool)


async def _make_tables(conninfo: str, settings: dict[str, Any]) -> None:
    """One process makes them while the others wait.

    They ask for the lock again and again instead of waiting for it in a statement: the library builds its indexes
    concurrently, which waits for every statement that runs.
    """
    async with await psycopg.AsyncConnection[DictRow].connect(conninfo, **settings) as connection:
        while True:
            if await _locked(connection):
                break
            await asyncio.sleep(_ASK_AGAIN_S)
        await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        await AsyncPostgresSaver(connection).setup()


async def _locked(connection: psycopg.AsyncConnection[DictRow]) -> bool:
    row = await (await connection.execute("SELECT pg_try_advisory_lock(%s) AS got", [_LOCK])).fetchone()
    return row is not None and bool(row["got"])
