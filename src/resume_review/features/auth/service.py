"""Signing in, staying signed in, signing out."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.errors import RateLimitedError
from resume_review.core.ids import new_id
from resume_review.database.enums import ActivityAction, EntityType, SessionStatus, UserRole
from resume_review.database.models import ApiKey, RefreshToken, User
from resume_review.features.audit import record_activity
from resume_review.features.auth.errors import (
    AccountLockedError,
    InvalidCredentialsError,
    InvalidRefreshTokenError,
    NotAuthenticatedError,
    SessionNotFoundError,
    WrongPasswordError,
)
from resume_review.features.auth.passwords import PasswordHasher, require_strong
from resume_review.features.auth.repository import AuthRepository
from resume_review.features.auth.tokens import (
    REFRESH_LIFETIME,
    AccessClaims,
    TokenSigner,
    new_refresh_token,
    token_hash,
)
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.rate_limit import Limit, RateLimiter

MAX_SESSIONS = 3
LOCK_AFTER = 5
LOCK_TIME = timedelta(minutes=15)
REUSE_GRACE = timedelta(seconds=10)

LOGINS_BY_ADDRESS = Limit("login_address", requests=60, seconds=900)
FAILURES_OF_UNKNOWN = Limit("login_unknown", requests=LOCK_AFTER, seconds=900)
REFRESHES_BY_ADDRESS = Limit("refresh_address", requests=300, seconds=300)
PASSWORD_CHANGES = Limit("password_change", requests=10, seconds=900)


@dataclass(frozen=True)
class Identity:
    """Whose request this is; one that came with an API key belongs to no session and has the key's id in its place."""

    user: User
    session_id: uuid.UUID
    key: ApiKey | None = None


@dataclass(frozen=True)
class IssuedTokens:
    """A fresh pair, and whose it is."""

    access_token: str
    refresh_token: str
    user: User


@dataclass(frozen=True)
class OpenSession:
    """One place where a user is signed in."""

    session_id: uuid.UUID
    device_info: str | None
    ip_address: str | None
    created_at: datetime
    last_used_at: datetime


