"""Limits at the price of a dictionary: a process takes several requests from the shared counter at once."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from resume_review.core.errors import RateLimitedError
from resume_review.infrastructure.rate_limit.limit import Allowance, Limit, RateLimiter

LEASE_SECONDS = 5.0
FIRST_LEASE = 8
LARGEST_LEASE = 32
SHARE_OF_LIMIT = 20
KEYS = 20_000


@dataclass
class _Lease:
    left: int
    size: int
    backlog: float
    taken_at: float
    refused_until: float = 0.0


class LeasingRateLimiter:
    """In front of a shared counter, for generous limits that every request is counted against.

    All processes together never let more through than the limit: what is handed out here was counted there before.
    A caller who is fast gets a larger lease next time, one whose limit refills slowly is counted one by one; what is
    left of a lease after a few seconds is lost to the caller. Refusals are remembered, so that a flood costs no queries.
    """

    def __init__(self, shared: RateLimiter, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._shared = shared
        self._clock = clock
        self._leases: OrderedDict[tuple[str, str], _Lease] = OrderedDict()

    async def take(self, limit: Limit, key: str, *, number: int = 1) -> Allowance:
        """See `RateLimiter.take`."""
        now = self._clock()
        lease = self._leases.get((limit.name, key))
        if lease is not None:
            if now < lease.refused_until:
                raise limit.refusal(lease.refused_until - now)
            if lease.left >= number and now - lease.taken_at < LEASE_SECONDS:
                lease.left -= number
                return self._allowance(limit, lease, number, now)
        return await self._renew(limit, key, lease, number=number, now=now)

    async def purge(self) -> None:
        """See `RateLimiter.purge`."""
        await self._shared.purge()

    async def _renew(
        self, limit: Limit, key: str, lease: _Lease | None, *, number: int, now: float
    ) -> Allowance:
        size = max(number, self._next_size(limit, lease, now))
        try:
            counted = await self._count(limit, key, size=size, number=number)
        except RateLimitedError as refusal:
            refused_until = now + (refusal.retry_after or 1)
            self._keep(limit, key, _Lease(0, 1, limit.seconds, now, refused_until))
            raise
        fresh = _Lease(counted.taken - number, counted.taken, counted.backlog, now)
        # Another request of the same caller may have taken a lease meanwhile: what is left of it stays good.
        other = self._leases.get((limit.name, key))
        if other is not None and other is not lease and now - other.taken_at < LEASE_SECONDS:
            fresh.left += other.left
        self._keep(limit, key, fresh)
        return self._allowance(limit, fresh, number, now)

    async def _count(self, limit: Limit, key: str, *, size: int, number: int) -> Allowance:
        if size > number:
            try:
                return await self._shared.take(limit, key, number=size)
            except RateLimitedError:
                # Near the limit every single request counts.
                return await self._shared.take(limit, key, number=number)
        return await self._shared.take(limit, key, number=number)

    @staticmethod
    def _next_size(limit: Limit, lease: _Lease | None, now: float) -> int:
        if lease is None or now - lease.taken_at >= LEASE_SECONDS:
            # What may be lost is little of what comes back in the same time.
            return max(1, min(FIRST_LEASE, int(LEASE_SECONDS / limit.gap) // SHARE_OF_LIMIT))
        return max(1, min(lease.size * 2, LARGEST_LEASE, limit.requests // SHARE_OF_LIMIT))

    @staticmethod
    def _allowance(limit: Limit, lease: _Lease, number: int, now: float) -> Allowance:
        """As the caller sees it: what is still in the lease is not used yet."""
        backlog = lease.backlog - (now - lease.taken_at) - lease.left * limit.gap
        return Allowance(number, max(0.0, backlog))

    def _keep(self, limit: Limit, key: str, lease: _Lease) -> None:
        self._leases[limit.name, key] = lease
        self._leases.move_to_end((limit.name, key))
        while len(self._leases) > KEYS:
            self._leases.popitem(last=False)
