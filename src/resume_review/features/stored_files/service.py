"""Having files removed together with the rows that named them."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.database.session import driver_connection
from resume_review.features.stored_files.repository import StoredFileRepository
from resume_review.infrastructure.queue import JobQueue

REMOVE_JOB = "stored_files.remove"


async def remove_files(session: AsyncSession, queue: JobQueue, keys: Collection[str]) -> None:
    """Have stored files removed after this transaction, those that a row still refers to then excepted.

    What is to be removed is kept in a table until it is gone, so that neither a lost job nor a file store that is
    away for days leaves a file behind.
    """
    if not keys:
        return
    await StoredFileRepository(session).note(keys)
    await queue.enqueue(await driver_connection(session), REMOVE_JOB, subject=new_id())
