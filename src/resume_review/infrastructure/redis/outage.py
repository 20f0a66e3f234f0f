"""Knowing that Redis is away, so that not every call has to find it out."""

import time
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

RETRY_SECONDS = 2.0


class Outage:
    """Of one thing that is kept in Redis, and in Postgres while Redis is away; its loss and its return are said once."""

    def __init__(
        self, what: str, *, retry_seconds: float = RETRY_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._what = what
        self._retry_seconds = retry_seconds
        self._clock = clock
        self._next_try: float | None = None

    @property
    def lasts(self) -> bool:
        """Whether Redis was away when it was last asked."""
        return self._next_try is not None

    @property
    def worth_a_try(self) -> bool:
        """Whether Redis should be asked now."""
        return self._next_try is None or self._clock() >= self._next_try

    def begins(self, error: Exception) -> None:
        """Redis did not answer."""
        if self._next_try is None:
            log.warning("redis_lost", fault=type(error).__name__, what=self._what, instead="postgres")
        self._next_try = self._clock() + self._retry_seconds

    def ends(self) -> None:
        """Redis answered."""
        if self._next_try is not None:
            log.info("redis_back", what=self._what)
            self._next_try = None
