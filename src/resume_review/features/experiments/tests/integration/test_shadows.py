import uuid
from collections.abc import AsyncIterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import undefer

from resume_review.ai_agents.client import open_analyzer
from resume_review.ai_agents.config import AnalyzerConfig, Ports
from resume_review.ai_agents.interface import AIAnalyzer, AnalysisRequest, ModelUse, Payer, Totals
from resume_review.ai_agents.model_analyzer import NoListener
from resume_review.ai_agents.prompts.source import BundledPrompts
from resume_review.ai_agents.providers.ledger import MemoryLedger
from resume_review.ai_agents.providers.pacing import LocalPacer
from resume_review.ai_agents.providers.policy import Pace
from resume_review.database.enums import RolloutMode
from resume_review.database.models import ReviewRequest, Rollout, ShadowResult
from resume_review.database.session import Database
from resume_review.documents import read_document
from resume_review.features.experiments import DatabaseVariants
from resume_review.features.experiments.tasks import ShadowReview
from resume_review.rubric import Engine, Review
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration

GOOD, FAILING = "fake:rubric", "fake:rubric!refuse"
PRICE = (Decimal(1), Decimal(1))


class Uses:
    """Keeps the calls."""

    def __init__(self) -> None:
        self.requests: list[AnalysisRequest] = []

    async def record(self, request: AnalysisRequest, uses: Sequence[ModelUse]) -> None:
        self.requests += [request] * len(uses)


@pytest.fixture(scope="module")
def uses() -> Uses:
    return Uses()


@pytest.fixture(scope="module")
def ledger() -> MemoryLedger:
    return MemoryLedger()


@pytest.fixture(scope="module")
async def analyzer(uses: Uses, ledger: MemoryLedger) -> AsyncIterator[AIAnalyzer]:
    """Two models of which one never answers."""
    config = AnalyzerConfig(models=(GOOD, FAILING), prices={GOOD: PRICE, FAILING: PRICE})
    ports = Ports(
        ledger=ledger, pacer=LocalPacer(Pace()), usage=uses, listener=NoListener(), prompts=BundledPrompts()
    )
    async with open_analyzer(config, ports) as opened:
        yield opened.analyzer


async def asked(review_id: uuid.UUID) -> AnalysisRequest | None:
    return AnalysisRequest(
        document=read_document(MARKDOWN.encode(), "resume.md"),
        industry="strategy_consulting",
        language="en",
        review_date=date(2026, 1, 1),
        review_id=str(review_id),
        user_id="robin",
    )


async def under_way(
    database: Database, *, model: str = GOOD, per_day: int = 100, usd_per_day: str = "1"
) -> None:
    """A shadow rollout for everybody."""
    async with database.transaction() as session:
        session.add(
            Rollout(
                key="beside",
                salt="s",
                change={"model": model},
                percentage=Decimal(100),
                mode=RolloutMode.SHADOW,
                shadow_per_day=per_day,
                shadow_usd_per_day=Decimal(usd_per_day),
            )
        )


async def jobs(database: Database) -> list[str]:
    async with database.transaction() as session:
        found = await session.scalars(
            text("SELECT args ->> 'subject' FROM procrastinate_jobs WHERE task_name = 'experiments.shadow'")
        )
        return list(found)


async def shadows(database: Database) -> Sequence[ShadowResult]:
    async with database.transaction() as session:
        return (await session.scalars(select(ShadowResult).options(undefer(ShadowResult.review)))).all()


async def arms(database: Database) -> list[tuple[str, bool]]:
    async with database.transaction() as session:
        rows = await session.execute(text("SELECT arm, ok FROM experiment_outcomes ORDER BY arm"))
        return [(row.arm, row.ok) for row in rows]


async def shown(variants: DatabaseVariants, review: ReviewRequest, answer: Review) -> None:
    """A review as a worker does it."""
    await variants.record(review, await variants.choose(review), answer, elapsed_ms=5)


async def test_a_finished_review_sends_for_its_shadow_and_is_not_changed_by_it(
    waiting: Any, variants: DatabaseVariants, database: Database, good: Review
) -> None:
    await under_way(database)
    (review,) = await waiting.reviews(1)

    chosen = await variants.choose(review)
    await variants.record(review, chosen, good, elapsed_ms=5)

    assert chosen is None
    assert await jobs(database) == [str(review.id)]


async def test_a_failed_review_gets_no_shadow(
    waiting: Any, variants: DatabaseVariants, database: Database
) -> None:
    await under_way(database)
    (review,) = await waiting.reviews(1)

    await variants.record(review, None, None, elapsed_ms=5)

    assert await jobs(database) == []


