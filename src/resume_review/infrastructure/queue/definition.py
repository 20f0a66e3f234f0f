"""What a job is."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum


class Priority(IntEnum):
    """Higher runs first: a person who waits comes before a batch."""

    BULK = 0
    INTERACTIVE = 10


@dataclass(frozen=True, kw_only=True)
class JobDefinition:
    """Work on one row, named by its id, which may be started more than once.

    Attributes:
        name: Stable, stored with every waiting job.
        run: Does the work; must be idempotent and fenced, since a killed job is started again.
        give_up: Records that the job will not be tried again, with the reason; must be idempotent.
        max_runs: Starts in all, the first and those after a killed worker included.
        wait_seconds: Pause before the second run; doubles with each further one.
    """

    name: str
    run: Callable[[uuid.UUID], Awaitable[None]]
    give_up: Callable[[uuid.UUID, str], Awaitable[None]]
    max_runs: int = 3
    wait_seconds: int = 2
