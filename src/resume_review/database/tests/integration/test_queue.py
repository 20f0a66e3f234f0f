"""A job leaves with the row it works on, or not at all."""

import procrastinate
import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.session import Database, driver_connection
from resume_review.testing.factories import make_user

pytestmark = pytest.mark.integration


class PlannedError(Exception):
    """Raised by a test after the job was enqueued."""


async def enqueue(session: AsyncSession) -> None:
    app = procrastinate.App(connector=procrastinate.PsycopgConnector())
    job = app.configure_task("greet", connection=await driver_connection(session))
    await job.defer_async(name="Robin")


async def count_jobs(database: Database) -> int:
    async with database.transaction() as session:
        return (
            await session.scalar(sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'greet'"))
            or 0
        )


async def test_job_is_there_after_the_commit(committed_database: Database) -> None:
    async with committed_database.transaction() as session:
        session.add(make_user())
        await session.flush()
        await enqueue(session)

    assert await count_jobs(committed_database) == 1


async def test_job_never_existed_after_a_rollback(committed_database: Database) -> None:
    async def work() -> None:
        async with committed_database.transaction() as session:
            await enqueue(session)
            raise PlannedError

    with pytest.raises(PlannedError):
        await work()

    assert await count_jobs(committed_database) == 0
