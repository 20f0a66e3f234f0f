"""The port through which the platform has a resume judged."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from resume_review.ai_agents.prompts.loader import PromptError, bundled, from_data, parse
from resume_review.ai_agents.prompts.model import AgentName, Locale, Prompt, version_key
from resume_review.ai_agents.prompts.source import NAMES, PRODUCTION, PromptSource, names_for
from resume_review.documents import Document
from resume_review.rubric import Review, ReviewType

__all__ = [
    "NAMES",
    "PRODUCTION",
    "AIAnalyzer",
    "AgentName",
    "AnalysisError",
    "AnalysisRequest",
    "EngineFacts",
    "KeptSteps",
    "LimitAnalysisError",
    "Locale",
    "MalformedAnswerError",
    "ModelUse",
    "Pacer",
    "Payer",
    "Prompt",
    "PromptError",
    "PromptSource",
    "RefusedAnalysisError",
    "RetryableAnalysisError",
    "SpendLedger",
    "Spending",
    "StepListener",
    "Totals",
    "UnavailableAnalysisError",
    "UsageSink",
    "Variant",
    "bundled",
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
        variant: Which prompts and model an experiment or rollout gives this review; null for those in use.
        shadow: Made beside the review that is shown: its steps are not kept or announced, and it has a payer of its own.
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
    variant: "Variant | None" = None
    shadow: bool = False


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


class AnalysisError(Exception):
    """An analysis that gave no answer; the subclass says what may be done about it."""


class RetryableAnalysisError(AnalysisError):
    """The same call may succeed later."""


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
