"""Limits that every request of the API is counted against, in one place for all routes."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from fastapi import Request

from resume_review.core.errors import RateLimitedError
from resume_review.infrastructure.rate_limit.limit import Limit, RateLimiter, address_key


@dataclass(frozen=True)
class Operation:
    """Requests that have a limit of their own: a method, and the whole path as a regular expression."""

    method: str
    path: re.Pattern[str]
    limit: Limit


@dataclass(frozen=True)
class RequestLimits:
    """What an address may do, what an account may do, and what an account may do of some things.

    Accounts are counted by their id: another session, another API key or another spelling of the path is the same
    account. How the counter stands goes into the `RateLimit` headers of the answer.
    """

    limiter: RateLimiter
    by_address: Limit
    by_user: Limit
    operations: Sequence[Operation] = ()

    async def count_address(self, request: Request) -> None:
        """Count the request for its address.

        Raises:
            RateLimitedError: Too many of them.
        """
        await self._count(request, self.by_address, address_key(request.state.client_address))

    async def count_user(self, request: Request, user_id: uuid.UUID) -> None:
        """Count the request for the account that sent it.

        Raises:
            RateLimitedError: Too many of them, or too many of this kind.
        """
        await self._count(request, self.by_user, str(user_id))
        path: str = request.scope["path"]
        for operation in self.operations:
            if operation.method == request.method and operation.path.fullmatch(path):
                await self._count(request, operation.limit, str(user_id))

    async def _count(self, request: Request, limit: Limit, key: str) -> None:
        try:
            allowance = await self.limiter.take(limit, key)
        except RateLimitedError as refused:
            request.state.rate_limit = _headers(limit, 0, refused.retry_after or 1)
            raise
        request.state.rate_limit = _headers(limit, allowance.remaining(limit), round(allowance.backlog))


def _headers(limit: Limit, remaining: int, reset: int) -> dict[str, str]:
    """As draft-ietf-httpapi-ratelimit-headers has them; `t` is when the counter is full again, or lets one pass."""
    return {
        "ratelimit-policy": f'"{limit.name}";q={limit.requests};w={limit.seconds}',
        "ratelimit": f'"{limit.name}";r={remaining};t={reset}',
    }


async def within_address_limit(request: Request) -> None:
    """The dependency of the API's router."""
    await cast("RequestLimits", request.app.state.request_limits).count_address(request)


async def within_user_limit(request: Request, user_id: uuid.UUID) -> None:
    """To be called where a request's account becomes known."""
    await cast("RequestLimits", request.app.state.request_limits).count_user(request, user_id)
