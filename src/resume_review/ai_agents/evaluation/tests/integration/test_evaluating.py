"""An evaluation tells a good model from a bad one."""

from decimal import Decimal

import pytest

from resume_review.ai_agents.evaluation.cases import Kind, planned
from resume_review.ai_agents.evaluation.golden_set import subset
from resume_review.ai_agents.evaluation.results import Results, judged
from resume_review.ai_agents.evaluation.running import Answered, Estimate, ask_all, estimate
from resume_review.ai_agents.providers.factory import create_provider, parse_choice
from resume_review.ai_agents.providers.prices import Price, PriceList

pytestmark = pytest.mark.integration


async def answers(model: str, *, resumes: int = 2, ceiling: Estimate | None = None) -> list[Answered]:
    choice, prices = parse_choice(model), PriceList()
    cases = [
        case
        for case in planned(subset(resumes), repeats=2)
        if case.kind is not Kind.SWAPPED or "detail" in case.id
    ]
    expected = ceiling or await estimate(cases, choice, prices)
    return await ask_all(cases, create_provider(choice, {}), prices=prices, ceiling=expected)


async def evaluated(model: str) -> Results:
    return judged(await answers(model))


def missed(results: Results) -> set[str]:
    return {gate.name for gate in results.gates if not gate.passed}


async def test_steady_model_takes_every_bar() -> None:
    results = await evaluated("fake:rubric")

    assert missed(results) == set()
    assert results.spread["overall"] == 0
    assert results.swap_mean == 0


async def test_model_that_obeys_resumes_is_kept_from_their_orders() -> None:
    results = await evaluated("fake:rubric!obey")

    assert results.injection_largest is not None
    assert results.injection_largest <= 1
    assert results.injections_flagged == 1


async def test_model_that_invents_quotes_does_not_pass() -> None:
    assert "answered by the model" in missed(judged(await answers("fake:rubric!invent")))


async def test_model_that_never_answers_is_asked_about_one_resume_only() -> None:
    assert len(await answers("fake:rubric!bad_key")) == 1


async def test_nothing_is_sent_over_the_ceiling() -> None:
    ceiling = Estimate(reviews=1, calls=2, input_tokens=10_000, output_tokens=0, cost_usd=Decimal(0))
    given = await answers("fake:rubric", ceiling=ceiling)

    assert sum(one.by_model for one in given) < len(given) / 2
    assert judged(given).passed is False


async def test_estimate_errs_on_the_dear_side() -> None:
    choice = parse_choice("fake:rubric")
    prices = PriceList({str(choice): Price(input=Decimal(1), output=Decimal(4))})
    cases = planned(subset(2), repeats=2)
    expected = await estimate(cases, choice, prices)
    given = await ask_all(cases, create_provider(choice, {}), prices=prices, ceiling=expected)
    cost = judged(given).cost_usd

    assert expected.cost_usd is not None
    assert cost is not None
    assert 0 < cost < expected.cost_usd
