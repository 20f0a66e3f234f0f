"""The generic cell rate algorithm as one SQL statement on an unlogged table."""

from sqlalchemy import text

from resume_review.infrastructure.rate_limit.limit import Allowance, Limit
from resume_review.infrastructure.transactions import Transactions

# One row per key holds the theoretical arrival time. The statement takes cells only while the burst is not used
# up; it returns how far the arrival time lies ahead, and nothing when the request is over the limit.
_TAKE = text("""
    INSERT INTO rate_limits AS r (key, theoretical_arrival_at)
    VALUES (:key, clock_timestamp() + make_interval(secs => :cost))
    ON CONFLICT (key) DO UPDATE
        SET theoretical_arrival_at = greatest(r.theoretical_arrival_at, clock_timestamp()) + make_interval(secs => :cost)
        WHERE greatest(r.theoretical_arrival_at, clock_timestamp()) + make_interval(secs => :cost)
              <= clock_timestamp() + make_interval(secs => :window)
    RETURNING extract(epoch FROM theoretical_arrival_at - clock_timestamp())
""")
_WAIT = text("""
    SELECT extract(epoch FROM theoretical_arrival_at - clock_timestamp()) + :cost - :window FROM rate_limits WHERE key = :key
""")
_PURGE = text("DELETE FROM rate_limits WHERE theoretical_arrival_at < clock_timestamp()")


class PostgresRateLimiter:
    """Shared by all processes on one database; each take is a transaction of its own."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def take(self, limit: Limit, key: str, *, number: int = 1) -> Allowance:
        """See `RateLimiter.take`."""
        values = {"key": limit.stored_key(key), "cost": limit.gap * number, "window": limit.seconds}
        async with self._transactions.transaction() as session:
            backlog = (await session.execute(_TAKE, values)).scalar()
            if backlog is not None:
                return Allowance(number, float(backlog))
            wait = (await session.execute(_WAIT, values)).scalar()
        raise limit.refusal(float(wait or 0))

    async def purge(self) -> None:
        """See `RateLimiter.purge`."""
        async with self._transactions.transaction() as session:
            await session.execute(_PURGE)
