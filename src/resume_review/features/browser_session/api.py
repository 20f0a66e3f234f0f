"""Routes that sign a browser in, keep it signed in and sign it out."""

from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Cookie, Depends, Request, Response

from resume_review.core.errors import RateLimitedError
from resume_review.core.problems import problems
from resume_review.features.auth import (
    ACCESS_LIFETIME,
    REFRESH_LIFETIME,
    AccountLockedError,
    Auth,
    InvalidCredentialsError,
    InvalidRefreshTokenError,
    IssuedTokens,
    MessageResponse,
    NotAuthenticatedError,
    SignedIn,
    UserResponse,
)
from resume_review.features.browser_session.errors import ForeignPageError, NoBrowserSessionError
from resume_review.features.browser_session.schemas import BrowserLogin, BrowserSession
from resume_review.infrastructure.http import Client

COOKIE = "resume_review_session"
_LIFETIME_S = int(REFRESH_LIFETIME.total_seconds())


class _Keep(StrEnum):
    """How long the browser keeps the cookie; the first word of its value."""

    UNTIL_CLOSED = "closing"
    AFTERWARDS = "kept"


def _own_page(request: Request) -> None:
    """Refuse what another site's page made the browser send.

    Browsers say so themselves on safe connections and name the page on others; programs do neither, and send no cookie
    that they were not given.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        foreign = site not in {"same-origin", "none"}
    else:
        foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign:
        raise ForeignPageError


router = APIRouter(prefix="/auth/browser", tags=["auth"], dependencies=[Depends(_own_page)])

_Kept = Annotated[str | None, Cookie(alias=COOKIE, max_length=200)]


def _session(issued: IssuedTokens, keep: _Keep, *, request: Request, response: Response) -> BrowserSession:
    origin = request.headers.get("origin", str(request.url))
    response.set_cookie(
        COOKIE,
        f"{keep.value}.{issued.refresh_token}",
        max_age=_LIFETIME_S if keep is _Keep.AFTERWARDS else None,
        path=_folder(request),
        httponly=True,
        samesite="strict",
        secure=urlsplit(origin).scheme == "https",
    )
    return BrowserSession(
        access_token=issued.access_token,
        expires_in=int(ACCESS_LIFETIME.total_seconds()),
        user=UserResponse.model_validate(issued.user),
    )


def _folder(request: Request) -> str:
    """The cookie goes to these routes and to no other."""
    return request.url.path.rstrip("/").rpartition("/")[0]


@router.post(
    "/login",
    responses=problems(ForeignPageError, InvalidCredentialsError, AccountLockedError, RateLimitedError),
    summary="Sign a browser in",
)
async def browser_login(
    body: BrowserLogin, auth: Auth, client: Client, request: Request, response: Response
) -> BrowserSession:
    """Open a session whose refresh token is a cookie out of the reach of scripts."""
    issued = await auth.login(body.email, body.password, client=client)
    keep = _Keep.AFTERWARDS if body.remember else _Keep.UNTIL_CLOSED
    return _session(issued, keep, request=request, response=response)


@router.post(
    "/refresh",
    responses=problems(ForeignPageError, NoBrowserSessionError, InvalidRefreshTokenError, RateLimitedError),
    summary="Keep a browser signed in",
)
async def browser_refresh(
    auth: Auth,
    client: Client,
    request: Request,
    response: Response,
    cookie: _Kept = None,
) -> BrowserSession:
    """Exchange the cookie for a new one and get an access token."""
    keep, _, token = (cookie or "").partition(".")
    if not token or keep not in set(_Keep):
        raise NoBrowserSessionError
    issued = await auth.refresh(token, client=client)
    return _session(issued, _Keep(keep), request=request, response=response)


@router.post(
    "/logout",
    responses=problems(ForeignPageError, NotAuthenticatedError),
    summary="Sign a browser out",
)
async def browser_logout(
    identity: SignedIn, auth: Auth, client: Client, request: Request, response: Response
) -> MessageResponse:
    """End the session and take the cookie back."""
    await auth.logout(identity, client=client)
    response.delete_cookie(COOKIE, path=_folder(request), httponly=True, samesite="strict")
    return MessageResponse(message="You are signed out.")
