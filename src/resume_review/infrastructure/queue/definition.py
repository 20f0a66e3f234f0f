"""What a job is."""

import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

BAND = 1_000_000


class Priority(IntEnum):
    """Which band a job waits in; a person who waits comes before a batch.

    Each band is `BAND` wide and counts downwards from here: inside it, owners take turns (see `JobQueue`).
    """

    BULK = BAND
    INTERACTIVE = 2 * BAND


class Lane(StrEnum):
    """Which slots of a worker a job takes: slow receivers of messages never hold up the reviews."""

    WORK = "default"
    SERVICE = "service"


@dataclass(frozen=True, kw_only=True)
class JobDefinition:
    """Work on one row, named by its id, which may be started more than once.

    Attributes:
        name: Stable, stored with every waiting job.
        run: Does the work; must be idempotent and fenced, since a killed job is started again.
        give_up: Records that the job will not be tried again, with the reason; must be idempotent.
        unfinished: Ids of rows that have been waiting for this job since before the given time, if rows of its
            kind can wait; one without a live job gets a new one.
        max_runs: Starts in all, the first and those after a killed worker included.
        wait_seconds: Pause before the second run; doubles with each further one.
        lane: Where it runs; the sender names the same one.
    """

    name: str
    run: Callable[[uuid.UUID], Awaitable[None]]
    give_up: Callable[[uuid.UUID, str], Awaitable[None]]
    unfinished: Callable[[datetime], Awaitable[Sequence[uuid.UUID]]] | None = None
    max_runs: int = 3
    wait_seconds: int = 2
    lane: Lane = Lane.WORK
