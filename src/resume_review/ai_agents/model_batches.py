"""Questions of paused analyses, written and priced for their vendors' batches."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from resume_review.ai_agents.batching import BatchAnswer, BatchProvider, BatchQuestion
from resume_review.ai_agents.interface import AnalysisRequest, Spending, Totals
from resume_review.ai_agents.model_analyzer import ModelAnalyzer
from resume_review.ai_agents.providers.base import LLMProvider, ModelChoice, Usage
from resume_review.ai_agents.providers.batches.base import WritingProvider
from resume_review.ai_agents.providers.batches.opening import open_batches
from resume_review.ai_agents.providers.ledger import ceilings_for, estimated_tokens
from resume_review.ai_agents.providers.policy import Budget
from resume_review.ai_agents.providers.prices import PriceList


class OpenModelBatches:
    """The batches of those configured models whose vendors have some."""

    def __init__(
        self, analyzer: ModelAnalyzer, chain: Sequence[LLMProvider], *, prices: PriceList, budget: Budget
    ) -> None:
        """`analyzer` knows what paused analyses ask."""
        self._analyzer = analyzer
        self._prices = prices
        self._budget = budget
        self._choices: dict[str, ModelChoice] = {}
        self._providers: dict[str, WritingProvider] = {}
        for provider in chain:
            batches = open_batches(provider)
            if batches is not None:
                self._choices[str(provider.choice)] = provider.choice
                self._providers[str(provider.choice)] = batches

    def provider(self, model: str) -> BatchProvider | None:
        """See `ModelBatches.provider`."""
        return self._providers.get(model)

    async def questions(
        self, request: AnalysisRequest, model: str, custom_ids: Mapping[str, str], left_out: Sequence[str]
    ) -> Sequence[BatchQuestion]:
        """See `ModelBatches.questions`."""
        calls = await self._analyzer.calls(request)
        questions: list[BatchQuestion] = []
        for agent, custom_id in custom_ids.items():
            if call := calls.get(agent):
                usage = Usage(
                    input_tokens=estimated_tokens(call.system, call.user),
                    output_tokens=call.max_output_tokens,
                )
                price = self._prices.cost(self._choices[model], usage, batched=True)
                questions.append(
                    BatchQuestion(
                        custom_id=custom_id,
                        body=self._providers[model].body(call, left_out),
                        tokens=usage.input_tokens + usage.output_tokens,
                        usd=price or Decimal(0),
                    )
                )
        return questions

    def ceilings(self, amount: Totals) -> Callable[[Spending], None]:
        """See `ModelBatches.ceilings`."""
        return ceilings_for(self._budget, amount)

    def cost(self, model: str, answer: BatchAnswer) -> Decimal | None:
        """See `ModelBatches.cost`."""
        usage = Usage(
            input_tokens=answer.input_tokens,
            output_tokens=answer.output_tokens,
            cached_input_tokens=answer.cached_input_tokens,
        )
        return self._prices.cost(self._choices[model], usage, batched=True)
