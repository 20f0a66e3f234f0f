"""A request that may be sent twice: what a route needs to answer the second time as it did the first."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.request import DbSession
from resume_review.features.auth.dependencies import CurrentUser
from resume_review.infrastructure.idempotency import (
    IdempotencyConflictError,
    IdempotencyKeyHeader,
    InvalidIdempotencyKeyError,
    Once,
    request_fingerprint,
)

Answer = TypeVar("Answer", bound=BaseModel)

REPEAT_ERRORS = (IdempotencyConflictError, InvalidIdempotencyKeyError)
"""How a route that takes an `Idempotency-Key` may refuse it."""


@dataclass(frozen=True)
class Repeats:
    """The key of this request, for the user who sent it and the operation it was sent to."""

    request: Request
    session: AsyncSession
    user_id: uuid.UUID
    key: str | None

    async def once(
        self, answer_type: type[Answer], work: Callable[[], Awaitable[Answer]], *parts: str
    ) -> Answer:
        """Do the work, or give the answer it gave under the same key; the work must not end the transaction.

        Args:
            answer_type: What the work answers with; it is kept for a day, so it must hold no secret.
            work: What is to be done at most once.
            *parts: See `request_fingerprint`.

        Raises:
            InvalidIdempotencyKeyError: The key cannot be kept.
            IdempotencyConflictError: The key was used for a different request.
        """
        if self.key is None:
            return await work()
        once = Once(
            session=self.session,
            user_id=self.user_id,
            route=self.request.scope["route"].name,
            key=self.key,
            fingerprint=await request_fingerprint(self.request, *parts),
        )
        return await once.do(answer_type, work)


async def _repeats(
    request: Request,
    session: DbSession,
    identity: CurrentUser,
    idempotency_key: IdempotencyKeyHeader = None,
) -> Repeats:
    return Repeats(request, session, identity.user.id, idempotency_key)


Repeatable = Annotated[Repeats, Depends(_repeats)]
