"""Limits that outlive the loss of Redis."""

import time
from collections.abc import Callable

from resume_review.infrastructure.rate_limit.limit import Allowance, Limit, RateLimiter
from resume_review.infrastructure.redis import FAULTS, Outage

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
        self._outage = Outage("rate limits", retry_seconds=retry_seconds, clock=clock)

    @property
    def degraded(self) -> bool:
        """Whether the first store was away when it was last asked."""
        return self._outage.lasts

    async def take(self, limit: Limit, key: str, *, number: int = 1) -> Allowance:
        """See `RateLimiter.take`."""
        if not self._outage.worth_a_try:
            return await self._second.take(limit, key, number=number)
        try:
            allowance = await self._first.take(limit, key, number=number)
        except FAULTS as error:
            self._outage.begins(error)
            return await self._second.take(limit, key, number=number)
        self._outage.ends()
        return allowance

    async def purge(self) -> None:
        """Both: the second holds what was counted in an outage."""
        await self._second.purge()
