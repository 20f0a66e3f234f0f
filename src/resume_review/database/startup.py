"""From settings to a migrated database that answers: the embedded server, or the one that was named."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError, ProgrammingError

from resume_review.core.errors import StartupError
from resume_review.core.settings import PREFIX, Settings
from resume_review.database.embedded import EmbeddedPostgres, EmbeddedPostgresError, Mode
from resume_review.database.migrate import DatabaseInUseError, upgrade
from resume_review.database.session import Database, psycopg_url


@dataclass(frozen=True)
class OpenDatabase:
    """A database in use; `conninfo` is its address for libpq clients."""

    database: Database
    conninfo: str


@asynccontextmanager
async def running_server(settings: Settings, *, mode: Mode) -> AsyncGenerator[str]:
    """The address of a server that answers; the embedded one is started, and stopped after its last user.

    Raises:
        StartupError: One line that says what is in the way and what to do.
    """
    if settings.database_url is not None:
        yield settings.database_url.get_secret_value()
        return
    server = EmbeddedPostgres(settings.data_dir / "postgres", mode=mode)
    try:
        await asyncio.to_thread(server.start)
    except EmbeddedPostgresError as error:
        raise StartupError(str(error)) from None
    try:
        yield await asyncio.to_thread(server.ensure_database)
    finally:
        await asyncio.to_thread(server.stop)


@asynccontextmanager
async def open_database(
    settings: Settings, *, mode: Mode, pool_size: int = 20
) -> AsyncGenerator[OpenDatabase]:
    """Start or find the server, bring the schema up to date and hand out transactions.

    Raises:
        StartupError: One line that says what is in the way and what to do.
    """
    async with running_server(settings, mode=mode) as url:
        await asyncio.to_thread(migrated, url)
        database = Database.connect(url, pool_size=pool_size)
        try:
            yield OpenDatabase(
                database, psycopg_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
            )
        finally:
            await database.dispose()


def migrated(url: str) -> None:
    """Bring the schema up to date.

    Raises:
        StartupError: The server does not answer, or refuses.
    """
    try:
        upgrade(url)
    except DatabaseInUseError as error:
        raise StartupError(str(error)) from None
    except (OperationalError, ProgrammingError) as error:
        address = psycopg_url(url).render_as_string(hide_password=True)
        reason = str(error.orig).strip().splitlines()[0] if error.orig else type(error).__name__
        raise StartupError(
            f"{PREFIX}DATABASE_URL: cannot use the database at {address} ({reason}). "
            f"Check that it runs and that the address is right, for example "
            f"{PREFIX}DATABASE_URL=postgresql://user:password@localhost/resume_review"
        ) from None
