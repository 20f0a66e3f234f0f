"""Inviting people, and opening their accounts when they accept."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.errors import ConflictError
from resume_review.database.enums import ActivityAction, EntityType, UserRole
from resume_review.database.models import Invitation, User
from resume_review.features.audit import record_activity
from resume_review.features.auth import PasswordHasher, create_user, new_refresh_token, token_hash
from resume_review.features.invitations.errors import (
    AlreadyHasAccountError,
    InvalidInvitationError,
    InvitationNotFoundError,
    InvitationNotOpenError,
    RegistrationClosedError,
)
from resume_review.features.invitations.repository import InvitationRepository
from resume_review.features.invitations.schemas import InvitationAccept, InvitationCreate, RegisterRequest
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.rate_limit import Limit, RateLimiter

ACCEPTS_BY_ADDRESS = Limit("accept_invitation", requests=20, seconds=900)
REGISTRATIONS_BY_ADDRESS = Limit("register", requests=3, seconds=3600)


class InvitationService:
    """What administrators do: works in the given session and commits nothing."""

    def __init__(self, session: AsyncSession, admin: User, *, client: ClientInfo) -> None:
        self._session = session
        self._admin = admin
        self._client = client
        self._invitations = InvitationRepository(session)

    async def create(self, body: InvitationCreate) -> tuple[Invitation, str]:
        """Invite somebody, in place of an earlier invitation; the second part of the answer is the link's token.

        Raises:
            AlreadyHasAccountError: The address belongs to an account.
            ConflictError: Somebody else invites the same person at this moment.
        """
        if await self._invitations.has_account(body.email):
            raise AlreadyHasAccountError
        token, now = new_refresh_token(), utc_now()
        invitation = Invitation(
            email=body.email,
            role=body.role,
            first_name=body.first_name,
            last_name=body.last_name,
            token_hash=token_hash(token),
            invited_by_user_id=self._admin.id,
            expires_at=now + timedelta(days=body.expires_in_days),
            created_at=now,
        )
        try:
            await self._invitations.replace_open(invitation, now=now)
        except IntegrityError:  # somebody else invites the same person at this moment
            raise ConflictError from None
        self._record(ActivityAction.CREATE, invitation)
        return invitation, token

    async def page(self, *, page: int, page_size: int) -> tuple[Sequence[Invitation], int]:
        """One page, newest first, and the number on all pages."""
        found = await self._invitations.page(limit=page_size, offset=(page - 1) * page_size)
        return found, await self._invitations.count()

    async def revoke(self, invitation_id: uuid.UUID) -> None:
        """Make the link useless; doing so again changes nothing.

        Raises:
            InvitationNotFoundError: Unknown.
            InvitationNotOpenError: It was accepted.
        """
        invitation = await self._invitations.get(invitation_id)
        if invitation is None:
            raise InvitationNotFoundError
        if invitation.accepted_at is not None:
            raise InvitationNotOpenError
        if invitation.revoked_at is None:
            invitation.revoked_at = utc_now()
            self._record(ActivityAction.DELETE, invitation)

    def _record(self, action: ActivityAction, invitation: Invitation) -> None:
        record_activity(
            self._session,
            action,
            entity=EntityType.INVITATION,
            entity_id=invitation.id,
            user_id=self._admin.id,
            client=self._client,
            new={"email": invitation.email, "role": invitation.role.value},
        )


class Registration:
    """What people without an account do: works in the given session and commits nothing."""

    def __init__(self, session: AsyncSession, *, hasher: PasswordHasher, limiter: RateLimiter) -> None:
        self._session = session
        self._invitations = InvitationRepository(session)
        self._hasher = hasher
        self._limiter = limiter

    async def accept(self, body: InvitationAccept, *, client: ClientInfo) -> User:
        """Open the account that an invitation promises, with the invited address and role.

        Raises:
            InvalidInvitationError: Unknown, used, expired or revoked token; all look alike.
            WeakPasswordError: The password is too easy to guess; the invitation stays open.
            RateLimitedError: Too many attempts from this address.
        """
        await self._limiter.take(ACCEPTS_BY_ADDRESS, client.network)
        now = utc_now()
        invitation = await self._invitations.acceptable(token_hash(body.token), now=now)
        if invitation is None or await self._invitations.has_account(invitation.email):
            raise InvalidInvitationError
        try:
            user = await create_user(
                self._session,
                self._hasher,
                email=invitation.email,
                password=body.password,
                first_name=body.first_name,
                last_name=body.last_name,
                role=invitation.role,
                client=client,
            )
        except IntegrityError:  # the address got an account a moment ago; the unique index decides
            raise InvalidInvitationError from None
        invitation.accepted_at, invitation.accepted_user_id = now, user.id
        record_activity(
            self._session,
            ActivityAction.ACCEPT,
            entity=EntityType.INVITATION,
            entity_id=invitation.id,
            user_id=user.id,
            client=client,
        )
        return user

    async def register(self, body: RegisterRequest, *, client: ClientInfo) -> User:
        """Open an account of the lowest role, while nobody is there who could invite.

        Raises:
            RegistrationClosedError: There is an administrator, or the address is taken; both look alike.
            WeakPasswordError: The password is too easy to guess.
            RateLimitedError: Too many attempts from this address.
        """
        await self._limiter.take(REGISTRATIONS_BY_ADDRESS, client.network)
        if await self._invitations.has_admin() or await self._invitations.has_account(body.email):
            raise RegistrationClosedError
        try:
            return await create_user(
                self._session,
                self._hasher,
                email=body.email,
                password=body.password,
                first_name=body.first_name,
                last_name=body.last_name,
                role=UserRole.JUNIOR_RECRUITER,
                client=client,
            )
        except IntegrityError:
            raise RegistrationClosedError from None
