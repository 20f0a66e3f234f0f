from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, text

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import ExperimentStatus, UsagePurpose
from resume_review.database.models import (
    Experiment,
    ExperimentExposure,
    ExperimentOutcome,
    ModelSpend,
    PromptTrial,
    PromptTrialResult,
    PromptUsage,
)
from resume_review.database.session import Database, driver_connection
from resume_review.features.maintenance.tasks import chores
from resume_review.infrastructure.cache import PostgresCache
from resume_review.infrastructure.maintenance import Maintenance
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.rate_limit import PostgresRateLimiter
from resume_review.testing.factories import make_candidate, make_refresh_token, make_resume, make_user

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
        "prompt_trials.purge",
        "model_spend.purge",
        "experiments.purge",
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


def ago(days: int) -> datetime:
    return utc_now() - timedelta(days=days)


async def test_trials_of_prompts_are_kept_two_weeks(database: Database) -> None:
    async with database.transaction() as session:
        user = make_user()
        session.add(user)
        await session.flush()
        candidate = make_candidate(user)
        session.add(candidate)
        await session.flush()
        resume = make_resume(candidate, user)
        old, recent = (
            PromptTrial(
                name="appeal_analysis",
                locale="en",
                industry="ma_finance",
                current_prompt={},
                new_prompt={},
                created_at=ago(days),
            )
            for days in (15, 13)
        )
        session.add_all([resume, old, recent])
        await session.flush()
        session.add_all(
            PromptTrialResult(trial_id=trial.id, resume_id=resume.id, position=0) for trial in (old, recent)
        )

    await clean(database)

    async with database.transaction() as session:
        assert (await session.scalars(select(PromptTrial.id))).all() == [recent.id]
        assert (await session.scalars(select(PromptTrialResult.trial_id))).all() == [recent.id]


async def test_spending_is_kept_a_year_and_a_month(database: Database) -> None:
    async with database.transaction() as session:
        session.add_all(
            ModelSpend(payer=f"user:{days}", day=ago(days).date(), tokens=1, cost_usd=Decimal(1))
            for days in (401, 399)
        )
        session.add_all(
            PromptUsage(
                agent_name="appeal",
                prompt_name=f"{purpose}.{days}",
                prompt_version="1.0.0",
                content_hash="0" * 64,
                purpose=purpose,
                used_at=ago(days),
            )
            for purpose in (UsagePurpose.TRIAL, UsagePurpose.REVIEW)
            for days in (401, 399)
        )

    await clean(database)

    async with database.transaction() as session:
        assert (await session.scalars(select(ModelSpend.payer))).all() == ["user:399"]
        names = set(await session.scalars(select(PromptUsage.prompt_name)))
    assert names == {"trial.399", "review.401", "review.399"}


async def test_outcomes_are_kept_half_a_year_and_as_long_as_an_experiment_can_be_read(
    database: Database,
) -> None:
    async with database.transaction() as session:
        session.add_all(
            Experiment(
                key=key,
                salt="s",
                arms=[],
                metric="error_rate",
                status=status,
                started_at=ago(300),
                stopped_at=stopped,
            )
            for key, status, stopped in (
                ("running", ExperimentStatus.RUNNING, None),
                ("just-stopped", ExperimentStatus.STOPPED, ago(10)),
                ("long-stopped", ExperimentStatus.STOPPED, ago(200)),
            )
        )
        for key in ("running", "just-stopped", "long-stopped", "a-rollout"):
            for days in (250, 100):
                session.add(
                    ExperimentExposure(variant_key=key, unit_hash=str(days), arm="control", at=ago(days))
                )
                session.add(
                    ExperimentOutcome(
                        variant_key=key,
                        arm="control",
                        review_request_id=None,
                        ok=True,
                        quotes=0,
                        dropped=0,
                        latency_ms=1,
                        at=ago(days),
                    )
                )

    await clean(database)

    kept = [("a-rollout", 1), ("just-stopped", 2), ("long-stopped", 1), ("running", 2)]
    for table in ("experiment_exposures", "experiment_outcomes"):
        statement = text(f"SELECT variant_key, count(*) FROM {table} GROUP BY 1 ORDER BY 1")  # noqa: S608
        async with database.transaction() as session:
            assert [tuple(row) for row in await session.execute(statement)] == kept
