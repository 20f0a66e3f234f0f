import asyncio
from collections.abc import AsyncIterator, Sequence
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select, text

from resume_review.ai_agents.interface import Variant
from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction, ExperimentStatus, RolloutStatus
from resume_review.database.models import ActivityLog, Experiment, ReviewRequest, Rollout
from resume_review.database.session import Database
from resume_review.features.experiments import DatabaseVariants
from resume_review.rubric import Review

pytestmark = pytest.mark.integration

CONTROL = Variant(key="canary-prompts", arm="control")
TREATMENT = Variant(key="canary-prompts", arm="treatment", label="canary")


async def record(
    variants: DatabaseVariants,
    reviews: Sequence[ReviewRequest],
    variant: Variant,
    answer: Review | None,
) -> None:
    for review in reviews:
        await variants.record(review, variant, answer, elapsed_ms=5)


async def stand(admin: Any, rollout: dict[str, Any]) -> tuple[str, float]:
    found = await admin.did("GET", f"/rollouts/{rollout['id']}")
    return found["status"], found["percentage"]


async def test_a_rollout_whose_reviews_fail_is_rolled_back_and_says_why(
    waiting: Any, variants: DatabaseVariants, admin: Any, good: Review, bad: Review
) -> None:
    rollout = await admin.rollout(50)
    reviews = await waiting.reviews(110)
    await record(variants, reviews[:50], CONTROL, good)
    await record(variants, reviews[50:98], TREATMENT, good)

    await record(variants, reviews[98:103], TREATMENT, bad)
    early = await stand(admin, rollout)
    await record(variants, reviews[103:], TREATMENT, None)

    found = await admin.did("GET", f"/rollouts/{rollout['id']}")
    assert early == ("active", 50)
    assert (found["status"], found["percentage"]) == ("rolled_back", 0)
    assert found["rollback_reason"].startswith("treatment: ")
    assert (await admin.trail())[-1] == ("rollout", "roll_back")
    assert await variants.choose(reviews[0]) is None


async def test_what_fails_for_everybody_is_left_alone(
    waiting: Any, variants: DatabaseVariants, admin: Any, bad: Review
) -> None:
    rollout = await admin.rollout(50)
    reviews = await waiting.reviews(110)

    await record(variants, reviews[:55], CONTROL, bad)
    await record(variants, reviews[55:], TREATMENT, bad)

    assert await stand(admin, rollout) == ("active", 50)


async def test_failures_of_more_than_five_minutes_ago_do_not_count(
    waiting: Any, variants: DatabaseVariants, admin: Any, bad: Review, database: Database
) -> None:
    rollout = await admin.rollout(50)
    reviews = await waiting.reviews(60)
    await record(variants, reviews[:49], TREATMENT, bad)
    async with database.transaction() as session:
        await session.execute(text("UPDATE experiment_outcomes SET at = at - interval '6 minutes'"))

    await record(variants, reviews[49:], TREATMENT, bad)

    assert await stand(admin, rollout) == ("active", 50)


async def test_a_person_restarts_at_the_beginning_and_the_past_is_forgotten(
    waiting: Any, variants: DatabaseVariants, admin: Any, bad: Review
) -> None:
    rollout = await admin.rollout(25)
    reviews = await waiting.reviews(60)
    await record(variants, reviews[:50], TREATMENT, bad)
    path = f"/rollouts/{rollout['id']}"
    rolled_back = await stand(admin, rollout)
    refused = await admin.call("PUT", f"{path}/stage", {"percentage": 10})

    await admin.did("POST", f"{path}/restart")
    await admin.did("PUT", f"{path}/stage", {"percentage": 10})
    await record(variants, reviews[50:], TREATMENT, bad)

    assert rolled_back == ("rolled_back", 0)
    assert refused.json()["code"] == "rollouts.inactive"
    assert await stand(admin, rollout) == ("active", 10)


async def test_an_experiment_with_a_failing_arm_is_stopped(
    waiting: Any, variants: DatabaseVariants, admin: Any, bad: Review
) -> None:
    started = await admin.experiment()

    await record(variants, await waiting.reviews(50), Variant(key="appeal-2", arm="short"), bad)

    found = await admin.did("GET", f"/experiments/{started['id']}")
    assert (found["status"], found["stop_reason"].split()[:3]) == ("stopped", ["short:", "50", "of"])
    assert (await admin.trail())[-1] == ("experiment", "roll_back")


async def test_a_failing_control_is_nobodys_fault(
    waiting: Any, variants: DatabaseVariants, admin: Any, bad: Review
) -> None:
    started = await admin.experiment()

    await record(variants, await waiting.reviews(50), Variant(key="appeal-2", arm="control"), bad)

    assert (await admin.did("GET", f"/experiments/{started['id']}"))["status"] == "running"


@pytest.fixture
async def elsewhere(committed_database_url: str) -> AsyncIterator[Database]:
    """The same database as another process sees it: through a pool of its own."""
    database = Database.connect(committed_database_url)
    yield database
    await database.dispose()


async def test_processes_agree_on_arms_and_on_their_end(
    committed_database: Database, elsewhere: Database, waiting_for: Any
) -> None:
    reviews = await waiting_for(committed_database).reviews(10)
    here, there = DatabaseVariants(committed_database), DatabaseVariants(elsewhere)
    async with committed_database.transaction() as session:
        arms = [{"name": "control", "weight": 1}, {"name": "short", "weight": 1, "label": "canary"}]
        session.add(
            Experiment(
                key="e",
                salt="s",
                arms=arms,
                metric="cost",
                status=ExperimentStatus.RUNNING,
                started_at=utc_now(),
            )
        )
    agreed = [await here.choose(review) == await there.choose(review) for review in reviews]

    async with elsewhere.transaction() as session:
        await session.execute(text("UPDATE experiments SET status = 'stopped', stopped_at = now()"))
    after = [await here.choose(review) for review in reviews]

    assert all(agreed)
    assert after == [None] * 10


async def test_failures_seen_by_two_processes_at_once_roll_back_once(
    committed_database: Database, elsewhere: Database, waiting_for: Any, bad: Review
) -> None:
    reviews = await waiting_for(committed_database).reviews(60)
    async with committed_database.transaction() as session:
        session.add(Rollout(key=TREATMENT.key, salt="s", change={"label": "canary"}, percentage=Decimal(50)))
    both = DatabaseVariants(committed_database), DatabaseVariants(elsewhere)

    await asyncio.gather(
        *(
            both[index % 2].record(review, TREATMENT, bad, elapsed_ms=5)
            for index, review in enumerate(reviews)
        )
    )

    async with elsewhere.transaction() as session:
        rollout = await session.scalar(select(Rollout))
        entries = await session.scalar(
            select(func.count()).where(ActivityLog.action == ActivityAction.ROLL_BACK)
        )
    assert rollout is not None
    assert (rollout.status, entries) == (RolloutStatus.ROLLED_BACK, 1)
    assert await both[1].choose(reviews[0]) is None
