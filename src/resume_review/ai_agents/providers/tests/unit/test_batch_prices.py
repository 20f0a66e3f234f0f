"""What an answer out of a batch costs."""

from decimal import Decimal

import pytest

from resume_review.ai_agents.providers.base import ModelChoice, Usage, Vendor
from resume_review.ai_agents.providers.prices import Price, PriceList

pytestmark = pytest.mark.unit

USAGE = Usage(input_tokens=1_000_000, output_tokens=100_000)


@pytest.mark.parametrize(
    ("vendor", "model"), [(Vendor.OPENAI, "gpt-5-mini"), (Vendor.ANTHROPIC, "claude-sonnet-5")]
)
def test_a_listed_model_costs_half_in_a_batch(vendor: Vendor, model: str) -> None:
    prices, choice = PriceList(), ModelChoice(vendor=vendor, model=model)
    alone, batched = prices.cost(choice, USAGE), prices.cost(choice, USAGE, batched=True)

    assert alone is not None
    assert batched == alone / 2


def test_an_own_price_is_halved() -> None:
    choice = ModelChoice(vendor=Vendor.OPENAI, model="mine", base_url="http://localhost/v1")
    prices = PriceList({"openai:mine": Price(input=Decimal(1), output=Decimal(10))})

    assert prices.cost(choice, USAGE, batched=True) == Decimal(1)


def test_an_unknown_price_stays_unknown() -> None:
    choice = ModelChoice(vendor=Vendor.OPENAI, model="nobody-knows-this-one")

    assert PriceList().cost(choice, USAGE, batched=True) is None
