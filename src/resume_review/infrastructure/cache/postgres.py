"""The cache in an unlogged table: fast, and empty after a crash of the database."""

from datetime import timedelta

from sqlalchemy import text

from resume_review.infrastructure.transactions import Transactions

_GET = text("SELECT value FROM cache_entries WHERE key = :key AND expires_at > clock_timestamp()")
_SET = text("""
    INSERT INTO cache_entries (key, value, expires_at)
    VALUES (:key, :value, clock_timestamp() + make_interval(secs => :ttl))
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
""")
_DELETE = text("DELETE FROM cache_entries WHERE key = :key")
_DELETE_PREFIX = text("DELETE FROM cache_entries WHERE starts_with(key, :prefix)")
_PURGE = text("DELETE FROM cache_entries WHERE expires_at <= clock_timestamp()")


class PostgresCache:
    """Shared by all processes on one database; each call is a transaction of its own."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def get(self, key: str) -> bytes | None:
        """See `Cache.get`."""
        async with self._transactions.transaction() as session:
            found = (await session.execute(_GET, {"key": key})).scalar()
        return None if found is None else bytes(found)

    async def set(self, key: str, value: bytes, *, ttl: timedelta) -> None:
        """See `Cache.set`."""
        async with self._transactions.transaction() as session:
            await session.execute(_SET, {"key": key, "value": value, "ttl": ttl.total_seconds()})

    async def delete(self, key: str) -> None:
        """See `Cache.delete`."""
        async with self._transactions.transaction() as session:
            await session.execute(_DELETE, {"key": key})

    async def delete_prefix(self, prefix: str) -> None:
        """See `Cache.delete_prefix`."""
        async with self._transactions.transaction() as session:
            await session.execute(_DELETE_PREFIX, {"prefix": prefix})

    async def purge(self) -> None:
        """See `Cache.purge`."""
        async with self._transactions.transaction() as session:
            await session.execute(_PURGE)
