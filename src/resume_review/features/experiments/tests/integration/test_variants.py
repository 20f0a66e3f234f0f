import uuid
from typing import Any

import pytest
from sqlalchemy import func, select, text

from resume_review.ai_agents.interface import Variant
from resume_review.core.clock import utc_now
from resume_review.database.enums import FeedbackDecision
from resume_review.database.models import ExperimentExposure, ReviewRequest
from resume_review.database.session import Database
from resume_review.features.experiments import DatabaseVariants, NoVariants
from resume_review.rubric import Review, ReviewType
from resume_review.testing.factories import make_feedback_item, make_review_result
from resume_review.testing.queries import QueryCounter

pytestmark = pytest.mark.integration

READ_WHAT_RUNS = 2


async def test_where_nothing_runs_reviews_have_no_variant(waiting: Any, variants: DatabaseVariants) -> None:
    (review,) = await waiting.reviews(1)

    assert await variants.choose(review) is None


async def test_an_experiment_that_runs_divides_the_reviews(
    waiting: Any, variants: DatabaseVariants, admin: Any
) -> None:
    await admin.experiment()

    chosen = {await variants.choose(review) for review in await waiting.reviews(20)}

    assert chosen == {
        Variant(key="appeal-2", arm="control"),
        Variant(key="appeal-2", arm="short", label="canary"),
    }


async def test_a_review_started_again_gets_the_same_variant_and_counts_once(
    waiting: Any, variants: DatabaseVariants, admin: Any, database: Database
) -> None:
    await admin.experiment()
    (review,) = await waiting.reviews(1)

    chosen = {await variants.choose(review) for _ in range(3)}

    async with database.transaction() as session:
        exposures = await session.scalar(select(func.count()).select_from(ExperimentExposure))
    assert (len(chosen), exposures) == (1, 1)


async def test_a_stopped_experiment_gives_no_variants(
    waiting: Any, variants: DatabaseVariants, admin: Any
) -> None:
    await admin.experiment()
    (review,) = await waiting.reviews(1)
    before = await variants.choose(review)

    await admin.did("POST", "/experiments/stop-all")

    assert before is not None
    assert await variants.choose(review) is None


@pytest.mark.parametrize("kind", [ReviewType.QUICK_SCAN, ReviewType.ATS_CHECK])
async def test_reviews_that_ask_no_model_take_no_part(
    waiting: Any, variants: DatabaseVariants, admin: Any, kind: ReviewType
) -> None:
    await admin.experiment()
    (review,) = await waiting.reviews(1)
    review.review_type = kind

    assert await variants.choose(review) is None


async def test_without_models_nothing_is_tried(waiting: Any, admin: Any, good: Review) -> None:
    await admin.experiment()
    (review,) = await waiting.reviews(1)
    nothing = NoVariants()

    await nothing.record(review, None, good, elapsed_ms=5)

    assert await nothing.choose(review) is None


async def test_choosing_and_recording_cost_few_statements(
    waiting: Any, variants: DatabaseVariants, admin: Any, query_counter: QueryCounter, good: Review
) -> None:
    one, other = await waiting.reviews(2)
    with query_counter() as idle:
        await variants.choose(one)
        await variants.record(one, None, good, elapsed_ms=5)
    await admin.experiment()

    with query_counter() as busy:
        chosen = await variants.choose(other)
        await variants.record(other, chosen, good, elapsed_ms=5)

    assert (idle.count, busy.count) == (2 * READ_WHAT_RUNS, READ_WHAT_RUNS + 2)


