"""What clients were told and what is stored in the end, and whether the two can be true together.

Every resume, review and account of a run carries a mark, `chaos-c<client>-<number>`, so that whose something is can be
read off any answer, whatever its form.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

ANSWER_SECONDS = 30.0
"""What the slowest answer may take, whatever is broken behind it."""

_MARK = re.compile(r"chaos-(c\d+)-\d+")
_ENDED = {"completed", "error", "cancelled"}


class Kind(StrEnum):
    """What a client asked."""

    UPLOAD = "upload"
    START = "start"
    STATUS = "status"
    RESULT = "result"
    LIST = "list"
    FOREIGN = "foreign"
    FILE = "file"


class Fault(StrEnum):
    """What must not happen."""

    LOST = "lost"
    DOUBLED = "doubled"
    STUCK = "stuck"
    FAILED = "failed"
    HALF = "half"
    UNDONE = "undone"
    WRONG_USER = "wrong user"
    LATE = "late"
    UNCLEAR = "unclear"
    UNANSWERED = "unanswered"
    CRASHED = "crashed"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One question and what became of it.

    Attributes:
        client: Who asked.
        mark: What was asked about; of somebody else's for `FOREIGN`.
        started: Seconds since the run began; `seconds` is how long it took.
        status: Of the HTTP answer; null when the connection ended without one.
        code: The problem's code, if the answer was one.
        named: The id that the answer gave to what is marked.
        state: How a review stood, with its score.
        owners: Whose marks the answer shows.
    """

    client: str
    kind: Kind
    mark: str
    started: float
    seconds: float
    status: int | None
    code: str = ""
    named: str = ""
    state: tuple[str, int | None] | None = None
    owners: frozenset[str] = frozenset()

    @property
    def good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A review as the database has it in the end; `owner` is the client whose account asked for it."""

    id: str
    mark: str
    owner: str
    status: str
    attempt: int = 1
    results: int = 1
    findings: int = 1


@dataclass(frozen=True)
class Violation:
    """One thing that must not have happened."""

    fault: Fault
    what: str


@dataclass
class History:
    """All of a run.

    Attributes:
        answers: In the order in which they came.
        stored: Every review in the database.
        jobs_left: Jobs that wait or run after everything had time to end.
        kept_files: Marks of uploads whose bytes are in the store as they were sent.
        outages: When clients could not reach the server, on purpose; seconds since the run began.
        crashes: Programs that ended without being killed.
    """

    answers: list[Answer] = field(default_factory=list[Answer])
    stored: list[Stored] = field(default_factory=list[Stored])
    jobs_left: int = 0
    kept_files: set[str] = field(default_factory=set[str])
    outages: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    crashes: list[str] = field(default_factory=list[str])

    def accepted(self) -> dict[str, str]:
        """Marks of the reviews that a client was told were accepted, by their ids."""
        return {
            answer.named: answer.mark
            for answer in self.answers
            if answer.kind is Kind.START and answer.good and answer.named
        }


def owners_in(text: str) -> frozenset[str]:
    """The clients whose marks stand in a text."""
    return frozenset(_MARK.findall(text))


def check(history: History) -> list[Violation]:
    """Everything in the history that must not be there."""
    rules = (_lost, _doubled, _unfinished, _half, _undone, _wrong_user, _answers, _crashed)
    return [violation for rule in rules for violation in rule(history)]


def _lost(history: History) -> Iterator[Violation]:
    stored = {review.id for review in history.stored}
    for review_id, mark in history.accepted().items():
        if review_id not in stored:
            yield Violation(Fault.LOST, f"{mark} was accepted as {review_id}, which is not stored")
    for answer in history.answers:
        if answer.kind is Kind.UPLOAD and answer.good and answer.mark not in history.kept_files:
            yield Violation(Fault.LOST, f"the file of {answer.mark} is not as it was sent")


def _doubled(history: History) -> Iterator[Violation]:
    ids: dict[str, set[str]] = defaultdict(set)
    for review_id, mark in history.accepted().items():
        ids[mark].add(review_id)
    for review in history.stored:
        ids[review.mark].add(review.id)
        if review.results > 1:
            yield Violation(Fault.DOUBLED, f"{review.mark} has {review.results} results")
    for mark, found in ids.items():
        if len(found) > 1:
            yield Violation(Fault.DOUBLED, f"{mark} is {len(found)} reviews")


def _unfinished(history: History) -> Iterator[Violation]:
    for review in history.stored:
        if review.status in {"pending", "processing"}:
            yield Violation(Fault.STUCK, f"{review.mark} is {review.status} after everything had time to end")
        elif review.status != "completed":
            yield Violation(Fault.FAILED, f"{review.mark} is {review.status} after {review.attempt} attempts")
    if history.jobs_left:
        yield Violation(Fault.STUCK, f"{history.jobs_left} jobs are left")


def _half(history: History) -> Iterator[Violation]:
    for review in history.stored:
        completed = review.status == "completed"
        if completed and not (review.results and review.findings):
            yield Violation(Fault.HALF, f"{review.mark} is completed without its whole result")
        if not completed and review.results:
            yield Violation(Fault.HALF, f"{review.mark} is {review.status} and has a result")


def _undone(history: History) -> Iterator[Violation]:
    """What has ended stays as it ended, for everybody who looks later."""
    ended: dict[str, tuple[str, int | None]] = {}
    for answer in sorted(history.answers, key=lambda each: each.started):
        if answer.state is None:
            continue
        before = ended.get(answer.mark)
        if before is not None and answer.state != before:
            yield Violation(Fault.UNDONE, f"{answer.mark} was {before} and later {answer.state}")
        if answer.state[0] in _ENDED:
            ended.setdefault(answer.mark, answer.state)


def _wrong_user(history: History) -> Iterator[Violation]:
    for answer in history.answers:
        if others := answer.owners - {answer.client}:
            shown = ", ".join(sorted(others))
            yield Violation(Fault.WRONG_USER, f"{answer.kind} of {answer.client} showed what is of {shown}")
        if answer.kind is Kind.FOREIGN and answer.good:
            yield Violation(Fault.WRONG_USER, f"{answer.client} could see {answer.mark}")
    for review in history.stored:
        if review.owner not in owners_in(review.mark):
            yield Violation(Fault.WRONG_USER, f"{review.mark} is stored as of {review.owner}")


def _answers(history: History) -> Iterator[Violation]:
    for answer in history.answers:
        told = f"{answer.kind} of {answer.mark} at {answer.started:.1f} s"
        if answer.seconds > ANSWER_SECONDS:
            yield Violation(Fault.LATE, f"{told} took {answer.seconds:.1f} s")
        elif answer.status is None:
            if not _excused(history, answer):
                yield Violation(Fault.UNANSWERED, f"{told}, while the server could be reached")
        elif not _clear(answer):
            yield Violation(Fault.UNCLEAR, f"{told} was answered {answer.status} {answer.code}")


def _excused(history: History, answer: Answer) -> bool:
    ended = answer.started + answer.seconds
    return any(begin <= ended and answer.started <= end for begin, end in history.outages)


def _clear(answer: Answer) -> bool:
    """Whether it was done, or refused in a way that says to try again; what is of others does not exist."""
    if answer.kind is Kind.FOREIGN and answer.status == 404:
        return True
    return answer.good or (answer.status in {429, 503} and bool(answer.code))


def _crashed(history: History) -> Iterator[Violation]:
    for crash in history.crashes:
        yield Violation(Fault.CRASHED, crash)
