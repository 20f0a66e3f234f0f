"""What routes ask for: the service, the signed-in user, a role."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.errors import ForbiddenError
from resume_review.core.problems import problems
from resume_review.database.enums import UserRole
from resume_review.database.request import DbSession
from resume_review.database.session import Database
from resume_review.features.auth.errors import (
    MissingScopeError,
    NotAuthenticatedError,
    PasswordChangeRequiredError,
)
from resume_review.features.auth.keys import KeyCheck, is_api_key, needed_scope
from resume_review.features.auth.passwords import PasswordHasher
from resume_review.features.auth.service import AuthService, Identity
from resume_review.features.auth.tokens import TokenSigner
from resume_review.infrastructure.rate_limit import RateLimiter, within_user_limit

_bearer = HTTPBearer(auto_error=False, description="The access token of the sign-in answer, or an API key")

ACCESS_PROBLEMS = problems(NotAuthenticatedError, PasswordChangeRequiredError, MissingScopeError)
"""How every route behind a sign-in may refuse."""


async def _service(request: Request, session: DbSession) -> AuthService:
    state = request.app.state
    return AuthService(
        session,
        hasher=cast("PasswordHasher", state.password_hasher),
        signer=cast("TokenSigner", state.token_signer),
        limiter=cast("RateLimiter", state.rate_limiter),
    )


Auth = Annotated[AuthService, Depends(_service)]


Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def _signed_in(request: Request, session: DbSession, auth: Auth, credentials: Credentials) -> Identity:
    return await _identified(request, session, auth, credentials)


async def _identified(
    request: Request,
    session: AsyncSession,
    auth: AuthService,
    credentials: HTTPAuthorizationCredentials | None,
) -> Identity:
    if credentials is None:
        raise NotAuthenticatedError
    token = credentials.credentials
    if is_api_key(token):
        keys = KeyCheck(session, cast("Database", request.app.state.database))
        identity = await keys.identify(token, needs=needed_scope(request))
        await within_user_limit(request, identity.user.id)
        session.add(identity.user)
        return identity
    claims = auth.claims(token)
    # Counting takes a connection of its own: requests that held one meanwhile would wait for each other.
    await within_user_limit(request, claims.user_id)
    return await auth.identify(claims)


SignedIn = Annotated[Identity, Depends(_signed_in)]
"""A signed-in user or an API key's, even one who must first replace a temporary password."""


async def _current(identity: SignedIn) -> Identity:
    return _at_work(identity)


def _at_work(identity: Identity) -> Identity:
    if identity.user.force_password_change:
        raise PasswordChangeRequiredError
    return identity


CurrentUser = Annotated[Identity, Depends(_current)]
"""A signed-in user who may work."""


@asynccontextmanager
async def looking(
    request: Request, credentials: HTTPAuthorizationCredentials | None
) -> AsyncGenerator[tuple[AsyncSession, Identity]]:
    """A signed-in user who may work and only looks, for the routes that are asked all the time.

    The same checks as `CurrentUser`, in a session that is no transaction: see `Database.reading`.

    Raises:
        NotAuthenticatedError: Nobody is signed in.
        PasswordChangeRequiredError: The password is a temporary one.
        MissingScopeError: The API key was not made for this.
        RateLimitedError: Too many requests of this user.
    """
    async with cast("Database", request.app.state.database).reading() as session:
        auth = await _service(request, session)
        yield session, _at_work(await _identified(request, session, auth, credentials))


def require_role(*roles: UserRole) -> Callable[[Identity], Awaitable[Identity]]:
    """A dependency that lets only these roles pass."""

    async def check(identity: CurrentUser) -> Identity:
        if identity.user.role not in roles:
            raise ForbiddenError
        return identity

    return check
