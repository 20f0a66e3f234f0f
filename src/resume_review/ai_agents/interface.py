"""The port through which the platform has a resume judged."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from resume_review.ai_agents import batching
from resume_review.ai_agents.observing import CallFacts, CallOutcome, CallWatch, ModelObserver
from resume_review.ai_agents.prompts.loader import PromptError, bundled, from_data, parse
from resume_review.ai_agents.prompts.model import AgentName, Locale, Prompt, version_key
from resume_review.ai_agents.prompts.source import NAMES, PRODUCTION, PromptSource, names_for
from resume_review.ai_agents.prompts.writing import as_yaml, differences
from resume_review.documents import Document
from resume_review.rubric import Review, ReviewType

__all__ = [
    "NAMES",
    "PRODUCTION",
    "AIAnalyzer",
    "AgentName",
    "AnalysisError",
    "AnalysisRequest",
    "CallFacts",
    "CallOutcome",
    "CallWatch",
    "EngineFacts",
    "KeptSteps",
    "LimitAnalysisError",
    "Locale",
    "MalformedAnswerError",
    "ModelBatches",
    "ModelObserver",
    "ModelUse",
    "Pacer",
    "PausedAnalysisError",
    "Payer",
    "Prompt",
    "PromptError",
    "PromptSource",
    "PromptTester",
    "Purpose",
    "RefusedAnalysisError",
    "RetryableAnalysisError",
    "SpendLedger",
    "Spending",
    "StepListener",
    "Totals",
    "TrialAnswer",
    "TrialComment",
    "UnavailableAnalysisError",
    "UsageSink",
    "Variant",
    "as_yaml",
    "batching",
    "bundled",
    "differences",
    "from_data",
    "names_for",
    "parse",
    "version_key",
]


@dataclass(frozen=True, kw_only=True)
class AnalysisRequest:
    """One resume and what it is to be judged for.

    Attributes:
        document: What was read from the file; visible text only.
        industry: One of the rubric's industry codes.
        language: Language of the findings, `en` or `ja`.
        review_date: The day against which `Present` and gaps are counted; part of the receipt.
        review_type: How much of a review is wanted.
        review_id: Names the work, so that one that was cut short goes on where it stopped; null for work of its own.
        user_id: Who pays; budgets are kept by it.
        known_names: Names the platform knows the person by, which are kept from models.
        own_pack: What an employer looks for, as YAML, in place of the industry's pack; null for that.
        variant: Which prompts and model an experiment or rollout gives this review; null for those in use.
        shadow: Made beside the review that is shown: its steps are not kept or announced, and it has a payer of its own.
        gathered: Its questions may go with a vendor's batch; the analysis then pauses until their answers have come.
    """

    document: Document
    industry: str
    language: str
    review_date: date
    target_role: str | None = None
    experience_level: str | None = None
    review_type: ReviewType = ReviewType.COMPREHENSIVE
    review_id: str | None = None
    user_id: str | None = None
    known_names: tuple[str, ...] = ()
    own_pack: str | None = None
    variant: "Variant | None" = None
    shadow: bool = False
    gathered: bool = False


@dataclass(frozen=True, kw_only=True)
class Variant:
    """What one arm of an experiment, or a rollout, changes.

    Attributes:
        key: The experiment's or rollout's name.
        label: Label of the prompts, such as `canary`.
        model: `vendor:model` in place of the configured chain; null keeps that.
        rubric_only: This arm asks no model.
    """

    key: str
    arm: str
    label: str = "production"
    model: str | None = None
    rubric_only: bool = False


class Purpose(StrEnum):
    """What a call of a model was made for: what is shown, what is only compared, or a prompt that is tried."""

    REVIEW = "review"
    SHADOW = "shadow"
    TRIAL = "trial"


@dataclass(frozen=True, kw_only=True)
class ModelUse:
    """One call of a model, for usage history: no resume text, and an answer that names nobody.

    Attributes:
        prompt_hash: SHA-256 of the prompt.
        variables: What was filled in, untrusted values left out.
        answer: The model's answer with its placeholders; null when it gave none.
        cost_usd: Null when the price is not known.
        fault: Name of the failure; null when it went well.
    """

    agent: str
    prompt_name: str
    prompt_version: str
    prompt_hash: str
    vendor: str
    model: str
    variables: Mapping[str, object]
    answer: str | None
    input_tokens: int
    output_tokens: int
    cached_input_tokens: int
    cost_usd: Decimal | None
    latency_ms: int
    fault: str | None
    variant: Variant | None
    purpose: Purpose = Purpose.REVIEW


class UsageSink(Protocol):
    """Keeps what was used, as soon as it was paid for."""

    async def record(self, request: AnalysisRequest, uses: Sequence[ModelUse]) -> None:
        """Store the calls of one agent."""
        ...


class StepListener(Protocol):
    """Hears how far an analysis has come."""

    async def __call__(self, request: AnalysisRequest, step: str) -> None:
        """A step has begun."""
        ...


@dataclass(frozen=True, kw_only=True)
class Payer:
    """For whom a call of a model is made."""

    review: str
    user: str


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What was spent; a call without a known price counts its tokens alone."""

    tokens: int = 0
    usd: Decimal = Decimal(0)

    def __sub__(self, other: "Totals") -> "Totals":
        return Totals(tokens=self.tokens - other.tokens, usd=self.usd - other.usd)


Spending = tuple[Totals, Totals, Totals]
"""By this review, by this user today and by all users today; days are UTC."""


