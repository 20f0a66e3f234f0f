"""What an analyzer is made of, and what its maker hands out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from resume_review.ai_agents.batching import BatchAnswer, BatchQuestion, Gathering
from resume_review.ai_agents.interface import (
    AIAnalyzer,
    AnalysisRequest,
    KeptSteps,
    ModelBatches,
    ModelObserver,
    Pacer,
    PromptTester,
    Spending,
    SpendLedger,
    StepListener,
    Totals,
    UsageSink,
)
from resume_review.ai_agents.observing import Unobserved
from resume_review.ai_agents.providers.base import ModelChoice, Vendor
from resume_review.ai_agents.providers.factory import parse_choice
from resume_review.ai_agents.providers.policy import Policy

if TYPE_CHECKING:
    from resume_review.ai_agents.prompts.source import PromptSource

RUBRIC = "rubric"
RUBRIC_AND_MODELS = "rubric+llm"
REMOTE = "remote"


@dataclass(frozen=True, kw_only=True)
class AnalyzerConfig:
    """Which models judge beside the rubric, and how.

    Attributes:
        models: `vendor:model` in the order in which they are asked; none means the rubric alone.
        prices: US dollars for a million tokens, in and out, by `vendor:model`.
        summarise: Ask a model for the summary too.
        service_url: Another process judges, at this address; the rest is its own business.
        steps_conninfo: The database in which finished steps are kept; null keeps none.
    """

    models: tuple[str, ...] = ()
    keys: Mapping[Vendor, str] = field(default_factory=dict[Vendor, str], repr=False)
    base_urls: Mapping[Vendor, str] = field(default_factory=dict[Vendor, str])
    prices: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict[str, tuple[Decimal, Decimal]])
    policy: Policy = field(default_factory=Policy)
    summarise: bool = False
    redact_schools: bool = True
    redact_pronouns: bool = True
    service_url: str | None = None
    service_secret: str = field(default="", repr=False)
    steps_conninfo: str | None = None

    @property
    def choices(self) -> list[ModelChoice]:
        """The models with their addresses.

        Raises:
            ModelSetupError: One is not of the form `vendor:model`.
        """
        return [parse_choice(model, base_urls=self.base_urls) for model in self.models]


@dataclass(frozen=True, kw_only=True)
class Ports:
    """What models need of the platform; without `gathering` no question goes with a batch."""

    ledger: SpendLedger
    pacer: Pacer
    usage: UsageSink
    listener: StepListener
    prompts: "PromptSource"
    observer: ModelObserver = field(default_factory=Unobserved)
    gathering: Gathering | None = None


class NothingKept:
    """For analyses that are done at one go."""

    async def forget(self, review_id: str) -> None:
        """See `KeptSteps.forget`."""

    async def kept(self) -> Sequence[str]:
        """See `KeptSteps.kept`."""
        return []


class NoBatches:
    """Where no model is asked, no question goes with a batch; one that is under way is given up."""

    def provider(self, model: str) -> None:
        """See `ModelBatches.provider`."""

    async def questions(
        self, request: AnalysisRequest, model: str, custom_ids: Mapping[str, str], left_out: Sequence[str]
    ) -> Sequence[BatchQuestion]:
        """See `ModelBatches.questions`."""
        del request, model, custom_ids, left_out
        return ()

    def ceilings(self, amount: Totals) -> Callable[[Spending], None]:
        """See `ModelBatches.ceilings`."""
        del amount
        return lambda _: None

    def cost(self, model: str, answer: BatchAnswer) -> Decimal | None:
        """See `ModelBatches.cost`."""
        del model, answer


def nothing_rests() -> Sequence[str]:
    """Where no model is asked, none can be left alone."""
    return ()


@dataclass(frozen=True, kw_only=True)
class OpenAnalyzer:
    """An analyzer in use.

    Attributes:
        steps: What it keeps of unfinished reviews.
        resting: Which models failed so often that they are left alone for the moment.
        tester: Tries prompts; null where no model is asked, or another process asks them.
        batches: The batches of its models; none as above.
    """

    analyzer: AIAnalyzer
    steps: KeptSteps = field(default_factory=NothingKept)
    resting: Callable[[], Sequence[str]] = nothing_rests
    tester: PromptTester | None = None
    batches: ModelBatches = field(default_factory=NoBatches)
