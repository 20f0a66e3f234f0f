"""Making and revoking API keys."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction, ApiKeyScope, EntityType, UserRole
from resume_review.database.models import ApiKey
from resume_review.features.api_keys.errors import (
    ApiKeyNotFoundError,
    ExpiryInThePastError,
    ScopeNotGrantableError,
    TooManyApiKeysError,
)
from resume_review.features.api_keys.repository import ApiKeyRepository
from resume_review.features.audit import record_activity
from resume_review.features.auth import Identity, new_api_key
from resume_review.infrastructure.http import ClientInfo

MAX_IN_USE = 20


class ApiKeyService:
    """Works in the given session for one user and commits nothing."""

    def __init__(self, session: AsyncSession, identity: Identity, *, client: ClientInfo) -> None:
        self._session = session
        self._identity = identity
        self._client = client
        self._keys = ApiKeyRepository(session)

    async def create(
        self, name: str, scopes: Sequence[ApiKeyScope], *, expires_at: datetime | None
    ) -> tuple[ApiKey, str]:
        """Make a key; the second part of the answer is the key itself, which cannot be had again.

        Raises:
            ScopeNotGrantableError: More than the caller has.
            ExpiryInThePastError: It would never work.
            TooManyApiKeysError: Revoke one first.
        """
        user, now = self._identity.user, utc_now()
        for scope in scopes:
            self._require_grantable(scope)
        if expires_at is not None and expires_at <= now:
            raise ExpiryInThePastError
        if await self._keys.count_in_use(user.id, now=now) >= MAX_IN_USE:
            raise TooManyApiKeysError
        fresh = new_api_key()
        wanted = sorted({scope.value for scope in scopes})
        key = ApiKey(
            user_id=user.id,
            name=name,
            key_hash=fresh.hashed,
            hint=fresh.hint,
            scopes=wanted,
            expires_at=expires_at,
        )
        await self._keys.add(key)
        self._record(ActivityAction.CREATE, key)
        return key, fresh.plain

    async def mine(self) -> Sequence[ApiKey]:
        """The caller's keys, newest first."""
        return await self._keys.of_user(self._identity.user.id)

    async def revoke_mine(self, key_id: uuid.UUID) -> None:
        """End one of the caller's keys at once; ending it again changes nothing.

        Raises:
            ApiKeyNotFoundError: Unknown, or another user's.
        """
        await self._revoke(await self._keys.get(key_id, user_id=self._identity.user.id))

    async def revoke_any(self, key_id: uuid.UUID) -> None:
        """End anybody's key at once; for administrators.

        Raises:
            ApiKeyNotFoundError: Unknown.
        """
        await self._revoke(await self._keys.get(key_id))

    async def page(self, *, page: int, page_size: int) -> tuple[Sequence[tuple[ApiKey, str]], int]:
        """One page of everybody's keys with their owners' addresses, and the number on all pages."""
        found = await self._keys.page(limit=page_size, offset=(page - 1) * page_size)
        return found, await self._keys.count()

    async def _revoke(self, key: ApiKey | None) -> None:
        if key is None:
            raise ApiKeyNotFoundError
        if key.revoked_at is None:
            key.revoked_at = utc_now()
            self._record(ActivityAction.DELETE, key)

    def _require_grantable(self, scope: ApiKeyScope) -> None:
        """A key made with a key has no scope that the first lacks; only administrators give `admin`."""
        key, user = self._identity.key, self._identity.user
        if (key is not None and not key.allows(scope)) or (
            scope is ApiKeyScope.ADMIN and user.role is not UserRole.ADMIN
        ):
            raise ScopeNotGrantableError(f"You cannot give a key the scope {scope.value}. Leave it out.")

    def _record(self, action: ActivityAction, key: ApiKey) -> None:
        record_activity(
            self._session,
            action,
            entity=EntityType.API_KEY,
            entity_id=key.id,
            user_id=self._identity.user.id,
            client=self._client,
            new={"name": key.name, "scopes": key.scopes, "user_id": str(key.user_id)},
        )
