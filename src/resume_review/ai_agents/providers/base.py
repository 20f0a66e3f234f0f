"""What a model is asked and what comes back, whoever the vendor is."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from pydantic import BaseModel

from resume_review.ai_agents.interface import (
    AnalysisError,
    LimitAnalysisError,
    MalformedAnswerError,
    RefusedAnalysisError,
    RetryableAnalysisError,
    UnavailableAnalysisError,
)


class Vendor(StrEnum):
    """Whose protocol is spoken; any compatible server goes with a base address."""

    OPENAI = "openai"
    ANTHROPIC = "anthropic"
    GOOGLE = "google"
    FAKE = "fake"


class Finish(StrEnum):
    """Why the answer ended."""

    COMPLETE = "complete"
    TRUNCATED = "truncated"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class ModelChoice:
    """A model of a vendor; `base_url` null means the vendor's own address."""

    vendor: Vendor
    model: str
    base_url: str | None = None

    def __str__(self) -> str:
        return f"{self.vendor}:{self.model}"


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request to a model.

    Attributes:
        agent: Who asks; for usage rows and traces.
        schema: Shape of the answer.
        temperature: Null leaves it to the model; some refuse the parameter.
        timeout_s: Seconds for one attempt.
    """

    agent: str
    system: str
    user: str
    schema: type[BaseModel]
    temperature: float | None
    max_output_tokens: int
    timeout_s: float


@dataclass(frozen=True, kw_only=True)
class Usage:
    """Tokens of one call, as the vendor counted them; `cached_input` is the part of the input that was cheaper."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_input_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cached_input_tokens=self.cached_input_tokens + other.cached_input_tokens,
        )


@dataclass(frozen=True, kw_only=True)
class Completion:
    """One answer as it came: raw text, and the model's name as the vendor reports it."""

    text: str
    finish: Finish
    model: str
    usage: Usage
    latency_ms: int


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What a finished exchange cost in all, failed attempts included; cost null means that the price is not known."""

    vendor: Vendor
    model: str
    usage: Usage
    cost_usd: Decimal | None
    calls: int
    latency_ms: int


class LLMProvider(Protocol):
    """Speaks one vendor's protocol; knows nothing of retries, budgets or resumes."""

    @property
    def choice(self) -> ModelChoice:
        """Which model it asks."""
        ...

    async def complete(self, call: Call) -> Completion:
        """Ask once.

        Raises:
            ProviderError: No usable answer; the subclass says why.
        """
        ...

    async def close(self) -> None:
        """Give back connections; nothing can be asked afterwards."""
        ...


class ProviderError(AnalysisError):
    """A call that gave no usable answer. Messages never hold keys, prompts or answers."""


class RateLimitedError(ProviderError, RetryableAnalysisError):
    """The vendor asks for patience; `retry_after` are its seconds, null when it names none."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class OverloadedError(RateLimitedError):
    """The vendor has trouble of its own (5xx)."""


class TimedOutError(ProviderError, RetryableAnalysisError):
    """No answer in time."""


class UnreachableError(ProviderError, UnavailableAnalysisError):
    """No connection, or it broke."""


class BadKeyError(ProviderError, UnavailableAnalysisError):
    """The vendor does not accept the key."""


class BadRequestError(ProviderError, UnavailableAnalysisError):
    """The vendor does not accept the request: an unknown model, or too long a text."""


class RefusedError(ProviderError, RefusedAnalysisError):
    """The model declines."""


class MalformedError(ProviderError, MalformedAnswerError):
    """The answer is cut, empty, no JSON, or of another shape."""


class BudgetError(ProviderError, LimitAnalysisError):
    """A ceiling of tokens or money is reached; nothing was sent."""


class WrongModelError(ProviderError, UnavailableAnalysisError):
    """Another model answered than was asked for."""
