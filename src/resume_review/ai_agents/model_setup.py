"""The analyzer that asks models, with all that it holds open."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from resume_review.ai_agents.config import AnalyzerConfig, NothingKept, OpenAnalyzer, Ports
from resume_review.ai_agents.guardrails.redaction import RedactionOptions
from resume_review.ai_agents.interface import AIAnalyzer
from resume_review.ai_agents.model_analyzer import AgentSettings, ModelAnalyzer
from resume_review.ai_agents.model_batches import OpenModelBatches
from resume_review.ai_agents.prompt_tester import ModelPromptTester
from resume_review.ai_agents.providers.base import LLMProvider, ModelChoice
from resume_review.ai_agents.providers.batches.opening import open_batches
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
                observer=ports.observer,
            )

        checkpoints: Checkpoints | None = None
        if config.steps_conninfo:
            checkpoints = await stack.enter_async_context(open_checkpoints(config.steps_conninfo))
        settings = AgentSettings(
            summarise=config.summarise,
            redaction=RedactionOptions(schools=config.redact_schools, pronouns=config.redact_pronouns),
        )
        whole_chain = client(chain)
        analyzer = ModelAnalyzer(
            rubric,
            {None: whole_chain, **{str(one.choice): client([one]) for one in chain}},
            prompts=ports.prompts,
            usage=ports.usage,
            listener=ports.listener,
            prices=prices,
            observer=ports.observer,
            settings=settings,
            checkpointer=checkpoints.saver if checkpoints else None,
            gathering=ports.gathering if open_batches(chain[0]) else None,
        )
        yield OpenAnalyzer(
            analyzer=analyzer,
            steps=checkpoints or NothingKept(),
            resting=lambda: _resting(breakers),
            tester=ModelPromptTester(
                rubric, whole_chain, usage=ports.usage, prices=prices, settings=settings
            ),
            batches=OpenModelBatches(analyzer, chain, prices=prices, budget=config.policy.budget),
        )


def _resting(breakers: Mapping[ModelChoice, CircuitBreaker]) -> list[str]:
    return [str(choice) for choice, breaker in breakers.items() if breaker.rests]
