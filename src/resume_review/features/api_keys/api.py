"""Routes to manage API keys: one's own, and everybody's for administrators."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from resume_review.core.errors import ForbiddenError
from resume_review.core.problems import problems
from resume_review.database.enums import ApiKeyScope, UserRole
from resume_review.database.models import ApiKey
from resume_review.database.request import DbSession
from resume_review.features.api_keys.errors import (
    ApiKeyNotFoundError,
    ExpiryInThePastError,
    ScopeNotGrantableError,
    TooManyApiKeysError,
)
from resume_review.features.api_keys.schemas import (
    ApiKeyCreate,
    ApiKeyCreated,
    ApiKeyItem,
    ApiKeyList,
    OwnedApiKey,
    OwnedApiKeyList,
)
from resume_review.features.api_keys.service import ApiKeyService
from resume_review.features.auth import (
    ACCESS_PROBLEMS,
    CurrentUser,
    Identity,
    MessageResponse,
    require_role,
    takes_keys,
)
from resume_review.infrastructure.http import Client

_KEYS = [takes_keys(read=ApiKeyScope.ADMIN, write=ApiKeyScope.ADMIN)]

router = APIRouter(
    prefix="/profile/api-keys", tags=["api keys"], dependencies=_KEYS, responses=ACCESS_PROBLEMS
)
admin_router = APIRouter(
    prefix="/admin/api-keys",
    tags=["api keys"],
    dependencies=_KEYS,
    responses=ACCESS_PROBLEMS | problems(ForbiddenError),
)


async def _own(session: DbSession, identity: CurrentUser, client: Client) -> ApiKeyService:
    return ApiKeyService(session, identity, client=client)


async def _all(
    session: DbSession,
    identity: Annotated[Identity, Depends(require_role(UserRole.ADMIN))],
    client: Client,
) -> ApiKeyService:
    return ApiKeyService(session, identity, client=client)


Own = Annotated[ApiKeyService, Depends(_own)]
All = Annotated[ApiKeyService, Depends(_all)]


@router.get("", summary="List my API keys")
async def list_my_api_keys(keys: Own) -> ApiKeyList:
    """Newest first, revoked and expired ones included."""
    items = [ApiKeyItem.model_validate(key) for key in await keys.mine()]
    return ApiKeyList(api_keys=items, total_count=len(items))


# Takes no Idempotency-Key: its answer is kept for a day, and the key is shown once and never kept.
@router.post(
    "",
    status_code=201,
    responses=problems(ScopeNotGrantableError, TooManyApiKeysError, ExpiryInThePastError),
    summary="Create an API key",
)
async def create_api_key(body: ApiKeyCreate, keys: Own) -> ApiKeyCreated:
    """The answer shows the key this once; send it as `Authorization: Bearer rr_...`."""
    key, plain = await keys.create(body.name, body.scopes, expires_at=body.expires_at)
    return ApiKeyCreated.model_validate({**_fields(key), "key": plain})


@router.delete("/{key_id}", responses=problems(ApiKeyNotFoundError), summary="Revoke my API key")
async def revoke_my_api_key(key_id: uuid.UUID, keys: Own) -> MessageResponse:
    """It is refused from now on."""
    await keys.revoke_mine(key_id)
    return MessageResponse(message="The API key was revoked.")


@admin_router.get("", summary="List everybody's API keys")
async def list_api_keys(
    keys: All,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> OwnedApiKeyList:
    """Newest first, with whose they are."""
    found, total = await keys.page(page=page, page_size=page_size)
    items = [OwnedApiKey.model_validate({**_fields(key), "user_email": email}) for key, email in found]
    return OwnedApiKeyList(api_keys=items, total_count=total, page=page, page_size=page_size)


@admin_router.delete("/{key_id}", responses=problems(ApiKeyNotFoundError), summary="Revoke anybody's API key")
async def revoke_api_key(key_id: uuid.UUID, keys: All) -> MessageResponse:
    """It is refused from now on."""
    await keys.revoke_any(key_id)
    return MessageResponse(message="The API key was revoked.")


def _fields(key: ApiKey) -> dict[str, object]:
    return ApiKeyItem.model_validate(key).model_dump()
