"""What is counted of calls of models."""

from decimal import Decimal

import pytest

from resume_review.ai_agents.interface import CallFacts, CallOutcome
from resume_review.features.monitoring import ObservedModels
from resume_review.infrastructure.monitoring.metrics import REGISTRY
from resume_review.infrastructure.monitoring.tracing import NO_TRACING

pytestmark = pytest.mark.unit


def facts(model: str) -> CallFacts:
    return CallFacts(
        agent="structure", vendor="openai", model=model, base_url=None, temperature=0.2, max_output_tokens=10
    )


def outcome(*, cost: Decimal | None = Decimal("0.25"), fault: str | None = None) -> CallOutcome:
    return CallOutcome(
        model="answered-by-another-name",
        finish="complete",
        input_tokens=100,
        output_tokens=20,
        cached_input_tokens=40,
        cost_usd=cost,
        fault=fault,
    )


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"resume_review_{name}", {"provider": "openai", **labels}) or 0.0


def test_an_answer_counts_with_its_tokens_and_cost() -> None:
    with ObservedModels(NO_TRACING).call(facts("good")) as watch:
        watch.answered(outcome())

    assert value("model_calls_total", model="good", outcome="ok") == 1
    assert value("model_call_duration_seconds_count", model="good") == 1
    tokens = {
        kind: value("model_tokens_total", model="good", kind=kind) for kind in ("input", "cached", "output")
    }
    assert tokens == {"input": 60, "cached": 40, "output": 20}
    assert value("model_cost_usd_total", model="good") == 0.25


def test_a_price_that_is_not_known_is_no_zero() -> None:
    with ObservedModels(NO_TRACING).call(facts("unpriced")) as watch:
        watch.answered(outcome(cost=None))

    assert value("model_calls_unpriced_total", model="unpriced") == 1
    assert value("model_cost_usd_total", model="unpriced") == 0


def test_an_answer_of_no_use_counts_as_its_fault() -> None:
    with ObservedModels(NO_TRACING).call(facts("wrong")) as watch:
        watch.answered(outcome(fault="WrongModelError"))

    assert value("model_calls_total", model="wrong", outcome="WrongModelError") == 1
    assert value("model_calls_total", model="wrong", outcome="ok") == 0


def test_a_call_that_fails_counts_as_its_exception() -> None:
    with pytest.raises(TimeoutError), ObservedModels(NO_TRACING).call(facts("slow")):
        raise TimeoutError

    assert value("model_calls_total", model="slow", outcome="TimeoutError") == 1


def test_quotes_count_by_agent() -> None:
    ObservedModels(NO_TRACING).quotes("of-this-test", verified=7, dropped=2)

    kinds = {
        kind: REGISTRY.get_sample_value(
            "resume_review_quotes_total", {"agent": "of-this-test", "outcome": kind}
        )
        for kind in ("verified", "dropped")
    }
    assert kinds == {"verified": 7, "dropped": 2}
