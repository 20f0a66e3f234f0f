import asyncio

import pytest
from sqlalchemy import text

from resume_review.core.errors import RateLimitedError
from resume_review.database.session import Database
from resume_review.infrastructure.rate_limit import Limit, NullRateLimiter, PostgresRateLimiter

pytestmark = pytest.mark.integration

COUNT = text("SELECT count(*) FROM rate_limits")
SLOW = Limit("slow", requests=3, seconds=3600)
FAST = Limit("fast", requests=1000, seconds=1)


async def test_as_many_as_allowed_pass_and_the_next_is_told_how_long_to_wait(database: Database) -> None:
    limiter = PostgresRateLimiter(database)
    for _ in range(SLOW.requests):
        await limiter.take(SLOW, "someone")

    with pytest.raises(RateLimitedError) as refused:
        await limiter.take(SLOW, "someone")

    assert 1100 < (refused.value.retry_after or 0) <= 1200


async def test_keys_and_limits_are_counted_apart(database: Database) -> None:
    limiter = PostgresRateLimiter(database)
    for _ in range(SLOW.requests):
        await limiter.take(SLOW, "someone")

    await limiter.take(SLOW, "someone else")
    await limiter.take(Limit("other", requests=1, seconds=60), "someone")


async def test_parallel_attempts_on_several_connections_do_not_slip_through(
    committed_database: Database,
) -> None:
    limiter = PostgresRateLimiter(committed_database)

    outcomes = await asyncio.gather(*(limiter.take(SLOW, "x") for _ in range(20)), return_exceptions=True)

    assert sum(outcome is None for outcome in outcomes) == SLOW.requests
    assert sum(isinstance(outcome, RateLimitedError) for outcome in outcomes) == 17


async def test_full_limits_are_forgotten(committed_database: Database) -> None:
    limiter = PostgresRateLimiter(committed_database)
    await limiter.take(FAST, "x")
    await limiter.take(SLOW, "x")

    async def rows() -> int:
        async with committed_database.transaction() as session:
            return (await session.execute(COUNT)).scalar_one()

    async with asyncio.timeout(5):
        while await rows() > 1:
            await limiter.purge()

    with pytest.raises(RateLimitedError):
        for _ in range(SLOW.requests):
            await limiter.take(SLOW, "x")


async def test_the_null_limiter_lets_everything_pass() -> None:
    limiter = NullRateLimiter()

    for _ in range(100):
        await limiter.take(SLOW, "x")
    await limiter.purge()
