"""The judge finds what is planted, and nothing in a history that can be true."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

HERE = str(Path(__file__).parent)
sys.path.insert(0, HERE)
try:
    from history import ANSWER_SECONDS, Answer, Fault, History, Kind, Stored, check, owners_in
finally:
    sys.path.remove(HERE)

pytestmark = pytest.mark.unit

MARK, OTHER = "chaos-c1-7", "chaos-c2-7"
REVIEW = Stored(id="r1", mark=MARK, owner="c1", status="completed")


def answer(kind: Kind, *, at: float = 0.0, status: int | None = 200, **more: object) -> Answer:
    plain = Answer(client="c1", kind=kind, mark=MARK, started=at, seconds=0.1, status=status)
    return replace(plain, **more)


def sound() -> History:
    return History(
        answers=[
            answer(Kind.UPLOAD),
            answer(Kind.START, at=1, status=503, code="database.unavailable"),
            answer(Kind.START, at=2, status=None),
            answer(Kind.START, at=3, named="r1"),
            answer(Kind.STATUS, at=4, state=("pending", None), owners=frozenset({"c1"})),
            answer(Kind.STATUS, at=5, state=("completed", 70)),
            answer(Kind.FOREIGN, at=6, status=404, mark=OTHER),
            answer(Kind.RESULT, at=7, state=("completed", 70)),
        ],
        stored=[REVIEW],
        kept_files={MARK},
        outages=[(1.9, 2.05)],
    )


def added(*more: Answer) -> Callable[[History], None]:
    return lambda history: history.answers.extend(more)


def stored(*reviews: Stored) -> Callable[[History], None]:
    return lambda history: history.stored.__setitem__(slice(None), reviews)


PLANTED: dict[str, tuple[Fault, Callable[[History], None]]] = {
    "accepted and not stored": (Fault.LOST, stored()),
    "a file that is gone": (Fault.LOST, lambda history: history.kept_files.clear()),
    "two reviews for one request": (Fault.DOUBLED, stored(REVIEW, replace(REVIEW, id="r2"))),
    "two ids for one request": (Fault.DOUBLED, added(answer(Kind.START, at=8, named="r2"))),
    "two results": (Fault.DOUBLED, stored(replace(REVIEW, results=2))),
    "never ended": (Fault.STUCK, stored(replace(REVIEW, status="processing", results=0))),
    "a job left": (Fault.STUCK, lambda history: setattr(history, "jobs_left", 1)),
    "given up": (Fault.FAILED, stored(replace(REVIEW, status="failed", results=0))),
    "completed without a result": (Fault.HALF, stored(replace(REVIEW, results=0))),
    "completed without findings": (Fault.HALF, stored(replace(REVIEW, findings=0))),
    "a result of what has failed": (Fault.HALF, stored(replace(REVIEW, status="failed"))),
    "open again": (Fault.UNDONE, added(answer(Kind.STATUS, at=8, state=("pending", None)))),
    "another score": (Fault.UNDONE, added(answer(Kind.RESULT, at=8, state=("completed", 71)))),
    "words of others": (Fault.WRONG_USER, added(answer(Kind.LIST, owners=frozenset({"c1", "c2"})))),
    "a foreign review": (Fault.WRONG_USER, added(answer(Kind.FOREIGN, mark=OTHER))),
    "stored under another account": (Fault.WRONG_USER, stored(replace(REVIEW, owner="c2"))),
    "a late answer": (Fault.LATE, added(answer(Kind.STATUS, seconds=ANSWER_SECONDS + 1))),
    "a late silence": (Fault.LATE, added(answer(Kind.STATUS, status=None, seconds=ANSWER_SECONDS + 1))),
    "an error that says nothing": (Fault.UNCLEAR, added(answer(Kind.STATUS, status=500, code="internal"))),
    "503 without a code": (Fault.UNCLEAR, added(answer(Kind.STATUS, status=503))),
    "own data denied": (Fault.UNCLEAR, added(answer(Kind.STATUS, status=404, code="review.not_found"))),
    "silence without a cause": (Fault.UNANSWERED, added(answer(Kind.STATUS, at=9, status=None))),
    "a program that ended": (Fault.CRASHED, lambda history: history.crashes.append("worker 1: exit code 1")),
}


def test_a_history_that_can_be_true_has_no_violation() -> None:
    assert check(sound()) == []


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_found(name: str) -> None:
    fault, plant = PLANTED[name]
    history = sound()
    plant(history)

    assert fault in {violation.fault for violation in check(history)}


def test_every_fault_is_planted_at_least_once() -> None:
    assert {fault for fault, _ in PLANTED.values()} == set(Fault)


def test_marks_are_read_wherever_they_stand() -> None:
    assert owners_in('{"name": "chaos-c12-3", "text": "**chaos-c4-0**, chaos-x-1"}') == {"c12", "c4"}
