"""What all processes share beside the database: counters and cached results, in Redis where one is configured."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from redis.asyncio import Redis

from resume_review.core.settings import Settings, Switch
from resume_review.infrastructure.cache import Cache, FallbackCache, PostgresCache, RedisCache
from resume_review.infrastructure.rate_limit import (
    FallbackRateLimiter,
    NullRateLimiter,
    PostgresRateLimiter,
    RateLimiter,
    RedisRateLimiter,
)
from resume_review.infrastructure.redis import FAULTS, connect_redis
from resume_review.infrastructure.transactions import Transactions


@dataclass(frozen=True)
class Stores:
    """Where requests are counted and results are kept; `redis` is null where both are in Postgres."""

    rate_limiter: RateLimiter
    cache: Cache
    redis: Redis | None = None

    async def redis_answers(self) -> bool:
        """Whether Redis can be used now; true where none is configured."""
        if self.redis is None:
            return True
        try:
            await self.redis.ping()  # pyright: ignore[reportUnknownMemberType] - redis leaves its keyword arguments untyped
        except FAULTS:
            return False
        return True


@asynccontextmanager
async def open_stores(settings: Settings, transactions: Transactions) -> AsyncGenerator[Stores]:
    """Postgres for both; with a `REDIS_URL`, Redis for both and Postgres while it is away.

    Raises:
        StartupError: Redis does not answer.
    """
    postgres = PostgresRateLimiter(transactions)
    if settings.redis_url is None:
        yield Stores(_switched(settings, postgres), PostgresCache(transactions))
        return
    async with connect_redis(settings.redis_url.get_secret_value()) as redis:
        limiter = FallbackRateLimiter(RedisRateLimiter(redis), postgres)
        cache = FallbackCache(RedisCache(redis), PostgresCache(transactions))
        yield Stores(_switched(settings, limiter), cache, redis)


def _switched(settings: Settings, limiter: RateLimiter) -> RateLimiter:
    return limiter if settings.rate_limits is Switch.ON else NullRateLimiter()
