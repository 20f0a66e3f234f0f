"""Reviews while prompts and models are tried on some of them."""

import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text

from resume_review.ai_agents.client import open_analyzer
from resume_review.ai_agents.config import AnalyzerConfig, Ports
from resume_review.ai_agents.interface import AIAnalyzer
from resume_review.ai_agents.model_analyzer import NoListener, NoUsage
from resume_review.ai_agents.prompts.source import BundledPrompts
from resume_review.ai_agents.providers.ledger import MemoryLedger
from resume_review.ai_agents.providers.pacing import LocalPacer
from resume_review.ai_agents.providers.policy import Pace
from resume_review.database.session import Database
from resume_review.features.experiments import DatabaseVariants
from resume_review.features.experiments.tasks import ShadowReview
from resume_review.features.resume_analysis.tasks import AnalyseReview

pytestmark = pytest.mark.integration

EXPERIMENT = {
    "key": "with-or-without",
    "arms": [
        {"name": "plain", "weight": 1, "rubric_only": True},
        {"name": "bare", "weight": 1, "rubric_only": True},
    ],
}
SHADOW = {"key": "beside", "mode": "shadow", "change": {"rubric_only": True}}


@pytest.fixture
async def analyzer() -> AsyncIterator[AIAnalyzer]:
    ports = Ports(
        ledger=MemoryLedger(),
        pacer=LocalPacer(Pace()),
        usage=NoUsage(),
        listener=NoListener(),
        prompts=BundledPrompts(),
    )
    async with open_analyzer(AnalyzerConfig(models=("fake:rubric",)), ports) as opened:
        yield opened.analyzer


@pytest.fixture
def job(database: Database, analyzer: AIAnalyzer) -> AnalyseReview:
    return AnalyseReview(database, analyzer, engine="models", variants=DatabaseVariants(database))


async def rows(database: Database, statement: str) -> list[tuple[Any, ...]]:
    async with database.transaction() as session:
        return [tuple(row) for row in await session.execute(text(statement))]


async def test_a_review_gets_its_arm_and_tells_what_came_of_it(
    desk: Any, job: AnalyseReview, database: Database
) -> None:
    created = await desk.api.post("/admin/experiments", json=EXPERIMENT, headers=desk.headers)
    await desk.api.post(f"/admin/experiments/{created.json()['id']}/start", headers=desk.headers)
    review_id = await desk.requested()

    await job.run(uuid.UUID(review_id))

    ((engine, arm, reusable),) = await rows(
        database, "SELECT engine, receipt ->> 'arm', reuse_key IS NOT NULL FROM review_results"
    )
    ((key, outcome_arm, ok),) = await rows(database, "SELECT variant_key, arm, ok FROM experiment_outcomes")
    assert (engine, arm) == ("rubric", f"{key}/{outcome_arm}")
    assert (key, ok, reusable) == ("with-or-without", True, False)


async def test_a_shadow_judges_what_the_review_judged(
    desk: Any, job: AnalyseReview, database: Database, analyzer: AIAnalyzer
) -> None:
    created = (await desk.api.post("/admin/rollouts", json=SHADOW, headers=desk.headers)).json()
    for stage in (10, 25, 50, 100):
        path = f"/admin/rollouts/{created['id']}/stage"
        await desk.api.put(path, json={"percentage": stage}, headers=desk.headers)
    review_id = uuid.UUID(await desk.requested())
    await job.run(review_id)

    await ShadowReview(database, analyzer, job.request_for).run(review_id)

    shown, shadow = await rows(
        database,
        """
        SELECT review ->> 'engine', review #>> '{document,sha256}' FROM review_results
        UNION ALL SELECT review ->> 'engine', review #>> '{document,sha256}' FROM shadow_results
        """,
    )
    assert (shown[0], shadow[0]) == ("rubric+llm", "rubric")
    assert shown[1] == shadow[1] is not None
