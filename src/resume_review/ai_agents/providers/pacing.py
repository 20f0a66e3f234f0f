"""Keeping to a vendor's limits before the vendor has to say so."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from resume_review.ai_agents.providers.policy import Pace


class LocalPacer:
    """For one process: so many calls at once, so many requests and tokens a minute, evenly."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._slots: dict[str, asyncio.Semaphore] = {}
        self._requests: dict[str, _Bucket] = {}
        self._tokens: dict[str, _Bucket] = {}

    @asynccontextmanager
    async def slot(self, model: str, *, tokens: int) -> AsyncGenerator[None]:
        """See `Pacer.slot`."""
        semaphore = self._slots.setdefault(model, asyncio.Semaphore(self._pace.at_once))
        async with semaphore:
            for buckets, per_minute, amount in (
                (self._requests, self._pace.requests_per_minute, 1),
                (self._tokens, self._pace.tokens_per_minute, tokens),
            ):
                if per_minute is not None:
                    await asyncio.sleep(buckets.setdefault(model, _Bucket(per_minute)).take(amount))
            yield


class _Bucket:
    """Fills evenly over a minute; may be overdrawn, which the next caller waits for."""

    def __init__(self, per_minute: int) -> None:
        self._rate = per_minute / 60
        self._most = float(per_minute)
        self._level = self._most
        self._at = time.monotonic()

    def take(self, amount: int) -> float:
        """Take, and say how many seconds to wait first."""
        now = time.monotonic()
        self._level = min(self._most, self._level + (now - self._at) * self._rate) - amount
        self._at = now
        return max(0.0, -self._level / self._rate)
