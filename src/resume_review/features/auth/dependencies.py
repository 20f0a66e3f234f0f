"""What routes ask for: the service, the signed-in user, a role."""

from collections.abc import Awaitable, Callable
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

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


async def _signed_in(
    request: Request,
    session: DbSession,
    auth: Auth,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Identity:
    if credentials is None:
        raise NotAuthenticatedError
    token = credentials.credentials
    if is_api_key(token):
        keys = KeyCheck(session, cast("Database", request.app.state.database))
        identity = await keys.identify(token, needs=needed_scope(request))
    else:
        identity = await auth.identify(token)
    await within_user_limit(request, identity.user.id)
    return identity


SignedIn = Annotated[Identity, Depends(_signed_in)]
"""A signed-in user or an API key's, even one who must first replace a temporary password."""


async def _current(identity: SignedIn) -> Identity:
    if identity.user.force_password_change:
        raise PasswordChangeRequiredError
    return identity


CurrentUser = Annotated[Identity, Depends(_current)]
"""A signed-in user who may work."""


def require_role(*roles: UserRole) -> Callable[[Identity], Awaitable[Identity]]:
    """A dependency that lets only these roles pass."""

    async def check(identity: CurrentUser) -> Identity:
        if identity.user.role not in roles:
            raise ForbiddenError
        return identity

    return check
