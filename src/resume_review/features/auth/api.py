"""Routes to sign in, stay signed in and sign out."""

from fastapi import APIRouter

from resume_review.core.errors import RateLimitedError
from resume_review.core.problems import problems
from resume_review.database.enums import ApiKeyScope
from resume_review.features.auth.dependencies import Auth, SignedIn
from resume_review.features.auth.errors import (
    AccountLockedError,
    InvalidCredentialsError,
    InvalidRefreshTokenError,
    MissingScopeError,
    NotAuthenticatedError,
    SessionNotFoundError,
    WeakPasswordError,
    WrongPasswordError,
)
from resume_review.features.auth.keys import takes_keys
from resume_review.features.auth.schemas import (
    ChangePasswordRequest,
    LoginRequest,
    LoginResponse,
    MessageResponse,
    ProfileChange,
    RefreshRequest,
    RevokeSessionRequest,
    SessionItem,
    SessionList,
    TokenResponse,
    UserResponse,
)
from resume_review.features.auth.service import MAX_SESSIONS
from resume_review.features.auth.tokens import ACCESS_LIFETIME
from resume_review.infrastructure.http import Client

# A key that may touch accounts and sessions was made for that, and for nothing less.
_KEYS = [takes_keys(read=ApiKeyScope.ADMIN, write=ApiKeyScope.ADMIN)]

router = APIRouter(prefix="/auth", tags=["auth"], dependencies=_KEYS)
profile_router = APIRouter(prefix="/profile", tags=["profile"], dependencies=_KEYS)

_EXPIRES_IN = int(ACCESS_LIFETIME.total_seconds())
_SIGNED_IN_PROBLEMS = problems(NotAuthenticatedError, MissingScopeError)
_CHANGE_PROBLEMS = _SIGNED_IN_PROBLEMS | problems(WrongPasswordError, WeakPasswordError, RateLimitedError)


@router.post(
    "/login",
    responses=problems(InvalidCredentialsError, AccountLockedError, RateLimitedError),
    summary="Sign in",
)
async def login(body: LoginRequest, auth: Auth, client: Client) -> LoginResponse:
    """Open a session; the oldest ends when there are more than three."""
    issued = await auth.login(body.email, body.password, client=client)
    user = UserResponse.model_validate(issued.user)
    return LoginResponse(
        access_token=issued.access_token,
        refresh_token=issued.refresh_token,
        expires_in=_EXPIRES_IN,
        user=user,
    )


@router.post(
    "/refresh",
    responses=problems(InvalidRefreshTokenError, RateLimitedError),
    summary="Exchange a refresh token",
)
async def refresh(body: RefreshRequest, auth: Auth, client: Client) -> TokenResponse:
    """Get a new pair; the old token is good for ten more seconds, and its reuse after that ends the session."""
    issued = await auth.refresh(body.refresh_token, client=client)
    return TokenResponse(
        access_token=issued.access_token, refresh_token=issued.refresh_token, expires_in=_EXPIRES_IN
    )


@router.post("/logout", responses=_SIGNED_IN_PROBLEMS, summary="Sign out")
async def logout(identity: SignedIn, auth: Auth, client: Client) -> MessageResponse:
    """End this session for good."""
    await auth.logout(identity, client=client)
    return MessageResponse(message="You are signed out.")


@router.get("/me", responses=_SIGNED_IN_PROBLEMS, summary="Who am I")
async def me(identity: SignedIn) -> UserResponse:
    """The signed-in user."""
    return UserResponse.model_validate(identity.user)


@router.get("/sessions", responses=_SIGNED_IN_PROBLEMS, summary="Where am I signed in")
async def sessions(identity: SignedIn, auth: Auth) -> SessionList:
    """All open sessions, newest first."""
    found = [
        SessionItem(
            session_id=item.session_id,
            device_info=item.device_info,
            ip_address=item.ip_address,
            created_at=item.created_at,
            last_used_at=item.last_used_at,
            is_current=item.session_id == identity.session_id,
        )
        for item in await auth.open_sessions(identity)
    ]
    return SessionList(sessions=found, total_sessions=len(found), max_sessions=MAX_SESSIONS)


@router.post(
    "/sessions/revoke",
    responses=_SIGNED_IN_PROBLEMS | problems(SessionNotFoundError),
    summary="End a session",
)
async def revoke_session(
    body: RevokeSessionRequest, identity: SignedIn, auth: Auth, client: Client
) -> MessageResponse:
    """End one of your own sessions."""
    await auth.revoke_session(identity, body.session_id, client=client)
    return MessageResponse(message="The session has ended.")


@router.post("/change-password", responses=_CHANGE_PROBLEMS, summary="Change the password everywhere")
async def change_password(
    body: ChangePasswordRequest, identity: SignedIn, auth: Auth, client: Client
) -> MessageResponse:
    """Set a new password and end all sessions, this one included."""
    await auth.change_password(
        identity, body.current_password, body.new_password, client=client, keep_session=False
    )
    return MessageResponse(message="The password was changed. Sign in again.")


@profile_router.get("/me", responses=_SIGNED_IN_PROBLEMS, summary="My profile")
async def get_profile(identity: SignedIn) -> UserResponse:
    """The signed-in user."""
    return UserResponse.model_validate(identity.user)


@profile_router.patch("/me", responses=_SIGNED_IN_PROBLEMS, summary="Change my name")
async def change_profile(body: ProfileChange, identity: SignedIn, auth: Auth, client: Client) -> UserResponse:
    """Only what is sent."""
    auth.change_name(identity, first_name=body.first_name, last_name=body.last_name, client=client)
    return UserResponse.model_validate(identity.user)


@profile_router.post("/change-password", responses=_CHANGE_PROBLEMS, summary="Change the password")
async def change_own_password(
    body: ChangePasswordRequest, identity: SignedIn, auth: Auth, client: Client
) -> MessageResponse:
    """Set a new password, end the other sessions and keep this one."""
    await auth.change_password(
        identity, body.current_password, body.new_password, client=client, keep_session=True
    )
    return MessageResponse(message="The password was changed.")