class SpendLedger(Protocol):
    """Keeps what was spent where all workers see it."""

    async def spent(self, payer: Payer) -> Spending:
        """What was spent so far, and what is reserved for calls on their way."""
        ...

    async def reserve(self, payer: Payer, amount: Totals, check: Callable[[Spending], None]) -> None:
        """Add to all three, unless `check` raises at what was spent so far; nobody else adds in between."""
        ...

    async def record(self, payer: Payer, spent: Totals) -> None:
        """Add to all three; negative amounts give back what was reserved and not used."""
        ...


class Pacer(Protocol):
    """Lets calls to a model through at the pace that all workers together may keep."""

    def slot(self, model: str, *, tokens: int) -> AbstractAsyncContextManager[None]:
        """Wait for a turn with `vendor:model`; the turn lasts while the block runs."""
        ...


class KeptSteps(Protocol):
    """What finished steps of analyses left behind, so that a later start need not pay for them again."""

    async def forget(self, review_id: str) -> None:
        """Drop what was kept of a review."""
        ...

    async def kept(self) -> Sequence[str]:
        """The reviews of which something is kept."""
        ...


@dataclass(frozen=True, kw_only=True)
class EngineFacts:
    """What is known of the workers' engine without loading it.

    Attributes:
        name: As receipts and health checks show it.
        models: `vendor:model` in the order in which they are asked.
        fingerprint: Names everything beside the request that shapes an answer; null when that is not known here.
    """

    name: str
    models: tuple[str, ...] = ()
    fingerprint: str | None = None


@dataclass(frozen=True, kw_only=True)
class TrialComment:
    """One comment of a prompt that is tried, plain text.

    Attributes:
        category: The agent's own word; null for a strength.
        severity: 1-5, null for a strength.
        quote: The resume's words where they were found, else the model's.
        start: Where the quote begins in the document's text, `end` past its end; null when it is not there.
        rewrite: Null when there is none, or when it claims what the resume does not.
    """

    category: str | None
    severity: int | None
    quote: str
    start: int | None
    end: int | None
    issue: str
    suggestion: str
    rewrite: str | None


@dataclass(frozen=True, kw_only=True)
class TrialAnswer:
    """What one prompt came to on one resume.

    Attributes:
        fault: Name of the failure; null when the answer could be used.
        steps: The agent's scores, 0-5 by dimension.
        points: What they make of the rubric's scores, 0-100 by dimension; empty where the answer could not be used.
        summary: The answer of a prompt for summaries.
        dropped: How many of all `quotes` are not in the resume.
        cost_usd: Null when the price is not known.
        calls: Attempts, repairs included, over all of which tokens and milliseconds are summed.
    """

    fault: str | None
    steps: Mapping[str, int]
    points: Mapping[str, int]
    comments: Sequence[TrialComment]
    summary: str | None
    quotes: int
    dropped: int
    rewrites_dropped: int
    model: str | None
    input_tokens: int
    output_tokens: int
    cost_usd: Decimal | None
    calls: int
    latency_ms: int
    repaired: bool


class PromptTester(Protocol):
    """Tries prompts on resumes, for comparison only."""

    async def judge(self, request: AnalysisRequest, prompt: Prompt, *, payer: Payer) -> TrialAnswer:
        """What the prompt's agent says of a resume, with the models, guardrails and budgets of a review.

        Failures are told in the answer, never raised.
        """
        ...


class ModelBatches(Protocol):
    """Writes questions for batches, and speaks to the vendors that have some."""

    def provider(self, model: str) -> batching.BatchProvider | None:
        """The batches of `vendor:model`; null where there are none, or the model is not configured."""
        ...

    async def questions(
        self, request: AnalysisRequest, model: str, custom_ids: Mapping[str, str], left_out: Sequence[str]
    ) -> Sequence[batching.BatchQuestion]:
        """What the agents of a paused analysis ask, as far as their prompts are kept.

        Args:
            request: The paused analysis.
            model: Whom it is written for, as `vendor:model`.
            custom_ids: The id that each agent's question gets.
            left_out: Parameters that the vendor refused before.
        """
        ...

    def ceilings(self, amount: Totals) -> Callable[[Spending], None]:
        """What raises a `LimitAnalysisError` where the amount would go over a ceiling."""
        ...

    def cost(self, model: str, answer: batching.BatchAnswer) -> Decimal | None:
        """US dollars for an answer in a batch; null when the price is not known."""
        ...


class AnalysisError(Exception):
    """An analysis that gave no answer; the subclass says what may be done about it."""


class RetryableAnalysisError(AnalysisError):
    """The same call may succeed later."""


class PausedAnalysisError(AnalysisError):
    """No failure: the analysis waits for answers. Ask for it once more when they have come."""


class LimitAnalysisError(AnalysisError):
    """A budget or a rate limit is used up."""


class MalformedAnswerError(AnalysisError):
    """The answer does not have the agreed shape, even after a repair turn."""


class RefusedAnalysisError(AnalysisError):
    """The engine declines to judge this resume."""


class UnavailableAnalysisError(AnalysisError):
    """The engine cannot be reached at all."""


class AIAnalyzer(Protocol):
    """Judges one resume."""

    @property
    def name(self) -> str:
        """The engine's name as receipts and health checks show it."""
        ...

    async def analyze(self, request: AnalysisRequest) -> Review:
        """Judge the resume.

        Returns:
            A review; where no score can be given its status says why.

        Raises:
            AnalysisError: No answer; one of the subclasses.
        """
        ...
