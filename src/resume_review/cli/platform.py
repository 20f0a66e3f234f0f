"""The platform that the settings describe, for commands that look after all of it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from psycopg import Error as DatabaseError
from sqlalchemy.exc import SQLAlchemyError

from resume_review.core.errors import StartupError
from resume_review.core.settings import PREFIX, Settings
from resume_review.database.embedded import Mode
from resume_review.database.startup import running_server
from resume_review.features.backup import Platform
from resume_review.infrastructure.storage import StorageError, open_file_store


@asynccontextmanager
async def open_platform(settings: Settings) -> AsyncGenerator[Platform]:
    """The platform; its database is started when it is the embedded one, and not migrated.

    Raises:
        StartupError: The database or the file store cannot be reached, or broke off.
    """
    async with running_server(settings, mode=Mode.SHARE) as url:
        generated = settings.data_dir / "secret.key"
        try:
            yield Platform(
                url=url,
                files=await open_file_store(settings),
                secret_path=generated if settings.secret_key is None else None,
            )
        except StorageError as error:
            raise StartupError(
                f"{PREFIX}STORAGE_URL: the file store stopped answering: {error.reason}."
            ) from None
        except (DatabaseError, SQLAlchemyError) as error:
            reason = str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__]
            raise StartupError(f"{PREFIX}DATABASE_URL: the database does not answer ({reason[0]}).") from None
