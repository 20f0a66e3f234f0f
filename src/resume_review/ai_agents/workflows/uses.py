"""Calls of models as usage history keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass

from resume_review.ai_agents.agents.asking import Asked
from resume_review.ai_agents.interface import ModelUse, Purpose, Variant
from resume_review.ai_agents.prompts.model import Prompt
from resume_review.ai_agents.providers.exchange import Attempt
from resume_review.ai_agents.providers.prices import PriceList


@dataclass(frozen=True, kw_only=True)
class Uses:
    """What is the same for all calls of one agent.

    Attributes:
        variables: What was filled in, untrusted values left out.
        keeps_answers: Whether the model's words are kept; they go with the review.
    """

    prompt: Prompt
    prices: PriceList
    variables: Mapping[str, object]
    variant: Variant | None
    purpose: Purpose
    keeps_answers: bool = True

    def of(self, asked: Asked) -> list[ModelUse]:
        """Every attempt; the last one of an exchange has its answer."""
        uses: list[ModelUse] = []
        for exchange in asked.exchanges:
            *earlier, last = exchange.attempts
            uses += [self._use(attempt, answer=None) for attempt in earlier]
            uses.append(self._use(last, answer=exchange.text if self.keeps_answers else None))
        return uses + [self._use(attempt, answer=None) for attempt in asked.failed]

    def _use(self, attempt: Attempt, *, answer: str | None) -> ModelUse:
        usage, prompt = attempt.usage, self.prompt
        return ModelUse(
            agent=attempt.agent,
            prompt_name=prompt.metadata.name,
            prompt_version=prompt.metadata.version,
            prompt_hash=prompt.content_hash,
            vendor=attempt.choice.vendor.value,
            model=attempt.model,
            variables=self.variables,
            answer=answer,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cached_input_tokens=usage.cached_input_tokens,
            cost_usd=self.prices.cost(attempt.choice, usage),
            latency_ms=attempt.latency_ms,
            fault=attempt.fault,
            variant=self.variant,
            purpose=self.purpose,
        )
