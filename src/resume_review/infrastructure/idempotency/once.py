"""The row of a key is written first, in the transaction of the work: who comes second waits, then reads the answer."""

import re
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import Header
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.infrastructure.idempotency.errors import (
    IdempotencyConflictError,
    InvalidIdempotencyKeyError,
)

KEPT = timedelta(hours=24)
_KEY = re.compile(r"[\x21-\x7e]{1,255}")

IdempotencyKeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="1 to 255 visible ASCII characters; within 24 hours the same request with the same key is "
        "answered again instead of done again",
        examples=["3f0e8c9e-6f4d-4f0b-9a55-0d3c2f1b7a10"],
    ),
]

Answer = TypeVar("Answer", bound=BaseModel)

# Takes the key when it is new, has expired, or is without an answer because the work was refused; a key that a running
# transaction holds is waited for.
_TAKE = text("""
    INSERT INTO idempotency_keys AS k (user_id, route, key, body_hash, created_at)
    VALUES (:user_id, :route, :key, :body_hash, :now)
    ON CONFLICT (user_id, route, key) DO UPDATE
        SET body_hash = excluded.body_hash, status_code = NULL, answer = NULL, created_at = excluded.created_at
        WHERE k.created_at < :expired OR k.status_code IS NULL
    RETURNING true
""")
_STORED = text("""
    SELECT body_hash, answer FROM idempotency_keys WHERE user_id = :user_id AND route = :route AND key = :key
""")
_KEEP = text("""
    UPDATE idempotency_keys SET status_code = :status_code, answer = CAST(:answer AS jsonb)
    WHERE user_id = :user_id AND route = :route AND key = :key
""")
_PURGE = text("DELETE FROM idempotency_keys WHERE created_at < :expired")


@dataclass(frozen=True, kw_only=True)
class Once:
    """One user's key for one route.

    Attributes:
        route: A stable name of the operation, not its path with ids in it.
        key: As the client sent it; without one the work is simply done.
        fingerprint: See `request_fingerprint`.
        status_code: What the route answers with when the work is done.
    """

    session: AsyncSession
    user_id: uuid.UUID
    route: str
    key: str | None
    fingerprint: str
    status_code: int = 200

    async def do(self, answer_type: type[Answer], work: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer of the work, or the one it gave before; both end with the transaction of the session.

        Raises:
            InvalidIdempotencyKeyError: The key cannot be kept.
            IdempotencyConflictError: The key was used for a different request.
        """
        if self.key is None:
            return await work()
        if not _KEY.fullmatch(self.key):
            raise InvalidIdempotencyKeyError
        earlier = await self._earlier(now=utc_now())
        if earlier is not None:
            return answer_type.model_validate(earlier)
        answer = await work()
        kept = self._named() | {"status_code": self.status_code, "answer": answer.model_dump_json()}
        await self.session.execute(_KEEP, kept)
        return answer

    async def _earlier(self, *, now: datetime) -> dict[str, Any] | None:
        values = self._named() | {"body_hash": self.fingerprint, "now": now, "expired": now - KEPT}
        if (await self.session.execute(_TAKE, values)).scalar() is not None:
            return None
        row = (await self.session.execute(_STORED, self._named())).one()
        if row[0] != self.fingerprint:
            raise IdempotencyConflictError
        return msgspec.convert(row[1], dict[str, Any])

    def _named(self) -> dict[str, Any]:
        return {"user_id": self.user_id, "route": self.route, "key": self.key}


async def purge_keys(session: AsyncSession) -> None:
    """Forget keys that nobody can use any more."""
    await session.execute(_PURGE, {"expired": utc_now() - KEPT})
