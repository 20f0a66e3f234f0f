"""The generic cell rate algorithm as one SQL statement on an unlogged table."""

import hashlib
import math
from dataclasses import dataclass
from typing import Protocol

import structlog
from sqlalchemy import text

from resume_review.core.errors import RateLimitedError
from resume_review.infrastructure.transactions import Transactions

log = structlog.get_logger(__name__)

# One row per key holds the theoretical arrival time. The statement takes a cell only while the
# burst is not used up, and returns nothing when the request is over the limit.
_TAKE = text("""
    INSERT INTO rate_limits AS r (key, theoretical_arrival_at)
    VALUES (:key, clock_timestamp() + make_interval(secs => :gap))
    ON CONFLICT (key) DO UPDATE
        SET theoretical_arrival_at = greatest(r.theoretical_arrival_at, clock_timestamp()) + make_interval(secs => :gap)
        WHERE greatest(r.theoretical_arrival_at, clock_timestamp()) + make_interval(secs => :gap)
              <= clock_timestamp() + make_interval(secs => :window)
    RETURNING true
""")
_WAIT = text("""
    SELECT extract(epoch FROM theoretical_arrival_at - clock_timestamp()) + :gap - :window FROM rate_limits WHERE key = :key
""")
_PURGE = text("DELETE FROM rate_limits WHERE theoretical_arrival_at < clock_timestamp()")


@dataclass(frozen=True)
class Limit:
    """So many requests in a window of seconds, refilled evenly."""

    name: str
    requests: int
    seconds: int


class RateLimiter(Protocol):
    """Counts attempts per limit and key."""

    async def take(self, limit: Limit, key: str) -> None:
        """Count one attempt.

        Raises:
            RateLimitedError: The limit is used up; carries the seconds to wait.
        """
        ...

    async def purge(self) -> None:
        """Forget keys whose limit is full again."""
        ...


class PostgresRateLimiter:
    """Shared by all processes on one database; each attempt is a transaction of its own."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def take(self, limit: Limit, key: str) -> None:
        """See `RateLimiter.take`; keys are stored hashed, as they hold addresses."""
        values = {
            "key": f"{limit.name}:{hashlib.sha256(key.encode()).hexdigest()[:32]}",
            "gap": limit.seconds / limit.requests,
            "window": limit.seconds,
        }
        async with self._transactions.transaction() as session:
            if (await session.execute(_TAKE, values)).scalar() is not None:
                return
            wait = (await session.execute(_WAIT, values)).scalar()
        retry_after = max(1, math.ceil(float(wait or 0)))
        log.info("rate_limited", limit=limit.name, retry_after=retry_after)
        raise RateLimitedError(
            f"Too many attempts. Wait {retry_after} seconds and try again.", retry_after=retry_after
        )

    async def purge(self) -> None:
        """See `RateLimiter.purge`."""
        async with self._transactions.transaction() as session:
            await session.execute(_PURGE)


class NullRateLimiter:
    """No limits; says so when it is made, for load tests only."""

    def __init__(self) -> None:
        log.warning("rate_limits_off", hint="set RESUME_REVIEW_RATE_LIMITS=on unless this is a load test")

    async def take(self, limit: Limit, key: str) -> None:
        """Let everything pass."""

    async def purge(self) -> None:
        """Nothing is kept."""
