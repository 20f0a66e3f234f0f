"""API keys: how they look, whose they are, and which routes take them."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.enums import ApiKeyScope
from resume_review.database.session import release
from resume_review.features.auth.errors import MissingScopeError, NotAuthenticatedError
from resume_review.features.auth.repository import AuthRepository
from resume_review.features.auth.service import Identity
from resume_review.features.auth.tokens import token_hash
from resume_review.infrastructure.transactions import Transactions

PREFIX = "rr_"
KEY_BYTES = 32
HINT_LENGTH = len(PREFIX) + 5
USE_IS_NOTED_EVERY = timedelta(minutes=1)
_READING = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True)
class NewApiKey:
    """A fresh key: `plain` is shown once, `hashed` and `hint` are stored."""

    plain: str
    hashed: str
    hint: str


def new_api_key() -> NewApiKey:
    """256 random bits behind a prefix by which secret scanners know it."""
    plain = PREFIX + secrets.token_urlsafe(KEY_BYTES)
    return NewApiKey(plain, token_hash(plain), plain[:HINT_LENGTH])


def is_api_key(token: str) -> bool:
    """Whether this is meant to be a key; access tokens never begin like one."""
    return token.startswith(PREFIX)


def takes_keys(*, read: ApiKeyScope, write: ApiKeyScope) -> Any:
    """The scopes of a router, for its `dependencies=`; a router without it takes no keys at all."""

    async def declare(request: Request) -> None:
        request.state.key_scope = read if request.method in _READING else write

    return Depends(declare)


def needed_scope(request: Request) -> ApiKeyScope | None:
    """What the router of this request said; null if it said nothing."""
    return getattr(request.state, "key_scope", None)


class KeyCheck:
    """Finds out whose key came with a request; what the user may not do, the key may not either."""

    def __init__(self, session: AsyncSession, transactions: Transactions) -> None:
        self._session = session
        self._users = AuthRepository(session)
        self._transactions = transactions

    async def identify(self, key: str, *, needs: ApiKeyScope | None) -> Identity:
        """The key's user, if the key is good for this; the session holds no connection afterwards, nor the user.

        Raises:
            NotAuthenticatedError: Unknown, expired or revoked, or its user is switched off.
            MissingScopeError: It was not made for this.
        """
        now = utc_now()
        found = await self._users.user_of_key(token_hash(key), now=now)
        if found is None:
            raise NotAuthenticatedError("The API key is unknown, expired or revoked. Create a new one.")
        user, stored = found
        # Noting and counting take connections of their own: requests that held one meanwhile would wait for each other.
        await release(self._session)
        if stored.last_used_at is None or now - stored.last_used_at >= USE_IS_NOTED_EVERY:
            await self._note_use(stored.id, now)
        if needs is None:
            raise MissingScopeError("This address takes no API keys. Sign in instead.")
        if not stored.allows(needs):
            raise MissingScopeError(
                f"The API key lacks the scope {needs.value}. Create one that has it, or sign in."
            )
        return Identity(user, stored.id, key=stored)

    async def _note_use(self, key_id: uuid.UUID, now: datetime) -> None:
        # Apart from the request: a refused one counts too, and no other request waits for this one to end.
        async with self._transactions.transaction() as session:
            await AuthRepository(session).note_key_use(key_id, now=now, unless_after=now - USE_IS_NOTED_EVERY)
