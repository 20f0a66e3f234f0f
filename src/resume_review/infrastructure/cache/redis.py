"""The cache in Redis."""

from datetime import timedelta
from typing import cast

from redis.asyncio import Redis

from resume_review.core.errors import UnavailableError
from resume_review.infrastructure.redis import FAULTS

NAMESPACE = "resume-review:cache:"
SCAN_COUNT = 500
_PATTERN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "*?[]\\"})


class RedisCache:
    """Shared by all processes on one Redis. While that is away, `get` and `set` raise one of `redis.FAULTS`."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def get(self, key: str) -> bytes | None:
        """See `Cache.get`."""
        found = await self._redis.get(NAMESPACE + key)
        return found if isinstance(found, bytes) else None

    async def set(self, key: str, value: bytes, *, ttl: timedelta) -> None:
        """See `Cache.set`."""
        await self._redis.set(NAMESPACE + key, value, px=ttl)

    async def delete(self, key: str) -> None:
        """See `Cache.delete`."""
        try:
            await self._redis.unlink(NAMESPACE + key)
        except FAULTS as error:
            raise UnavailableError from error

    async def delete_prefix(self, prefix: str) -> None:
        """See `Cache.delete_prefix`."""
        pattern = (NAMESPACE + prefix).translate(_PATTERN_SIGNS) + "*"
        try:
            cursor, keys = await self._scan(0, pattern)
            while True:
                if keys:
                    await self._redis.unlink(*keys)
                if cursor == 0:
                    return
                cursor, keys = await self._scan(cursor, pattern)
        except FAULTS as error:
            raise UnavailableError from error

    async def _scan(self, cursor: int, pattern: str) -> tuple[int, list[bytes]]:
        found = await self._redis.scan(cursor, match=pattern, count=SCAN_COUNT)  # pyright: ignore[reportUnknownMemberType] - redis leaves its keyword arguments untyped
        return cast("tuple[int, list[bytes]]", found)

    async def purge(self) -> None:
        """Nothing to do: Redis forgets by itself."""
