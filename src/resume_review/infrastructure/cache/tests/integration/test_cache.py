"""One contract for every cache."""

import asyncio
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from resume_review.core.errors import UnavailableError
from resume_review.database.session import Database
from resume_review.infrastructure.cache import Cache, PostgresCache, RedisCache
from resume_review.infrastructure.redis import connect_redis
from resume_review.testing.redis import RedisServer

pytestmark = pytest.mark.integration

MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["postgres", "redis"])
def cache(request: pytest.FixtureRequest, committed_database: Database) -> Cache:
    if request.param == "postgres":
        return PostgresCache(committed_database)
    redis: Redis = request.getfixturevalue("redis")
    return RedisCache(redis)


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


async def test_53_a_lost_redis_finds_nothing_and_owns_up_to_what_it_could_not_delete(
    own_redis: RedisServer,
) -> None:
    async with connect_redis(own_redis.url) as client:
        cache = RedisCache(client)
        own_redis.stop()

        await cache.set("a", b"x", ttl=MINUTE)
        found = await cache.get("a")
        with pytest.raises(UnavailableError):
            await cache.delete_prefix("a")

    assert found is None
