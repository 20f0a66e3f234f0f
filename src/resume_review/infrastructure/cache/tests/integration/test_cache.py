"""One contract for every cache."""

import asyncio
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from resume_review.core.errors import UnavailableError
from resume_review.database.session import Database
from resume_review.infrastructure.cache import Cache, FallbackCache, PostgresCache, RedisCache
from resume_review.infrastructure.redis import Outage, connect_redis
from resume_review.testing.redis import RedisServer

pytestmark = pytest.mark.integration

MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["postgres", "redis", "redis and postgres"])
def cache(request: pytest.FixtureRequest, committed_database: Database) -> Cache:
    if request.param == "postgres":
        return PostgresCache(committed_database)
    redis: Redis = request.getfixturevalue("redis")
    if request.param == "redis":
        return RedisCache(redis)
    return FallbackCache(RedisCache(redis), PostgresCache(committed_database))


async def test_what_was_kept_is_found(cache: Cache) -> None:
    await cache.set("a", b"\x00old", ttl=MINUTE)
    await cache.set("a", b"\x00new", ttl=MINUTE)

    assert await cache.get("a") == b"\x00new"
    assert await cache.get("b") is None


async def test_an_entry_ends_with_its_time(cache: Cache) -> None:
    await cache.set("a", b"x", ttl=timedelta(milliseconds=1))

    async with asyncio.timeout(5):
        while await cache.get("a") is not None:
            await cache.purge()

    assert await cache.get("a") is None


async def test_a_deleted_entry_is_gone_and_others_stay(cache: Cache) -> None:
    await cache.set("a", b"x", ttl=MINUTE)
    await cache.set("b", b"x", ttl=MINUTE)

    await cache.delete("a")
    await cache.delete("never kept")

    assert (await cache.get("a"), await cache.get("b")) == (None, b"x")


async def test_all_of_one_thing_is_dropped_at_once_by_its_exact_prefix(cache: Cache) -> None:
    for key in ("page:1:1", "page:1:2", "page:12:1", "page:*:1", "page:_:1"):
        await cache.set(key, b"x", ttl=MINUTE)

    await cache.delete_prefix("page:1:")
    await cache.delete_prefix("page:*")

    kept = [await cache.get(key) for key in ("page:1:1", "page:1:2", "page:12:1", "page:*:1", "page:_:1")]
    assert kept == [None, None, b"x", None, b"x"]


async def test_53_a_lost_redis_is_stood_in_for_and_what_could_not_be_deleted_is_owned_up_to(
    own_redis: RedisServer, committed_database: Database
) -> None:
    async with connect_redis(own_redis.url) as client:
        cache = FallbackCache(RedisCache(client), PostgresCache(committed_database))
        await cache.set("before", b"x", ttl=MINUTE)
        own_redis.stop()

        lost = await cache.get("before")
        await cache.set("a", b"x", ttl=MINUTE)
        found = await cache.get("a")
        with pytest.raises(UnavailableError):
            await cache.delete_prefix("a")
        left = await cache.get("a")

    assert (lost, found, left) == (None, b"x", None)


async def test_53_a_redis_that_is_back_is_used_again_and_holds_nothing_that_was_deleted(
    own_redis: RedisServer, committed_database: Database
) -> None:
    now = 0.0
    outage = Outage("cache", retry_seconds=2, clock=lambda: now)
    async with connect_redis(own_redis.url) as client:
        redis = RedisCache(client)
        cache = FallbackCache(redis, PostgresCache(committed_database), outage=outage)
        own_redis.stop()
        await cache.set("a", b"in postgres", ttl=MINUTE)
        own_redis.start()
        away = await cache.get("a")
        now = 2.0
        await cache.set("b", b"in redis", ttl=MINUTE)
        await cache.delete("a")

        assert (away, await cache.get("a"), await redis.get("b")) == (b"in postgres", None, b"in redis")
    assert not outage.lasts
