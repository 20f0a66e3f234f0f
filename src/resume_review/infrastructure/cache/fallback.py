"""Results that outlive the loss of Redis."""

from datetime import timedelta

from resume_review.infrastructure.cache.cache import Cache
from resume_review.infrastructure.redis import FAULTS, Outage


class FallbackCache:
    """Keeps in the first store; while that is away, in the second. What one holds the other does not know."""

    def __init__(self, first: Cache, second: Cache, *, outage: Outage | None = None) -> None:
        self._first = first
        self._second = second
        self._outage = outage or Outage("cache")

    async def get(self, key: str) -> bytes | None:
        """See `Cache.get`."""
        if self._outage.worth_a_try:
            try:
                found = await self._first.get(key)
            except FAULTS as error:
                self._outage.begins(error)
            else:
                self._outage.ends()
                return found
        return await self._second.get(key)

    async def set(self, key: str, value: bytes, *, ttl: timedelta) -> None:
        """See `Cache.set`."""
        if self._outage.worth_a_try:
            try:
                await self._first.set(key, value, ttl=ttl)
            except FAULTS as error:
                self._outage.begins(error)
            else:
                self._outage.ends()
                return
        await self._second.set(key, value, ttl=ttl)

    async def delete(self, key: str) -> None:
        """See `Cache.delete`; from both, as either may hold it."""
        await self._second.delete(key)
        await self._first.delete(key)

    async def delete_prefix(self, prefix: str) -> None:
        """See `Cache.delete_prefix`; from both, as either may hold it."""
        await self._second.delete_prefix(prefix)
        await self._first.delete_prefix(prefix)

    async def purge(self) -> None:
        """See `Cache.purge`."""
        await self._second.purge()
        await self._first.purge()
