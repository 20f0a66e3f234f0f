from datetime import timedelta

import pytest
from sqlalchemy import text

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.session import Database, driver_connection
from resume_review.features.maintenance.tasks import chores
from resume_review.infrastructure.cache import PostgresCache
from resume_review.infrastructure.maintenance import Maintenance
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.rate_limit import PostgresRateLimiter
from resume_review.testing.factories import make_refresh_token, make_user

pytestmark = pytest.mark.integration


async def clean(database: Database) -> list[str]:
    due = chores(database, rate_limiter=PostgresRateLimiter(database), cache=PostgresCache(database))
    return await Maintenance(database, due).run_due()


async def test_every_chore_is_done(database: Database) -> None:
    assert await clean(database) == [
        "rate_limits.purge",
        "cache.purge",
        "idempotency_keys.purge",
        "jobs.purge",
        "sign_ins.purge",
    ]


async def test_failed_jobs_are_kept_a_month_and_cancelled_ones_a_day(database: Database) -> None:
    ages = {"failed": (29, 31), "aborted": (0, 2), "todo": (400,)}
    async with database.transaction() as session:
        connection = await driver_connection(session)
        for status, days in ages.items():
            for age in days:
                await JobQueue().enqueue(connection, f"{status}.{age}", subject=new_id())
                values = {"name": f"{status}.{age}", "status": status, "days": age}
                await session.execute(
                    text(
                        "UPDATE procrastinate_jobs SET status = CAST(:status AS procrastinate_job_status)"
                        " WHERE task_name = :name"
                    ),
                    values,
                )
                await session.execute(
                    text(
                        "UPDATE procrastinate_events SET at = now() - make_interval(days => :days) WHERE job_id ="
                        " (SELECT id FROM procrastinate_jobs WHERE task_name = :name)"
                    ),
                    values,
                )

    await clean(database)

    async with database.transaction() as session:
        left = await session.scalars(text("SELECT task_name FROM procrastinate_jobs ORDER BY task_name"))
    assert left.all() == ["aborted.0", "failed.29", "todo.400"]


async def test_sessions_that_expired_long_ago_are_forgotten(database: Database) -> None:
    user = make_user()
    old, recent = make_refresh_token(user), make_refresh_token(user)
    old.created_at, old.expires_at = utc_now() - timedelta(days=60), utc_now() - timedelta(days=31)
    async with database.transaction() as session:
        session.add(user)
        await session.flush()
        session.add_all([old, recent])

    await clean(database)

    async with database.transaction() as session:
        left = await session.scalars(
            text("SELECT id FROM refresh_tokens WHERE user_id = :user"), {"user": user.id}
        )
    assert left.all() == [recent.id]