async def test_results_are_counted_by_arm(
    waiting: Any, variants: DatabaseVariants, admin: Any, good: Review, bad: Review
) -> None:
    started = await admin.experiment()
    reviews = await waiting.reviews(8)
    await variants.choose(reviews[0])
    for index, review in enumerate(reviews):
        arm = Variant(key="appeal-2", arm="control" if index % 2 else "short")
        await variants.record(review, arm, bad if index == 0 else good, elapsed_ms=100 * index)

    results = await admin.did("GET", f"/experiments/{started['id']}/results")

    control, short = results["arms"]
    assert (control["arm"], short["arm"], control["units"] + short["units"]) == ("control", "short", 1)
    assert (control["reviews"], control["error_rate"]["value"], short["error_rate"]["value"]) == (4, 0, 0.25)
    assert (control["latency_p50_ms"], short["latency_p50_ms"]) == (400, 300)
    assert short["acceptance_rate"] == {"value": None, "low": 0, "high": 1, "n": 0}


async def test_decisions_of_consultants_count_for_the_arm(
    waiting: Any, variants: DatabaseVariants, admin: Any, good: Review, database: Database
) -> None:
    started = await admin.experiment(arms=[{"name": "a", "weight": 9999}, {"name": "b", "weight": 1}])
    (review,) = await waiting.reviews(1)
    await variants.record(review, Variant(key="appeal-2", arm="a"), good, elapsed_ms=5)
    await decided(database, review.id, ["accepted", "edited", "rejected", "open"])

    results = await admin.did("GET", f"/experiments/{started['id']}/results")

    acceptance = results["arms"][0]["acceptance_rate"]
    assert (acceptance["value"], acceptance["n"]) == (pytest.approx(2 / 3), 3)


async def decided(database: Database, review_id: uuid.UUID, decisions: list[str]) -> None:
    async with database.transaction() as session:
        request = await session.get_one(ReviewRequest, review_id)
        result = make_review_result(request)
        session.add(result)
        await session.flush()
        for order, decision in enumerate(decisions):
            item = make_feedback_item(result, order=order)
            item.decision = FeedbackDecision(decision)
            item.decided_at = None if decision == "open" else utc_now()
            item.edited_text = "Better" if decision == "edited" else None
            session.add(item)


async def test_arms_that_chance_does_not_make_are_not_compared(admin: Any, database: Database) -> None:
    started = await admin.experiment()
    async with database.transaction() as session:
        await session.execute(
            text("""
                INSERT INTO experiment_exposures (variant_key, unit_hash, arm, at)
                SELECT 'appeal-2', n::text, CASE WHEN n <= 560 THEN 'control' ELSE 'short' END, now()
                FROM generate_series(1, 1000) AS n
            """)
        )

    answer = await admin.call("GET", f"/experiments/{started['id']}/results")

    assert (answer.status_code, answer.json()["code"]) == (409, "experiments.sample_ratio")
    assert "control 560, short 440" in answer.json()["detail"]


async def test_an_erased_review_leaves_its_numbers_and_no_trace(
    waiting: Any, variants: DatabaseVariants, admin: Any, good: Review, database: Database
) -> None:
    await admin.experiment()
    (review,) = await waiting.reviews(1)
    await variants.record(review, await variants.choose(review), good, elapsed_ms=5)

    async with database.transaction() as session:
        await session.execute(text("DELETE FROM review_requests WHERE id = :id"), {"id": review.id})

    async with database.transaction() as session:
        left = await session.execute(text("SELECT review_request_id, ok FROM experiment_outcomes"))
        assert [tuple(row) for row in left] == [(None, True)]


async def test_a_rollout_shows_reviews_with_and_without_its_change(
    waiting: Any, variants: DatabaseVariants, admin: Any, good: Review
) -> None:
    rollout = await admin.rollout(50)
    with_it, without = await waiting.reviews(2)
    await variants.record(with_it, Variant(key=rollout["key"], arm="treatment"), good, elapsed_ms=300)
    await variants.record(without, Variant(key=rollout["key"], arm="control"), good, elapsed_ms=100)

    results = await admin.did("GET", f"/rollouts/{rollout['id']}/results")

    found = [(arm["arm"], arm["reviews"], arm["latency_p50_ms"]) for arm in results["arms"]]
    assert found == [("control", 1, 100), ("treatment", 1, 300)]
