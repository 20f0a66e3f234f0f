from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from resume_review.ai_agents.interface import AnalysisRequest, ModelUse, Payer, Totals, Variant
from resume_review.ai_agents.model_analyzer import AgentSettings, ModelAnalyzer
from resume_review.ai_agents.prompts.source import BundledPrompts
from resume_review.ai_agents.providers.base import ModelChoice, Vendor
from resume_review.ai_agents.providers.exchange import ModelClient
from resume_review.ai_agents.providers.fake import FakeProvider
from resume_review.ai_agents.providers.ledger import MemoryLedger
from resume_review.ai_agents.providers.pacing import LocalPacer
from resume_review.ai_agents.providers.policy import Pace, Policy
from resume_review.ai_agents.providers.prices import PriceList
from resume_review.ai_agents.rubric_analyzer import RubricAnalyzer
from resume_review.documents import read_document
from resume_review.rubric import Engine
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration

REQUEST = AnalysisRequest(
    document=read_document(MARKDOWN.encode(), "resume.md"),
    industry="strategy_consulting",
    language="en",
    review_date=date(2026, 1, 1),
    review_id="01a1fe27-bbbc-7f5c-82a3-e8e6b000adfe",
    user_id="robin",
)


class Listening:
    """Hears steps and calls."""

    def __init__(self) -> None:
        self.steps: list[tuple[str | None, str]] = []
        self.uses: list[tuple[str | None, ModelUse]] = []

    async def __call__(self, request: AnalysisRequest, step: str) -> None:
        self.steps.append((request.review_id, step))

    async def record(self, request: AnalysisRequest, uses: Sequence[ModelUse]) -> None:
        self.uses += [(request.review_id, use) for use in uses]


class Bench:
    """An analyzer that keeps its steps, with all that it tells others."""

    def __init__(self) -> None:
        self.heard = Listening()
        self.ledger = MemoryLedger()
        self.saver = InMemorySaver()
        policy, prices = Policy(), PriceList({})
        provider = FakeProvider(ModelChoice(vendor=Vendor.FAKE, model="rubric"))
        client = ModelClient(
            [provider], policy=policy, ledger=self.ledger, pacer=LocalPacer(Pace()), prices=prices
        )
        self.analyzer = ModelAnalyzer(
            RubricAnalyzer(),
            {None: client, "fake:rubric": client},
            prompts=BundledPrompts(),
            usage=self.heard,
            listener=self.heard,
            prices=prices,
            settings=AgentSettings(),
            checkpointer=self.saver,
        )

    async def kept(self) -> list[Any]:
        return [step async for step in self.saver.alist(None)]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def asked(**changed: Any) -> AnalysisRequest:
    return replace(REQUEST, **changed)


async def test_an_arm_without_models_asks_none_and_is_named_in_the_receipt(bench: Bench) -> None:
    review = await bench.analyzer.analyze(asked(variant=Variant(key="e", arm="plain", rubric_only=True)))

    assert (review.engine, review.degraded, review.receipt.arm) == (Engine.RUBRIC, False, "e/plain")
    assert bench.heard.uses == []


async def test_the_receipt_keeps_the_score_from_before_the_model(bench: Bench) -> None:
    rubric = await RubricAnalyzer().analyze(REQUEST)

    review = await bench.analyzer.analyze(REQUEST)

    assert (review.engine, review.receipt.rubric_overall) == (Engine.RUBRIC_LLM, rubric.scores.overall)


async def test_the_summary_names_the_score_of_the_whole_review(bench: Bench) -> None:
    rubric = await RubricAnalyzer().analyze(REQUEST)

    review = await bench.analyzer.analyze(REQUEST)

    assert review.scores.overall != rubric.scores.overall
    assert f"{review.scores.overall} of 100" in review.summary
    assert f"{rubric.scores.overall} of 100" in rubric.summary


async def test_every_call_of_an_arm_names_it(bench: Bench) -> None:
    variant = Variant(key="e", arm="new", model="fake:rubric")

    await bench.analyzer.analyze(asked(variant=variant))

    assert {use.variant for _, use in bench.heard.uses} == {variant}


async def test_a_model_that_is_not_set_up_leaves_the_rubrics_review(bench: Bench) -> None:
    review = await bench.analyzer.analyze(asked(variant=Variant(key="e", arm="new", model="fake:other")))

    assert (review.engine, review.degraded, review.receipt.arm) == (Engine.RUBRIC, True, "e/new")


async def test_a_shadow_keeps_and_announces_no_steps(bench: Bench) -> None:
    review = await bench.analyzer.analyze(asked(shadow=True))

    assert review.engine is Engine.RUBRIC_LLM
    assert (bench.heard.steps, await bench.kept()) == ([], [])


async def test_a_shadow_goes_its_own_way_beside_the_review(bench: Bench) -> None:
    await bench.analyzer.analyze(REQUEST)
    kept, calls = len(await bench.kept()), len(bench.heard.uses)

    await bench.analyzer.analyze(asked(shadow=True))

    assert (len(await bench.kept()), len(bench.heard.uses)) == (kept, 2 * calls)
    assert calls > 0


async def test_a_shadow_is_paid_from_an_account_of_its_own(bench: Bench) -> None:
    await bench.analyzer.analyze(asked(shadow=True))

    review, user, everyone = await bench.ledger.spent(
        Payer(review=f"shadow:{REQUEST.review_id}", user="shadow")
    )
    own, robin, _ = await bench.ledger.spent(Payer(review=str(REQUEST.review_id), user="robin"))
    assert review.tokens == user.tokens == everyone.tokens > 0
    assert own == robin == Totals()


async def test_an_analysis_without_a_review_keeps_no_steps(bench: Bench) -> None:
    review = await bench.analyzer.analyze(asked(review_id=None))

    assert (review.engine, await bench.kept()) == (Engine.RUBRIC_LLM, [])
