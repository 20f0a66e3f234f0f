"""Questions that go to a vendor together, at a lower price, and are answered within a day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class Standing(StrEnum):
    """How the questions about one review stand; settled ones have an answer, or will be asked alone."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    SETTLED = "settled"


@dataclass(frozen=True, kw_only=True)
class ToAsk:
    """What is kept of a question until it is sent: enough to write it again, nothing of the resume.

    Attributes:
        model: `vendor:model`.
        prompt_hash: SHA-256 of the prompt.
        variables: What is filled in, untrusted values left out.
    """

    agent: str
    model: str
    prompt_name: str
    prompt_version: str
    prompt_hash: str
    variables: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class BatchQuestion:
    """One question as the vendor wants it; lives in memory alone.

    Attributes:
        tokens: An upper guess of what it takes, answer included.
        usd: What that costs in a batch; zero where the price is not known.
    """

    custom_id: str
    body: Mapping[str, object]
    tokens: int
    usd: Decimal


@dataclass(frozen=True, kw_only=True)
class BatchAnswer:
    """What came back for one question.

    Attributes:
        finish: Why the answer ended, in the words of the AI package.
        model: As the vendor reports it.
        latency_ms: From the sending of the batch; zero until it is known.
        fault: Why there is no answer; null when there is one.
    """

    custom_id: str
    text: str = ""
    finish: str = ""
    model: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    cached_input_tokens: int = 0
    latency_ms: int = 0
    fault: str | None = None


@dataclass(frozen=True, kw_only=True)
class Collected:
    """Everything that came back.

    Attributes:
        unreadable: Lines that are not the vendor's protocol.
        refused: Parameters that the vendor does not know for this model.
    """

    answers: Sequence[BatchAnswer]
    unreadable: int = 0
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Polled:
    """Whether the vendor still works on a batch; `fault` when it ended otherwise than well."""

    ended: bool
    fault: str | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """Whether a batch is at the vendor; `unclear` while one is there that may be it."""

    vendor_id: str | None = None
    unclear: bool = False


class BatchError(Exception):
    """A call about a batch that failed; messages never hold keys, questions or answers."""


class BatchRefusedError(BatchError):
    """The vendor does not take or does not know the batch, and would not do so later."""


class BatchKeyError(BatchRefusedError):
    """The vendor does not accept the key."""


class BatchLaterError(BatchError):
    """The vendor took nothing and asks for patience."""


class BatchUnclearError(BatchError):
    """No answer came: what was asked for may have happened or not."""


class BatchProvider(Protocol):
    """Speaks one vendor's batch protocol for one model; knows nothing of reviews and money.

    Every method but the properties may raise a `BatchError`.
    """

    @property
    def settles_after_s(self) -> float:
        """Seconds after which a `submit` of a process that died has arrived at the vendor or never will."""
        ...

    async def stage(self, mark: str, questions: Sequence[BatchQuestion]) -> str | None:
        """Send ahead what `submit` refers to, and remove what an earlier start with this mark left.

        Nothing is paid for yet.

        Returns:
            The upload's id, where the vendor has such a thing.
        """
        ...

    async def submit(self, mark: str, questions: Sequence[BatchQuestion], upload_id: str | None) -> str:
        """Have the questions answered; from here on they cost money.

        Returns:
            The vendor's id of the batch.
        """
        ...

    async def find(
        self, mark: str, *, since: datetime, size: int, custom_ids: Collection[str], known: Collection[str]
    ) -> Found:
        """Look for a batch whose `submit` was sent after `since` and never answered.

        Args:
            mark: What `submit` was given.
            since: A time before it was sent.
            size: How many questions it has.
            custom_ids: Ids of its questions, all or some.
            known: The vendor's ids of our other batches.
        """
        ...

    async def poll(self, vendor_id: str) -> Polled:
        """Ask how far it is."""
        ...

    async def collect(self, vendor_id: str) -> Collected:
        """Fetch what there is of an ended batch, in whatever order."""
        ...

    async def cancel(self, vendor_id: str) -> None:
        """Ask the vendor to stop; what is answered by then is paid for."""
        ...

    async def discard(self, vendor_id: str | None, upload_id: str | None) -> None:
        """Have the vendor delete what it keeps of the batch."""
        ...


class Gathering(Protocol):
    """Takes questions of many reviews, and has their answers later."""

    async def standing(self, review_id: str) -> Standing:
        """How the questions about a review stand."""
        ...

    async def ask(self, review_id: str, questions: Sequence[ToAsk]) -> None:
        """Put the questions with the next batch of their model; those that were put before are left alone."""
        ...

    async def answer(self, review_id: str, question: ToAsk) -> BatchAnswer | None:
        """The answer to this very question; null when there is none and it must be asked alone."""
        ...
