"""The analyzer that asks models, with all that it holds open."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from resume_review.ai_agents.config import AnalyzerConfig, NothingKept, OpenAnalyzer, Ports
from resume_review.ai_agents.guardrails.redaction import RedactionOptions
from resume_review.ai_agents.interface import AIAnalyzer
from resume_review.ai_agents.model_analyzer import AgentSettings, ModelAnalyzer
from resume_review.ai_agents.providers.base import LLMProvider, ModelChoice
from resume_review.ai_agents.providers.breaker import CircuitBreaker
from resume_review.ai_agents.providers.exchange import ModelClient
from resume_review.ai_agents.providers.factory import create_provider
from resume_review.ai_agents.providers.prices import Price, PriceList
from resume_review.ai_agents.workflows.checkpoints import Checkpoints, open_checkpoints


@asynccontextmanager
async def open_models(
    config: AnalyzerConfig, ports: Ports, rubric: AIAnalyzer
) -> AsyncGenerator[OpenAnalyzer]:
    """The configured models as a chain, and each of them alone for variants that name it.

    Raises:
        ModelSetupError: A library or a key is missing, with what to do.
    """
    async with AsyncExitStack() as stack:
        chain: list[LLMProvider] = []
        for choice in config.choices:
            provider = create_provider(choice, config.keys)
            stack.push_async_callback(provider.close)
            chain.append(provider)
        breakers = {provider.choice: CircuitBreaker() for provider in chain}
        prices = PriceList(
            {model: Price(input=given, output=answered) for model, (given, answered) in config.prices.items()}
        )

        def client(providers: Sequence[LLMProvider]) -> ModelClient:
            return ModelClient(
                providers,
                policy=config.policy,
                ledger=ports.ledger,
                pacer=ports.pacer,
                prices=prices,
                breakers=breakers,
            )

        checkpoints: Checkpoints | None = None
        if config.steps_conninfo:
            checkpoints = await stack.enter_async_context(open_checkpoints(config.steps_conninfo))
        analyzer = ModelAnalyzer(
            rubric,
            {None: client(chain), **{str(one.choice): client([one]) for one in chain}},
            prompts=ports.prompts,
            usage=ports.usage,
            listener=ports.listener,
            prices=prices,
            settings=AgentSettings(
                summarise=config.summarise,
                redaction=RedactionOptions(schools=config.redact_schools, pronouns=config.redact_pronouns),
            ),
            checkpointer=checkpoints.saver if checkpoints else None,
        )
        yield OpenAnalyzer(
            analyzer=analyzer, steps=checkpoints or NothingKept(), resting=lambda: _resting(breakers)
        )


def _resting(breakers: Mapping[ModelChoice, CircuitBreaker]) -> list[str]:
    return [str(choice) for choice, breaker in breakers.items() if breaker.rests]
