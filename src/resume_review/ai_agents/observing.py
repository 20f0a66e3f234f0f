"""The port through which work with models is watched."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class CallFacts:
    """A call of a model that is about to be made; `base_url` null means the vendor's own address."""

    agent: str
    vendor: str
    model: str
    base_url: str | None
    temperature: float | None
    max_output_tokens: int


@dataclass(frozen=True, kw_only=True)
class CallOutcome:
    """What came back; cost null means that the price is not known, `fault` why the answer is of no use."""

    model: str
    finish: str
    input_tokens: int
    output_tokens: int
    cached_input_tokens: int
    cost_usd: Decimal | None
    fault: str | None


class CallWatch(Protocol):
    """Sees one call."""

    def answered(self, outcome: CallOutcome) -> None:
        """The model answered; a call without this ends with an exception."""
        ...


class ModelObserver(Protocol):
    """Sees work with models while it is done, for metrics and traces: numbers and names, never a text."""

    def step(self, name: str) -> AbstractContextManager[None]:
        """A step of a review that lasts while the block runs."""
        ...

    def call(self, facts: CallFacts) -> AbstractContextManager[CallWatch]:
        """One call, without the wait for a turn; an exception that leaves the block is its fault."""
        ...

    def quotes(self, agent: str, *, verified: int, dropped: int) -> None:
        """How many quotes of one answer stand in the resume, and how many do not."""
        ...


class Unobserved:
    """For models that nobody watches."""

    def step(self, name: str) -> AbstractContextManager[None]:
        """See `ModelObserver.step`."""
        del name
        return nullcontext()

    def call(self, facts: CallFacts) -> AbstractContextManager[CallWatch]:
        """See `ModelObserver.call`."""
        del facts
        return nullcontext(self)

    def answered(self, outcome: CallOutcome) -> None:
        """See `CallWatch.answered`."""

    def quotes(self, agent: str, *, verified: int, dropped: int) -> None:
        """See `ModelObserver.quotes`."""
