import pytest

from resume_review.core.errors import RateLimitedError
from resume_review.database.session import Database
from resume_review.infrastructure.rate_limit import (
    FallbackRateLimiter,
    Limit,
    PostgresRateLimiter,
    RedisRateLimiter,
)
from resume_review.infrastructure.redis import connect_redis
from resume_review.testing.redis import RedisServer

pytestmark = pytest.mark.integration

SLOW = Limit("slow", requests=2, seconds=3600)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_53_limits_outlive_redis_and_return_to_it(
    own_redis: RedisServer, committed_database: Database
) -> None:
    clock = Clock()
    async with connect_redis(own_redis.url) as redis:
        limiter = FallbackRateLimiter(
            RedisRateLimiter(redis), PostgresRateLimiter(committed_database), retry_seconds=2, clock=clock
        )
        await limiter.take(SLOW, "before")
        own_redis.stop()

        await limiter.take(SLOW, "x")
        lost = limiter.degraded
        await limiter.take(SLOW, "x")
        with pytest.raises(RateLimitedError):
            await limiter.take(SLOW, "x")

        own_redis.start()
        clock.now = 2.0
        await limiter.take(SLOW, "x")

        assert lost
        assert not limiter.degraded


async def test_53_a_lost_redis_is_not_asked_again_at_every_request(
    own_redis: RedisServer, committed_database: Database
) -> None:
    clock = Clock()
    async with connect_redis(own_redis.url) as redis:
        limiter = FallbackRateLimiter(
            RedisRateLimiter(redis), PostgresRateLimiter(committed_database), retry_seconds=2, clock=clock
        )
        own_redis.stop()
        await limiter.take(SLOW, "x")
        own_redis.start()

        clock.now = 1.9
        await limiter.take(SLOW, "x")

        assert limiter.degraded
