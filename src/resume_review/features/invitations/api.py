"""Routes to invite people and to open an account."""

import uuid
from datetime import datetime
from typing import Annotated, cast
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request

from resume_review.core.clock import utc_now
from resume_review.core.errors import ConflictError, ForbiddenError, RateLimitedError
from resume_review.core.problems import problems
from resume_review.database.enums import ApiKeyScope, UserRole
from resume_review.database.models import Invitation
from resume_review.database.request import DbSession
from resume_review.features.auth import (
    ACCESS_PROBLEMS,
    Identity,
    MessageResponse,
    PasswordHasher,
    UserResponse,
    WeakPasswordError,
    require_role,
    takes_keys,
)
from resume_review.features.invitations.errors import (
    AlreadyHasAccountError,
    InvalidInvitationError,
    InvitationNotFoundError,
    InvitationNotOpenError,
    RegistrationClosedError,
)
from resume_review.features.invitations.schemas import (
    InvitationAccept,
    InvitationCreate,
    InvitationCreated,
    InvitationItem,
    InvitationList,
    InvitationState,
    RegisterRequest,
)
from resume_review.features.invitations.service import InvitationService, Registration
from resume_review.infrastructure.http import Client
from resume_review.infrastructure.rate_limit import RateLimiter

# The web client's page; never made from what a request says about its host.
ACCEPT_PATH = "/accept-invitation?token="

router = APIRouter(
    prefix="/admin/invitations",
    tags=["invitations"],
    dependencies=[takes_keys(read=ApiKeyScope.ADMIN, write=ApiKeyScope.ADMIN)],
    responses=ACCESS_PROBLEMS | problems(ForbiddenError),
)
public_router = APIRouter(prefix="/auth", tags=["invitations"])


async def _service(
    session: DbSession,
    identity: Annotated[Identity, Depends(require_role(UserRole.ADMIN))],
    client: Client,
) -> InvitationService:
    return InvitationService(session, identity.user, client=client)


async def _registration(request: Request, session: DbSession) -> Registration:
    state = request.app.state
    return Registration(
        session,
        hasher=cast("PasswordHasher", state.password_hasher),
        limiter=cast("RateLimiter", state.rate_limiter),
    )


Invitations = Annotated[InvitationService, Depends(_service)]
Open = Annotated[Registration, Depends(_registration)]


# Takes no Idempotency-Key: its answer is kept for a day, and the link is shown once and never kept.
@router.post(
    "", status_code=201, responses=problems(AlreadyHasAccountError, ConflictError), summary="Invite somebody"
)
async def create_invitation(body: InvitationCreate, invitations: Invitations) -> InvitationCreated:
    """The answer holds the link this once; an earlier open invitation of the address ends."""
    invitation, token = await invitations.create(body)
    item = _item(invitation, now=utc_now())
    return InvitationCreated(**item.model_dump(), token=token, path=f"{ACCEPT_PATH}{quote(token)}")


@router.get("", summary="List invitations")
async def list_invitations(
    invitations: Invitations,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> InvitationList:
    """Newest first, ended ones included."""
    found, total = await invitations.page(page=page, page_size=page_size)
    now = utc_now()
    items = [_item(invitation, now=now) for invitation in found]
    return InvitationList(invitations=items, total_count=total, page=page, page_size=page_size)


@router.delete(
    "/{invitation_id}",
    responses=problems(InvitationNotFoundError, InvitationNotOpenError),
    summary="Revoke an invitation",
)
async def revoke_invitation(invitation_id: uuid.UUID, invitations: Invitations) -> MessageResponse:
    """Its link is useless from now on."""
    await invitations.revoke(invitation_id)
    return MessageResponse(message="The invitation was revoked.")


@public_router.post(
    "/accept-invitation",
    status_code=201,
    responses=problems(InvalidInvitationError, WeakPasswordError, RateLimitedError),
    summary="Accept an invitation",
)
async def accept_invitation(body: InvitationAccept, registration: Open, client: Client) -> UserResponse:
    """Open the account with the invited address and role; then sign in."""
    return UserResponse.model_validate(await registration.accept(body, client=client))


@public_router.post(
    "/register",
    status_code=201,
    responses=problems(RegistrationClosedError, WeakPasswordError, RateLimitedError),
    summary="Register",
)
async def register(body: RegisterRequest, registration: Open, client: Client) -> UserResponse:
    """Closed as soon as there is an administrator, who invites people instead."""
    return UserResponse.model_validate(await registration.register(body, client=client))


def _item(invitation: Invitation, *, now: datetime) -> InvitationItem:
    return InvitationItem(
        id=invitation.id,
        email=invitation.email,
        role=invitation.role,
        first_name=invitation.first_name,
        last_name=invitation.last_name,
        state=_state(invitation, now=now),
        invited_by_user_id=invitation.invited_by_user_id,
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
        accepted_at=invitation.accepted_at,
        accepted_user_id=invitation.accepted_user_id,
    )


def _state(invitation: Invitation, *, now: datetime) -> InvitationState:
    if invitation.accepted_at is not None:
        return InvitationState.ACCEPTED
    if invitation.revoked_at is not None:
        return InvitationState.REVOKED
    return InvitationState.EXPIRED if invitation.expires_at <= now else InvitationState.OPEN
