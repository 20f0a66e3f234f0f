"""Routes to manage accounts."""

import uuid
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request

from resume_review.core.clock import utc_now
from resume_review.core.errors import ForbiddenError
from resume_review.core.problems import problems
from resume_review.database.enums import ApiKeyScope, UserRole
from resume_review.database.models import User
from resume_review.database.request import DbSession
from resume_review.features.admin.errors import EmailTakenError, LastAdminError, UserNotFoundError
from resume_review.features.admin.repository import AccountRepository, UserFilter
from resume_review.features.admin.schemas import (
    Directory,
    DirectoryEntry,
    Done,
    PasswordReset,
    UserChange,
    UserCreate,
    UserDetail,
    UserList,
    UserListItem,
    UserQuery,
)
from resume_review.features.admin.service import AccountDetail, AccountService
from resume_review.features.auth import (
    ACCESS_PROBLEMS,
    REPEAT_ERRORS,
    Identity,
    PasswordHasher,
    Repeatable,
    UserResponse,
    WeakPasswordError,
    require_role,
    require_strong,
    takes_keys,
)
from resume_review.infrastructure.http import Client

router = APIRouter(
    prefix="/admin",
    tags=["admin"],
    dependencies=[takes_keys(read=ApiKeyScope.ADMIN, write=ApiKeyScope.ADMIN)],
    responses=ACCESS_PROBLEMS | problems(ForbiddenError),
)

Admin = Annotated[Identity, Depends(require_role(UserRole.ADMIN))]
Colleague = Annotated[Identity, Depends(require_role(UserRole.ADMIN, UserRole.SENIOR_RECRUITER))]


async def _service(request: Request, session: DbSession, identity: Admin, client: Client) -> AccountService:
    hasher = cast("PasswordHasher", request.app.state.password_hasher)
    return AccountService(session, identity.user, hasher=hasher, client=client)


Accounts = Annotated[AccountService, Depends(_service)]

_UNKNOWN = problems(UserNotFoundError)


@router.get("/users", summary="List accounts")
async def list_users(accounts: Accounts, query: Annotated[UserQuery, Query()]) -> UserList:
    """Newest first; `search` looks in names and addresses."""
    wanted = UserFilter(search=query.search, role=query.role, is_active=query.is_active)
    found, total = await accounts.page(wanted, page=query.page, page_size=query.page_size)
    return UserList(
        users=[_item(user, assigned) for user, assigned in found],
        total=total,
        page=query.page,
        page_size=query.page_size,
        total_pages=-(-total // query.page_size),
    )


@router.post(
    "/users",
    status_code=201,
    responses=problems(EmailTakenError, *REPEAT_ERRORS),
    summary="Create an account",
)
async def create_user_account(body: UserCreate, accounts: Accounts, repeats: Repeatable) -> UserListItem:
    """Its owner must replace the temporary password before anything else."""

    async def create() -> UserListItem:
        return _item(await accounts.create(body), 0)

    # The password is left out of what makes two requests the same: a plain hash of it must not be kept.
    return await repeats.once(UserListItem, create, body.model_dump_json(exclude={"temporary_password"}))


@router.get("/users/{user_id}", responses=_UNKNOWN, summary="Show an account")
async def get_user_account(user_id: uuid.UUID, accounts: Accounts) -> UserDetail:
    """An account with its figures."""
    return _detail(await accounts.detail(user_id))


@router.patch(
    "/users/{user_id}",
    responses=problems(UserNotFoundError, EmailTakenError, LastAdminError),
    summary="Change an account",
)
async def change_user_account(user_id: uuid.UUID, body: UserChange, accounts: Accounts) -> UserDetail:
    """Only what is sent; who is switched off or gets another role is signed out."""
    return _detail(await accounts.change(user_id, body))


@router.post(
    "/users/{user_id}/reset-password",
    responses=problems(UserNotFoundError, WeakPasswordError),
    summary="Set a password",
)
async def reset_user_password(user_id: uuid.UUID, body: PasswordReset, accounts: Accounts) -> Done:
    """Ends the account's sessions; a lasting password must be a strong one, a temporary one is replaced at once."""
    if not body.force_password_change:
        require_strong(body.new_password, email="")
    await accounts.reset_password(user_id, body.new_password, temporary=body.force_password_change)
    return Done(message="The password was reset.")


@router.post("/users/{user_id}/unlock", responses=_UNKNOWN, summary="Lift a lock")
async def unlock_user_account(user_id: uuid.UUID, accounts: Accounts) -> Done:
    """Lets an account locked after wrong passwords sign in at once."""
    await accounts.unlock(user_id)
    return Done(message="The account is unlocked.")


@router.get("/directory", summary="List colleagues")
async def list_colleagues(session: DbSession, _identity: Colleague) -> Directory:
    """For assigning candidates; seniors and administrators only."""
    users = [
        DirectoryEntry.model_validate(UserResponse.model_validate(user))
        for user in await AccountRepository(session).colleagues()
    ]
    return Directory(users=users, total=len(users))


def _item(user: User, assigned: int) -> UserListItem:
    return UserListItem.model_validate({**_fields(user), "assigned_candidates_count": assigned})


def _detail(detail: AccountDetail) -> UserDetail:
    user = detail.user
    return UserDetail.model_validate(
        {
            **_fields(user),
            "assigned_candidates_count": detail.assigned,
            "updated_at": user.updated_at,
            "password_changed_at": user.password_changed_at,
            "failed_login_attempts": user.failed_login_attempts,
            "locked_until": user.locked_until,
            "is_locked": user.locked_until is not None and user.locked_until > utc_now(),
            "total_resumes_uploaded": detail.uploaded,
            "total_reviews_requested": detail.requested,
        }
    )


def _fields(user: User) -> dict[str, object]:
    return UserResponse.model_validate(user).model_dump(exclude={"full_name"})