async def test_a_shadow_is_stored_apart_and_compared_with_what_was_shown(
    waiting: Any, variants: DatabaseVariants, database: Database, good: Review, analyzer: AIAnalyzer
) -> None:
    await under_way(database)
    (review,) = await waiting.reviews(1)
    await shown(variants, review, good)

    await ShadowReview(database, analyzer, asked).run(review.id)

    (shadow,) = await shadows(database)
    assert shadow.review is not None
    assert (shadow.ok, shadow.review["engine"], shadow.review["receipt"]["arm"]) == (
        True,
        Engine.RUBRIC_LLM.value,
        "beside/shadow",
    )
    assert await arms(database) == [("control", True), ("shadow", True)]
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT count(*) FROM review_results")) == 0


async def test_a_shadow_is_nobodys_expense(
    waiting: Any,
    variants: DatabaseVariants,
    database: Database,
    good: Review,
    analyzer: AIAnalyzer,
    ledger: MemoryLedger,
) -> None:
    await under_way(database)
    (review,) = await waiting.reviews(1)
    await shown(variants, review, good)

    await ShadowReview(database, analyzer, asked).run(review.id)

    own, robin, _ = await ledger.spent(Payer(review=str(review.id), user="robin"))
    apart, account, _ = await ledger.spent(Payer(review=f"shadow:{review.id}", user="shadow"))
    (shadow,) = await shadows(database)
    assert (own, robin) == (Totals(), Totals())
    assert 0 < apart.usd <= account.usd
    assert shadow.cost_usd == round(apart.usd, 6)


async def test_a_shadow_is_made_once(
    waiting: Any,
    variants: DatabaseVariants,
    database: Database,
    good: Review,
    analyzer: AIAnalyzer,
    uses: Uses,
) -> None:
    await under_way(database)
    (review,) = await waiting.reviews(1)
    await shown(variants, review, good)
    job = ShadowReview(database, analyzer, asked)
    await job.run(review.id)
    calls = len(uses.requests)

    await job.run(review.id)
    await job.give_up(review.id, "It was killed three times.")

    assert len(uses.requests) == calls
    assert await arms(database) == [("control", True), ("shadow", True)]


@pytest.mark.parametrize("limits", [{"per_day": 1}, {"usd_per_day": "0.000001"}])
async def test_over_the_days_budget_no_shadow_is_made(
    waiting: Any, database: Database, analyzer: AIAnalyzer, limits: dict[str, Any]
) -> None:
    await under_way(database, **limits)
    reviews = await waiting.reviews(2)
    job = ShadowReview(database, analyzer, asked)

    for review in reviews:
        await job.run(review.id)

    assert [shadow.review_request_id for shadow in await shadows(database)] == [reviews[0].id]


async def test_a_new_day_has_a_new_budget(waiting: Any, database: Database, analyzer: AIAnalyzer) -> None:
    await under_way(database, per_day=1)
    first, second = await waiting.reviews(2)
    job = ShadowReview(database, analyzer, asked)
    await job.run(first.id)
    async with database.transaction() as session:
        await session.execute(text("UPDATE shadow_results SET started_at = started_at - interval '1 day'"))

    await job.run(second.id)

    assert len(await shadows(database)) == 2


async def test_a_stopped_rollout_leaves_waiting_shadows_undone(
    waiting: Any, variants: DatabaseVariants, database: Database, good: Review, analyzer: AIAnalyzer
) -> None:
    await under_way(database)
    (review,) = await waiting.reviews(1)
    await shown(variants, review, good)
    async with database.transaction() as session:
        await session.execute(text("UPDATE rollouts SET status = 'paused'"))

    await ShadowReview(database, analyzer, asked).run(review.id)

    assert await shadows(database) == []


async def test_a_failing_shadow_is_counted_and_hurts_nobody(
    waiting: Any, variants: DatabaseVariants, database: Database, good: Review, analyzer: AIAnalyzer
) -> None:
    await under_way(database, model=FAILING)
    (review,) = await waiting.reviews(1)
    await shown(variants, review, good)

    await ShadowReview(database, analyzer, asked).run(review.id)

    assert await arms(database) == [("control", True), ("shadow", False)]


async def test_shadows_that_keep_failing_are_rolled_back(
    waiting: Any, database: Database, analyzer: AIAnalyzer
) -> None:
    await under_way(database, model=FAILING)
    reviews = await waiting.reviews(50)
    job = ShadowReview(database, analyzer, asked)
    for review in reviews[:-1]:
        await job.give_up(review.id, "It was killed three times.")

    await job.run(reviews[-1].id)

    async with database.transaction() as session:
        assert await session.scalar(text("SELECT status FROM rollouts")) == "rolled_back"


async def test_the_shadow_of_an_erased_review_goes_with_it(
    waiting: Any, database: Database, analyzer: AIAnalyzer
) -> None:
    await under_way(database)
    (review,) = await waiting.reviews(1)
    await ShadowReview(database, analyzer, asked).run(review.id)

    async with database.transaction() as session:
        await session.execute(text("DELETE FROM review_requests"))

    assert await shadows(database) == []
