"""One contract for every place where requests are counted."""

import asyncio
from collections.abc import Callable

import pytest
from redis.asyncio import Redis
from sqlalchemy import text

from resume_review.core.errors import RateLimitedError
from resume_review.database.session import Database
from resume_review.infrastructure.rate_limit import (
    LeasingRateLimiter,
    Limit,
    NullRateLimiter,
    PostgresRateLimiter,
    RateLimiter,
    RedisRateLimiter,
)

pytestmark = pytest.mark.integration

COUNT = text("SELECT count(*) FROM rate_limits")
SLOW = Limit("slow", requests=3, seconds=3600)
FAST = Limit("fast", requests=1000, seconds=1)
MANY = Limit("many", requests=200, seconds=36_000)

MakeLimiter = Callable[[], RateLimiter]


@pytest.fixture(params=["postgres", "redis", "leased postgres", "leased redis"])
def make_limiter(request: pytest.FixtureRequest, committed_database: Database) -> MakeLimiter:
    """Makes limiters as so many processes would, all counting in one store."""
    kind: str = request.param
    if kind.endswith("postgres"):
        store: RateLimiter = PostgresRateLimiter(committed_database)
    else:
        redis: Redis = request.getfixturevalue("redis")
        store = RedisRateLimiter(redis)
    return (lambda: LeasingRateLimiter(store)) if kind.startswith("leased") else (lambda: store)


async def test_as_many_as_allowed_pass_and_the_next_is_told_how_long_to_wait(
    make_limiter: MakeLimiter,
) -> None:
    limiter = make_limiter()
    for _ in range(SLOW.requests):
        await limiter.take(SLOW, "someone")

    with pytest.raises(RateLimitedError) as refused:
        await limiter.take(SLOW, "someone")

    assert 1100 < (refused.value.retry_after or 0) <= 1200


async def test_keys_and_limits_are_counted_apart(make_limiter: MakeLimiter) -> None:
    limiter = make_limiter()
    for _ in range(SLOW.requests):
        await limiter.take(SLOW, "someone")

    await limiter.take(SLOW, "someone else")
    await limiter.take(Limit("other", requests=1, seconds=60), "someone")


async def test_56_parallel_attempts_in_several_processes_do_not_slip_through(
    make_limiter: MakeLimiter,
) -> None:
    processes = [make_limiter() for _ in range(4)]

    outcomes = await asyncio.gather(
        *(processes[number % 4].take(SLOW, "x") for number in range(20)), return_exceptions=True
    )

    assert sum(isinstance(outcome, RateLimitedError) for outcome in outcomes) == 17


async def test_56_a_flood_through_several_processes_gets_the_limit_and_no_more(
    make_limiter: MakeLimiter,
) -> None:
    processes = [make_limiter() for _ in range(3)]
    passed = 0
    for number in range(900):
        try:
            await processes[number % 3].take(MANY, "x")
        except RateLimitedError:
            continue
        passed += 1

    assert MANY.requests * 0.9 <= passed <= MANY.requests


async def test_the_allowance_tells_what_is_left(make_limiter: MakeLimiter) -> None:
    limiter = make_limiter()

    left = [(await limiter.take(SLOW, "x")).remaining(SLOW) for _ in range(SLOW.requests)]

    assert left == [2, 1, 0]


async def test_several_are_taken_together_or_not_at_all(make_limiter: MakeLimiter) -> None:
    limiter = make_limiter()
    await limiter.take(SLOW, "x", number=2)

    with pytest.raises(RateLimitedError):
        await limiter.take(SLOW, "x", number=2)


async def test_a_limit_refills_evenly(make_limiter: MakeLimiter) -> None:
    limiter = make_limiter()
    quick = Limit("quick", requests=2, seconds=1)
    passed = 0

    async with asyncio.timeout(20):
        while passed < 4:
            try:
                await limiter.take(quick, "x")
            except RateLimitedError:
                continue
            passed += 1

    assert passed == 4


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


async def test_redis_forgets_full_limits_by_itself(redis: Redis) -> None:
    await RedisRateLimiter(redis).take(SLOW, "x")

    left = await redis.pttl(f"resume-review:limit:{SLOW.stored_key('x')}")
    assert 0 < left <= 1_200_001


async def test_the_null_limiter_lets_everything_pass() -> None:
    limiter = NullRateLimiter()

    for _ in range(100):
        await limiter.take(SLOW, "x")
    await limiter.purge()
