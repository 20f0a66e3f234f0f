"""Models without a platform: what one process needs to ask them."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from resume_review.ai_agents.client import open_analyzer
from resume_review.ai_agents.config import AnalyzerConfig, OpenAnalyzer, Ports
from resume_review.ai_agents.interface import AIAnalyzer, AnalysisRequest, ModelObserver
from resume_review.ai_agents.observing import Unobserved
from resume_review.ai_agents.prompts.source import BundledPrompts, PromptSource
from resume_review.ai_agents.providers.factory import ModelSetupError
from resume_review.ai_agents.providers.ledger import MemoryLedger
from resume_review.ai_agents.providers.pacing import LocalPacer
from resume_review.cli.parsing import CommandError
from resume_review.core.errors import StartupError
from resume_review.core.settings import load_settings
from resume_review.documents import Document
from resume_review.infrastructure.monitoring import configure_logging
from resume_review.rubric import Review
from resume_review.worker import analyzer_config


@asynccontextmanager
async def open_alone(
    config: AnalyzerConfig,
    *,
    rubric: AIAnalyzer | None = None,
    prompts: PromptSource | None = None,
    observer: ModelObserver | None = None,
) -> AsyncGenerator[OpenAnalyzer]:
    """The analyzer with budgets and pace of this process, and nothing kept.

    Raises:
        ModelSetupError: A library or a key is missing.
    """
    # Loads the workflow's libraries, which commands that ask no model must not wait for.
    from resume_review.ai_agents.model_analyzer import NoListener, NoUsage  # noqa: PLC0415

    ports = Ports(
        ledger=MemoryLedger(),
        pacer=LocalPacer(config.policy.pace),
        usage=NoUsage(),
        listener=NoListener(),
        prompts=prompts or BundledPrompts(),
        observer=observer or Unobserved(),
    )
    async with open_analyzer(config, ports, rubric=rubric) as opened:
        yield opened


def chosen(engine: str) -> AnalyzerConfig:
    """What `--engine` asks for, with the keys and limits of the environment.

    Raises:
        CommandError: It cannot be used as things are.
    """
    vendor, _, model = engine.partition(":")
    try:
        return analyzer_config(load_settings(engine=vendor, model=model or None))
    except StartupError as error:
        raise CommandError(error.detail) from None


def told(config: AnalyzerConfig) -> str:
    """What leaves this machine, and for where."""
    places = [
        f"{choice} at {choice.base_url}" if choice.base_url else str(choice)
        for choice in config.choices
        if choice.vendor != "fake"
    ]
    if not places:
        return "nothing leaves this machine: the fake model answers from the rubric"
    left_out = ["names", "contact data", "addresses", "numbers of documents"]
    left_out += ["schools"] if config.redact_schools else []
    left_out += ["pronouns"] if config.redact_pronouns else []
    return f"the words of the resume are sent to {', then '.join(places)}, without {', '.join(left_out)}"


class AloneReviewer:
    """Reviews documents one after another with the models; `rubric` gives the review that they work on."""

    def __init__(self, config: AnalyzerConfig, rubric: Callable[[Document], Review]) -> None:
        # The review says what went wrong; the standard output is for reviews.
        configure_logging(level="CRITICAL")
        self._runner = asyncio.Runner()
        self._opening = open_alone(config, rubric=_Given(rubric))
        try:
            self._analyzer = self._runner.run(self._opening.__aenter__()).analyzer
        except ModelSetupError as error:
            self._runner.close()
            raise CommandError(str(error)) from None

    def review(self, request: AnalysisRequest) -> Review:
        """See `AIAnalyzer.analyze`."""
        return self._runner.run(self._analyzer.analyze(request))

    def close(self) -> None:
        """Give back what models hold."""
        self._runner.run(self._opening.__aexit__(None, None, None))
        self._runner.close()


class _Given:
    """The command's own rubric as an analyzer."""

    name = "rubric"

    def __init__(self, rubric: Callable[[Document], Review]) -> None:
        self._rubric = rubric

    async def analyze(self, request: AnalysisRequest) -> Review:
        return self._rubric(request.document)
