"""What infrastructure needs of the database, without knowing who owns it."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession


class Transactions(Protocol):
    """Opens short transactions of its own, apart from the one of the request."""

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Commits when the block ends, rolls back when it raises."""
        ...