class AuthService:
    """One use of this object is one request: it works in the given session and commits nothing."""

    def __init__(
        self, session: AsyncSession, *, hasher: PasswordHasher, signer: TokenSigner, limiter: RateLimiter
    ) -> None:
        self._session = session
        self._users = AuthRepository(session)
        self._hasher = hasher
        self._signer = signer
        self._limiter = limiter

    async def login(self, email: str, password: str, *, client: ClientInfo) -> IssuedTokens:
        """Check the password and open a session, ending the oldest when there are too many.

        Raises:
            InvalidCredentialsError: Unknown address, wrong password or inactive account; all look alike.
            AccountLockedError: Too many wrong passwords in a row.
            RateLimitedError: Too many attempts from this address.
        """
        await self._limiter.take(LOGINS_BY_ADDRESS, client.network)
        user = await self._users.user_by_email(email)
        fits, better_hash = await self._hasher.verify(password, user.password_hash if user else None)
        if user is None:
            self._record(ActivityAction.LOGIN_FAILED, None, client=client)
            await self._count_unknown(email)
            raise InvalidCredentialsError
        now = utc_now()
        if user.locked_until is not None and user.locked_until > now:
            self._record(ActivityAction.LOGIN_FAILED, user.id, client=client)
            raise AccountLockedError
        if not fits or not user.is_active:
            await self._count_failure(user, now=now, client=client)
            raise InvalidCredentialsError
        if better_hash is not None:
            user.password_hash = better_hash
        user.failed_login_attempts, user.locked_until, user.last_login_at = 0, None, now
        self._record(ActivityAction.LOGIN, user.id, client=client)
        await self._end_oldest_sessions(user.id, now=now)
        return await self._open(user, session_id=new_id(), client=client, now=now)

    async def refresh(self, refresh_token: str, *, client: ClientInfo) -> IssuedTokens:
        """Exchange a refresh token for a new pair.

        A token just exchanged is accepted again for ten seconds, so that two tabs that wake up together both
        stay signed in. Later reuse means that somebody else holds it, and ends the whole session.

        Raises:
            InvalidRefreshTokenError: Unknown, expired, revoked or reused.
        """
        await self._limiter.take(REFRESHES_BY_ADDRESS, client.network)
        found = await self._users.token_for_rotation(token_hash(refresh_token))
        now = utc_now()
        if found is None:
            raise InvalidRefreshTokenError
        token, user = found
        if token.status is not SessionStatus.ACTIVE or token.expires_at <= now or not user.is_active:
            raise InvalidRefreshTokenError
        if token.rotated_at is not None and now - token.rotated_at > REUSE_GRACE:
            await self._users.revoke(user.id, session_id=token.session_id)
            self._record(ActivityAction.TOKEN_REUSE, user.id, client=client, entity_id=token.session_id)
            raise InvalidRefreshTokenError
        issued = await self._open(user, session_id=token.session_id, client=client, now=now)
        token.rotated_at, token.last_used_at = token.rotated_at or now, now
        return issued

    async def sign_in_operator(self, email: str, *, client: ClientInfo) -> IssuedTokens:
        """Open a session without a password, for whoever runs this process and so holds its signing key.

        Raises:
            NotAuthenticatedError: There is no such active account.
        """
        user = await self._users.user_by_email(email)
        if user is None or not user.is_active:
            raise NotAuthenticatedError
        self._record(ActivityAction.LOGIN, user.id, client=client)
        return await self._open(user, session_id=new_id(), client=client, now=utc_now())

    def claims(self, access_token: str) -> AccessClaims:
        """Whose token it is, without asking the database.

        Raises:
            NotAuthenticatedError: The token is not valid.
        """
        return self._signer.check(access_token)

    async def identify(self, claims: AccessClaims) -> Identity:
        """Whose request this is; a session that was ended is refused at once.

        Raises:
            NotAuthenticatedError: The session is not valid.
        """
        user = await self._users.user_of_session(claims.user_id, claims.session_id, now=utc_now())
        if user is None:
            raise NotAuthenticatedError
        return Identity(user, claims.session_id)

    async def logout(self, identity: Identity, *, client: ClientInfo) -> None:
        """End the session: neither its access token nor its refresh tokens are good for anything afterwards."""
        await self._users.revoke(identity.user.id, session_id=identity.session_id)
        self._record(ActivityAction.LOGOUT, identity.user.id, client=client, entity_id=identity.session_id)

    async def open_sessions(self, identity: Identity) -> list[OpenSession]:
        """Where the user is signed in, newest first."""
        tokens = await self._users.sessions(identity.user.id, now=utc_now())
        started = await self._users.session_started([token.session_id for token in tokens])
        return [
            OpenSession(
                session_id=token.session_id,
                device_info=token.device_info,
                ip_address=token.ip_address,
                created_at=started[token.session_id],
                last_used_at=token.created_at,
            )
            for token in reversed(tokens)
        ]

    async def revoke_session(self, identity: Identity, session_id: uuid.UUID, *, client: ClientInfo) -> None:
        """End one of the user's own sessions.

        Raises:
            SessionNotFoundError: No such session is open.
        """
        if not await self._users.revoke(identity.user.id, session_id=session_id):
            raise SessionNotFoundError
        self._record(ActivityAction.REVOKE_SESSION, identity.user.id, client=client, entity_id=session_id)

    async def change_password(
        self, identity: Identity, current: str, new: str, *, client: ClientInfo, keep_session: bool
    ) -> None:
        """Replace the password and end the other sessions, and this one too unless it is to be kept.

        Raises:
            WrongPasswordError: `current` is wrong.
            WeakPasswordError: `new` is too easy to guess.
        """
        user = identity.user
        await self._limiter.take(PASSWORD_CHANGES, str(user.id))
        fits, _ = await self._hasher.verify(current, user.password_hash)
        if not fits:
            raise WrongPasswordError
        require_strong(new, email=user.email)
        user.password_hash = await self._hasher.hash(new)
        user.password_changed_at, user.force_password_change = utc_now(), False
        await self._users.revoke(user.id, keep=identity.session_id if keep_session else None)
        self._record(ActivityAction.CHANGE_PASSWORD, user.id, client=client)

    def change_name(
        self, identity: Identity, *, first_name: str | None, last_name: str | None, client: ClientInfo
    ) -> None:
        """Change the parts of the name that are given."""
        user = identity.user
        given = {"first_name": first_name, "last_name": last_name}
        new = {name: value for name, value in given.items() if value and value != getattr(user, name)}
        old = {name: getattr(user, name) for name in new}
        for name, value in new.items():
            setattr(user, name, value)
        self._record(ActivityAction.UPDATE, user.id, client=client, old=old, new=new)

    async def _open(
        self, user: User, *, session_id: uuid.UUID, client: ClientInfo, now: datetime
    ) -> IssuedTokens:
        plain = new_refresh_token()
        await self._users.add_token(
            RefreshToken(
                user_id=user.id,
                token_hash=token_hash(plain),
                family_id=session_id,
                session_id=session_id,
                expires_at=now + REFRESH_LIFETIME,
                device_info=client.device,
                ip_address=client.address,
                created_at=now,
            )
        )
        access = self._signer.sign(AccessClaims(user.id, session_id), now=now)
        return IssuedTokens(access, plain, user)

    async def _end_oldest_sessions(self, user_id: uuid.UUID, *, now: datetime) -> None:
        """Make room for one more; session ids sort by the time they were opened."""
        tokens: Sequence[RefreshToken] = await self._users.sessions(user_id, now=now)
        for token in tokens[: max(0, len(tokens) - MAX_SESSIONS + 1)]:
            await self._users.revoke(user_id, session_id=token.session_id)

    async def _count_failure(self, user: User, *, now: datetime, client: ClientInfo) -> None:
        failures = await self._users.count_failure(user, lock_after=LOCK_AFTER, lock_until=now + LOCK_TIME)
        self._record(ActivityAction.LOGIN_FAILED, user.id, client=client)
        if failures == LOCK_AFTER:
            self._record(ActivityAction.LOCK, user.id, client=client)

    async def _count_unknown(self, email: str) -> None:
        """Lock unknown addresses too, so that a lock does not tell which accounts exist."""
        try:
            await self._limiter.take(FAILURES_OF_UNKNOWN, email)
        except RateLimitedError:
            raise AccountLockedError from None

    def _record(
        self,
        action: ActivityAction,
        user_id: uuid.UUID | None,
        *,
        client: ClientInfo,
        entity_id: uuid.UUID | None = None,
        old: dict[str, Any] | None = None,
        new: dict[str, Any] | None = None,
    ) -> None:
        entity = EntityType.USER if entity_id is None else EntityType.SESSION
        record_activity(
            self._session,
            action,
            entity=entity,
            entity_id=entity_id or user_id,
            user_id=user_id,
            client=client,
            old=old,
            new=new,
        )


