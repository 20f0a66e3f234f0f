"""Limits that outlive the loss of Redis."""

import time
from collections.abc import Callable

import structlog

from resume_review.infrastructure.rate_limit.limit import Allowance, Limit, RateLimiter
from resume_review.infrastructure.redis import FAULTS

log = structlog.get_logger(__name__)

RETRY_SECONDS = 2.0


class FallbackRateLimiter:
    """Counts in the first store; while that is away, in the second.

    What was counted in the one is not known to the other: whoever was near a limit gets it anew, once.
    """

    def __init__(
        self,
        first: RateLimiter,
        second: RateLimiter,
        *,
        retry_seconds: float = RETRY_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._first = first
        self._second = second
        self._retry_seconds = retry_seconds
        self._clock = clock
        self._next_try: float | None = None

    @property
    def degraded(self) -> bool:
        """Whether the first store was away when it was last asked."""
        return self._next_try is not None

    async def take(self, limit: Limit, key: str, *, number: int = 1) -> Allowance:
        """See `RateLimiter.take`."""
        if self._next_try is not None and self._clock() < self._next_try:
            return await self._second.take(limit, key, number=number)
        try:
            allowance = await self._first.take(limit, key, number=number)
        except FAULTS as error:
            self._lost(error)
            return await self._second.take(limit, key, number=number)
        self._found()
        return allowance

    async def purge(self) -> None:
        """Both: the second holds what was counted in an outage."""
        await self._second.purge()

    def _lost(self, error: Exception) -> None:
        if self._next_try is None:
            log.warning("rate_limits_without_redis", fault=type(error).__name__, counting_in="postgres")
        self._next_try = self._clock() + self._retry_seconds

    def _found(self) -> None:
        if self._next_try is not None:
            log.info("rate_limits_on_redis_again")
            self._next_try = None
