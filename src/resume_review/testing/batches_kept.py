"""What a vendor's double keeps of batches, and how they fail on demand."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from enum import StrEnum
from itertools import count
from typing import Any

from starlette.responses import JSONResponse, Response

from resume_review.testing.model_server import Behaviour, ModelServer, Question


class Call(StrEnum):
    """A call about batches; `SUBMIT` is the one that costs money."""

    UPLOAD = "upload"
    SUBMIT = "submit"
    LIST = "list"
    POLL = "poll"
    COLLECT = "collect"
    CANCEL = "cancel"
    DISCARD = "discard"


class Outcome(StrEnum):
    """How a batch ends."""

    RUNNING = "running"
    COMPLETED = "completed"
    INVALID = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Line(StrEnum):
    """What one question's line is, where it is no answer."""

    EXPIRED = "expired"
    ERROR = "error"
    BAD_REQUEST = "bad_request"
    NO_TEMPERATURE = "no_temperature"
    GARBAGE = "garbage"
    MISSING = "missing"


ARRIVES = 0
"""A fault of `SUBMIT`: the batch is made, and the answer lost."""


@dataclass
class Batch:
    """One batch as the vendor has it."""

    id: str
    mark: str
    questions: list[tuple[str, dict[str, Any]]]
    created_at: float
    outcome: Outcome = Outcome.RUNNING
    file_id: str = ""
    results: dict[str, str] = field(default_factory=dict[str, str])
    removed: bool = False


@dataclass
class Batches:
    """What the vendor keeps and was asked for.

    Attributes:
        ends: How a batch ends as soon as it is asked for; `RUNNING` keeps it going.
        faults: Statuses with which calls of a kind fail, one after the other.
        lines: What becomes of the questions, in their order; all further ones are answered well.
        strange: Lines that are put among the answers.
        after: What happens before the answer to a call leaves.
        in_order: Answers come in the order of the questions, else the other way round.
    """

    models: ModelServer
    ends: Outcome = Outcome.COMPLETED
    faults: dict[Call, list[int]] = field(default_factory=dict[Call, list[int]])
    lines: list[Line | Behaviour] = field(default_factory=list[Line | Behaviour])
    strange: list[str] = field(default_factory=list[str])
    in_order: bool = True
    calls: list[Call] = field(default_factory=list[Call])
    made: list[Batch] = field(default_factory=list[Batch])
    files: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    after: dict[Call, Callable[[], None]] = field(default_factory=dict[Call, Callable[[], None]])
    _ids: "count[int]" = field(default_factory=count)

    def reset(self) -> None:
        """As it was in the beginning."""
        for one in dataclass_fields(Batches(self.models)):
            if one.name != "models":
                setattr(self, one.name, getattr(Batches(self.models), one.name))
        self.models.asked.clear()

    def new_id(self, kind: str) -> str:
        """An id that was not given before."""
        return f"{kind}_{next(self._ids)}"

    def fault(self, call: Call) -> int | None:
        """The status with which a call that just came fails; null when it does not."""
        self.calls.append(call)
        waiting = self.faults.get(call)
        return waiting.pop(0) if waiting else None

    def behaviour(self, place: int) -> Line | Behaviour:
        """What becomes of a question."""
        return self.lines[place] if place < len(self.lines) else Behaviour.GOOD

    def make(self, mark: str, questions: Sequence[tuple[str, dict[str, Any]]], file_id: str = "") -> Batch:
        """A new batch."""
        batch = Batch(self.new_id("batch"), mark, list(questions), time.time(), file_id=file_id)
        self.made.append(batch)
        return batch

    def named(self, batch_id: str) -> Batch | None:
        """The batch, unless it was removed."""
        return next((one for one in self.made if one.id == batch_id and not one.removed), None)

    def polled(self, batch: Batch) -> Batch:
        """The batch as it stands when it is asked for."""
        if batch.outcome is Outcome.RUNNING:
            batch.outcome = self.ends
        return batch


Writer = Callable[[ModelServer, str, dict[str, Any], Line | Behaviour], str]


def lines_of(kept: Batches, batch: Batch, write: Writer) -> list[tuple[bool, str]]:
    """The lines of a batch that has ended, each with whether it is an answer."""
    lines: list[tuple[bool, str]] = []
    cut = {Outcome.EXPIRED: Line.EXPIRED, Outcome.CANCELLED: Line.EXPIRED}.get(batch.outcome)
    for place, (custom_id, body) in enumerate(batch.questions):
        behaviour = kept.behaviour(place)
        if behaviour is Behaviour.GOOD and cut and place >= len(kept.lines):
            behaviour = cut
        if behaviour is Line.NO_TEMPERATURE and "temperature" not in body:
            behaviour = Behaviour.GOOD
        if behaviour is Line.GARBAGE:
            lines.append((True, '{"custom_id": "cut off he'))
        elif behaviour is not Line.MISSING:
            good = isinstance(behaviour, Behaviour)
            lines.append((good, write(kept.models, custom_id, body, behaviour)))
    lines += [(True, line) for line in kept.strange]
    return lines if kept.in_order else lines[::-1]


MESSAGES = {
    Line.ERROR: "the server had an error",
    Line.BAD_REQUEST: "the prompt is too long",
    Line.NO_TEMPERATURE: "temperature is not supported by this model",
}


def model_of(question: Question, behaviour: Behaviour) -> str:
    """The model that says it answered."""
    return "another-model" if behaviour is Behaviour.OTHER_MODEL else question.model


def refusal(status: int, message: str = "as the test wants it") -> Response:
    """An answer with this status."""
    body = {"type": "error", "error": {"type": "api_error", "message": message}}
    return JSONResponse(body, status, headers={"retry-after-ms": "10"} if status == 429 else None)
