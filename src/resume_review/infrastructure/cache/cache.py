"""What every cache promises."""

from datetime import timedelta
from typing import Protocol


class Cache(Protocol):
    """Bytes under a name, for a time; `:` parts names, so that all of one thing can be dropped at once."""

    async def get(self, key: str) -> bytes | None:
        """What was kept; null when it is gone."""
        ...

    async def set(self, key: str, value: bytes, *, ttl: timedelta) -> None:
        """Keep it that long at most."""
        ...

    async def delete(self, key: str) -> None:
        """Drop one entry.

        Raises:
            UnavailableError: The cache does not answer, so the entry may live until its time is over.
        """
        ...

    async def delete_prefix(self, prefix: str) -> None:
        """Drop every entry whose name begins so.

        Raises:
            UnavailableError: As for `delete`.
        """
        ...

    async def purge(self) -> None:
        """Forget what is out of date."""
        ...
