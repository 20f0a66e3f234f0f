"""Faults of the database, which say nothing against the job that met them."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable

import psycopg
import structlog
from procrastinate.exceptions import ConnectorException
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

log = structlog.get_logger(__name__)

# Longer than a server keeps the locks of a client that vanished inside a transaction.
OUTAGE_SECONDS = 90.0
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 8.0

_ORM_FAULTS = (OperationalError, InterfaceError, PoolTimeoutError)
DATABASE_FAULTS = (ConnectorException, psycopg.Error, *_ORM_FAULTS, OSError)
"""What a worker meets when the database goes away, whichever way it was asking."""

_OUTAGES = (psycopg.OperationalError, psycopg.InterfaceError, *_ORM_FAULTS)


async def outlast_outages(
    run: Callable[[uuid.UUID], Awaitable[None]], subject: uuid.UUID, *, patience: float = OUTAGE_SECONDS
) -> None:
    """Run a job, again and again while the database is what is at fault, for so many seconds.

    Only a job's own faults count as runs: a lost connection, a full disk or the lock of a client that has died must
    not use up what there is for those.
    """
    deadline, pause = time.monotonic() + patience, FIRST_PAUSE_SECONDS
    while True:
        try:
            return await run(subject)
        except _OUTAGES as error:
            if time.monotonic() + pause > deadline:
                raise
            log.warning("job_waits_for_database", subject=str(subject), fault=type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