async def create_user(
    session: AsyncSession,
    hasher: PasswordHasher,
    *,
    email: str,
    password: str,
    first_name: str,
    last_name: str,
    role: UserRole,
    client: ClientInfo | None = None,
) -> User:
    """Add an account on the operator's word, or on that of an administrator who invited its owner.

    Raises:
        WeakPasswordError: The password is too easy to guess.
    """
    address = email.strip().lower()
    require_strong(password, email=address)
    user = User(
        email=address,
        password_hash=await hasher.hash(password),
        first_name=first_name,
        last_name=last_name,
        role=role,
        email_verified=True,
    )
    await AuthRepository(session).add_user(user)
    record_activity(
        session,
        ActivityAction.CREATE,
        entity=EntityType.USER,
        entity_id=user.id,
        user_id=None,
        client=client,
        new={"email": user.email, "role": role.value},
    )
    return user


async def reset_password(session: AsyncSession, hasher: PasswordHasher, *, email: str, password: str) -> bool:
    """Give an account a new password on the operator's word and end its sessions; false when there is none.

    Raises:
        WeakPasswordError: The password is too easy to guess.
    """
    users = AuthRepository(session)
    user = await users.user_by_email(email.strip().lower())
    if user is None:
        return False
    require_strong(password, email=user.email)
    user.password_hash = await hasher.hash(password)
    user.password_changed_at, user.failed_login_attempts, user.locked_until = utc_now(), 0, None
    await users.revoke(user.id)
    record_activity(
        session, ActivityAction.RESET_PASSWORD, entity=EntityType.USER, entity_id=user.id, user_id=None
    )
    return True


async def end_sessions(session: AsyncSession, user_id: uuid.UUID) -> None:
    """Sign a user out everywhere, at once."""
    await AuthRepository(session).revoke(user_id)
