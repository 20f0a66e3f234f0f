from decimal import Decimal

import pytest

from resume_review.features.resume_analysis.rows import cost_of
from resume_review.rubric import AgentReceipt

pytestmark = pytest.mark.unit


def agent(cost: str | None, *, tokens: int = 10) -> AgentReceipt:
    return AgentReceipt(agent="structure", prompt="p@1", cost_usd=cost, calls=1, input_tokens=tokens)


@pytest.mark.parametrize(
    ("agents", "cost"),
    [
        ([], Decimal(0)),
        ([agent("0.001"), agent("0.002")], Decimal("0.003")),
        ([agent("0.001"), agent(None)], None),
        ([agent("0.001"), agent(None, tokens=0)], Decimal("0.001")),
        ([agent("0.0000001")], Decimal(0)),
    ],
    ids=["no model", "sum", "unknown price", "call without answer", "rounded"],
)
def test_a_review_costs_what_its_agents_cost(agents: list[AgentReceipt], cost: Decimal | None) -> None:
    assert cost_of(agents) == cost
