"""What both vendors' batches share: lines of JSON, and what a failed call means for a batch."""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Protocol, cast

from resume_review.ai_agents.batching import (
    BatchAnswer,
    BatchError,
    BatchKeyError,
    BatchLaterError,
    BatchProvider,
    BatchRefusedError,
    BatchUnclearError,
    Collected,
)
from resume_review.ai_agents.providers.base import (
    BadKeyError,
    BadRequestError,
    Call,
    Completion,
    OverloadedError,
    ProviderError,
    RateLimitedError,
)

SMALL_CALL_S = 15.0
"""Seconds for a call about a batch that carries no questions."""
LARGE_CALL_S = 60.0
"""Seconds for a call that carries all questions or answers, some megabytes at most."""
ARRIVING_S = 5.0
"""Seconds that the request of a dead process may still be under way."""


class WritingProvider(BatchProvider, Protocol):
    """A batch provider that writes its questions itself."""

    def body(self, call: Call, left_out: Collection[str]) -> dict[str, Any]:
        """The question as it stands in the batch, without the parameters that the vendor refused."""
        ...


def batch_fault(error: ProviderError) -> BatchError:
    """What a failed call means for a batch; whoever only reads may try all of them again."""
    match error:
        case BadKeyError():
            return BatchKeyError(str(error))
        case BadRequestError():
            return BatchRefusedError(str(error))
        case OverloadedError():
            return BatchUnclearError(str(error))
        case RateLimitedError():
            return BatchLaterError(str(error))
        case _:
            return BatchUnclearError(str(error))


def to_lines(objects: Sequence[object]) -> bytes:
    """JSON Lines."""
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in objects)


class Lines:
    """The objects among lines of JSON; counts those that are none."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self.unreadable = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for line in self._lines:
            if not line.strip():
                continue
            try:
                read = json.loads(line)
            except ValueError:
                read = None
            if isinstance(read, dict):
                yield cast("dict[str, Any]", read)
            else:
                self.unreadable += 1


def answered(custom_id: str, completion: Completion) -> BatchAnswer:
    """An answer by a question's id."""
    return BatchAnswer(
        custom_id=custom_id,
        text=completion.text,
        finish=completion.finish.value,
        model=completion.model,
        input_tokens=completion.usage.input_tokens,
        output_tokens=completion.usage.output_tokens,
        cached_input_tokens=completion.usage.cached_input_tokens,
    )


def collected(answers: Sequence[BatchAnswer], *, unreadable: int, refused: Collection[str]) -> Collected:
    """The first answer to each question; a vendor that answers twice is not believed twice."""
    first: dict[str, BatchAnswer] = {}
    for answer in answers:
        first.setdefault(answer.custom_id, answer)
    return Collected(answers=tuple(first.values()), unreadable=unreadable, refused=frozenset(refused))
