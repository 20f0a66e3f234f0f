"""Asking a model for all reviews of an evaluation, within a ceiling of money and tokens."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from resume_review.ai_agents.client import RubricAnalyzer
from resume_review.ai_agents.evaluation.cases import Case
from resume_review.ai_agents.guardrails.redaction import RedactionOptions
from resume_review.ai_agents.interface import AnalysisRequest, ModelUse
from resume_review.ai_agents.model_analyzer import AgentSettings, ModelAnalyzer, NoListener
from resume_review.ai_agents.prompts.loader import bundled
from resume_review.ai_agents.prompts.model import Locale
from resume_review.ai_agents.prompts.source import NAMES, BundledPrompts
from resume_review.ai_agents.providers.base import LLMProvider, ModelChoice, Usage
from resume_review.ai_agents.providers.exchange import ModelClient
from resume_review.ai_agents.providers.ledger import MemoryLedger, estimated_tokens
from resume_review.ai_agents.providers.pacing import LocalPacer
from resume_review.ai_agents.providers.policy import Budget, Pace, Policy
from resume_review.ai_agents.providers.prices import PriceList
from resume_review.ai_agents.workflows.materials import AGENTS, Materials
from resume_review.rubric import Engine, Review, ReviewStatus

_ANSWER_TOKENS = 1_500
_SAMPLE = 6


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What an evaluation will take, on the dear side; cost null when the price is not known."""

    reviews: int
    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: Decimal | None

    @property
    def tokens(self) -> int:
        """All of them."""
        return self.input_tokens + self.output_tokens


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One case and what came of it; `steps` are the model's own scores 0-5 by dimension."""

    case: Case
    review: Review
    rubric: Review
    steps: Mapping[str, int]
    seconds: float

    @property
    def overall(self) -> float:
        """The final score (0-100)."""
        assert self.review.scores.overall is not None
        return float(self.review.scores.overall)

    @property
    def by_model(self) -> bool:
        """Whether all agents answered."""
        return not self.review.degraded


@dataclass
class _Uses:
    """Keeps the calls of each review."""

    by_review: dict[str, list[ModelUse]] = field(default_factory=dict)

    async def record(self, request: AnalysisRequest, uses: Sequence[ModelUse]) -> None:
        self.by_review.setdefault(request.review_id or "", []).extend(uses)

    def steps(self, review: str) -> dict[str, int]:
        steps: dict[str, int] = {}
        for use in self.by_review.get(review, []):
            if use.answer and use.fault is None:
                steps |= _scores(use.answer)
        return steps


async def estimate(cases: Sequence[Case], choice: ModelChoice, prices: PriceList) -> Estimate:
    """What asking for all cases will take, from the questions of some of them."""
    sample = cases[:: max(1, len(cases) // _SAMPLE)]
    tokens = [await _question_tokens(case) for case in sample]
    each = sum(tokens) / len(tokens)
    calls = len(cases) * len(AGENTS)
    usage = Usage(input_tokens=round(each * len(cases)), output_tokens=calls * _ANSWER_TOKENS)
    return Estimate(
        reviews=len(cases),
        calls=calls,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost_usd=prices.cost(choice, usage),
    )


async def ask_all(
    cases: Sequence[Case],
    provider: LLMProvider,
    *,
    prices: PriceList,
    ceiling: Estimate,
    at_once: int = 8,
    temperature: float | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> list[Answered]:
    """All cases in their order, or the first alone where no agent answers it.

    Over twice the ceiling nothing more is sent, and what is left falls to the rubric.
    """
    uses = _Uses()
    analyzer = ModelAnalyzer(
        RubricAnalyzer(),
        {None: _client(provider, prices, ceiling, at_once)},
        prompts=BundledPrompts(),
        usage=uses,
        listener=NoListener(),
        prices=prices,
        settings=AgentSettings(temperature=temperature),
    )
    turns, done = asyncio.Semaphore(at_once), 0

    async def ask(case: Case) -> Answered:
        nonlocal done
        async with turns:
            request = case.request()
            rubric = await RubricAnalyzer().analyze(request)
            started = time.perf_counter()
            review = await analyzer.analyze(request)
            seconds = time.perf_counter() - started
        assert review.status is ReviewStatus.COMPLETED, case.id
        done += 1
        told(done)
        return Answered(
            case=case, review=review, rubric=rubric, steps=uses.steps(case.id), seconds=round(seconds, 3)
        )

    first = await ask(cases[0])
    if first.review.engine is Engine.RUBRIC:
        return [first]
    return [first, *await asyncio.gather(*(ask(case) for case in cases[1:]))]


def _client(provider: LLMProvider, prices: PriceList, ceiling: Estimate, at_once: int) -> ModelClient:
    budget = Budget(
        user_day_tokens=2 * ceiling.tokens,
        user_day_usd=None if ceiling.cost_usd is None else 2 * ceiling.cost_usd + 1,
        day_usd=None,
    )
    policy = Policy(budget=budget, pace=Pace(at_once=2 * at_once))
    return ModelClient(
        [provider], policy=policy, ledger=MemoryLedger(), pacer=LocalPacer(policy.pace), prices=prices
    )


async def _question_tokens(case: Case) -> int:
    request = case.request()
    review = await RubricAnalyzer().analyze(request)
    materials = Materials.of(request, options=RedactionOptions(), temperature=None)
    calls = [materials.call(bundled()[NAMES[agent], Locale(request.language)], review) for agent in AGENTS]
    return sum(estimated_tokens(call.system, call.user) for call in calls)


def _scores(answer: str) -> Iterable[tuple[str, int]]:
    text = answer[answer.find("{") : answer.rfind("}") + 1]
    try:
        scores = cast("dict[str, Any]", json.loads(text)).get("scores", {})
    except ValueError:
        return ()
    return cast("dict[str, int]", scores).items()
