from decimal import Decimal
from typing import Any

import pytest

from resume_review.ai_agents.interface import TrialAnswer, TrialComment
from resume_review.features.prompt_trials.comparing import difference, figures, means

pytestmark = pytest.mark.unit


def comment(start: int | None, end: int | None = None, *, category: str | None = "structure") -> TrialComment:
    place = f"{start}-{end}"
    return TrialComment(
        category=category,
        severity=3,
        quote=place,
        start=start,
        end=end,
        issue="",
        suggestion="",
        rewrite=None,
    )


def answer(*comments: TrialComment, **changed: Any) -> TrialAnswer:
    values: dict[str, Any] = {
        "fault": None,
        "steps": {"tone": 3, "format": 4},
        "points": {"tone": 60},
        "summary": None,
        "quotes": len(comments),
        "dropped": 0,
        "rewrites_dropped": 0,
        "model": "m",
        "input_tokens": 100,
        "output_tokens": 10,
        "cost_usd": Decimal("0.01"),
        "calls": 1,
        "latency_ms": 200,
        "repaired": False,
    }
    return TrialAnswer(comments=comments, **values | changed)


def test_comments_on_the_same_words_are_the_same() -> None:
    compared = difference(
        answer(comment(0, 10), comment(20, 30), comment(40, 50)),
        answer(comment(2, 10), comment(20, 30, category="grammar"), comment(60, 70)),
    )

    assert compared.both == 1
    assert compared.only_current == ["20-30", "40-50"]
    assert compared.only_new == ["20-30", "60-70"]


def test_one_comment_has_one_twin() -> None:
    compared = difference(answer(comment(0, 10)), answer(comment(0, 10), comment(1, 10)))

    assert (compared.both, compared.only_new) == (1, ["1-10"])


def test_invented_quotes_are_no_ones_comment() -> None:
    compared = difference(answer(), answer(comment(None), dropped=1))

    assert (compared.both, compared.only_new, compared.dropped) == (0, [], 1)


def test_scores_tokens_cost_and_time_are_new_less_current() -> None:
    compared = difference(
        answer(),
        answer(steps={"tone": 5}, points={}, input_tokens=150, cost_usd=Decimal("0.03"), latency_ms=50),
    )

    assert (compared.steps, compared.points) == ({"tone": 2}, {})
    assert (compared.tokens, compared.cost_usd, compared.latency_ms) == (50, Decimal("0.02"), -150)


def test_a_cost_that_is_not_known_leaves_none_to_compare() -> None:
    unknown = answer(cost_usd=None)

    assert difference(answer(), unknown).cost_usd is None
    assert figures([answer(), unknown]).cost_usd is None


def test_an_answer_that_called_nobody_costs_nothing() -> None:
    nobody = answer(fault="BudgetError", calls=0, cost_usd=None, latency_ms=0)

    sums = figures([answer(), nobody])

    assert (sums.cost_usd, sums.answered, sums.failed) == (Decimal("0.01"), 1, 1)


def test_nothing_answered_has_no_mean() -> None:
    assert figures([]).latency_ms is None
    assert means([]) == {}


def test_means_are_over_those_that_have_the_dimension() -> None:
    assert means([{"tone": 1}, {"tone": 2, "format": -1}]) == {"tone": 1.5, "format": -1.0}
