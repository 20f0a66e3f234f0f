"""What calls cost, from data that ships with a library; a model it does not know has no price, never a price of zero."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from resume_review.ai_agents.providers.base import ModelChoice, Usage, Vendor

_MILLION = Decimal(1_000_000)
BATCH_SHARE = Decimal("0.5")
"""What OpenAI and Anthropic take of the usual price in batches, as their pricing pages state; for own prices only,
since the library lists the price of a batch with each model."""


@dataclass(frozen=True, kw_only=True)
class Price:
    """US dollars for a million tokens."""

    input: Decimal
    output: Decimal


class PriceList:
    """Prices by model; own ones win over the library's."""

    def __init__(self, own: Mapping[str, Price] | None = None) -> None:
        """`own` maps `vendor:model` to a price, for models that run on own machines or have been negotiated."""
        self._own = dict(own or {})

    def cost(self, choice: ModelChoice, usage: Usage, *, batched: bool = False) -> Decimal | None:
        """US dollars for these tokens, at the price of a batch if `batched`; null when the price is not known."""
        own = self._own.get(str(choice))
        if own is not None:
            full = (own.input * usage.input_tokens + own.output * usage.output_tokens) / _MILLION
            return full * BATCH_SHARE if batched else full
        if choice.vendor is Vendor.FAKE:
            return Decimal(0)
        if choice.base_url is not None:
            return None
        return _listed(choice, usage, batched=batched)


def _listed(choice: ModelChoice, usage: Usage, *, batched: bool) -> Decimal | None:
    from genai_prices import Usage as Tokens  # noqa: PLC0415 - a third of a second that only workers pay
    from genai_prices import calc_price  # noqa: PLC0415

    tokens = Tokens(
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cache_read_tokens=usage.cached_input_tokens,
    )
    try:
        return calc_price(
            tokens,
            model_ref=choice.model,
            provider_id=choice.vendor.value,
            price_context={"processing": "batch"} if batched else None,
        ).total_price
    except LookupError:
        return None
