"""Routes to manage webhooks."""

import uuid
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request

from resume_review.core.errors import ForbiddenError
from resume_review.core.problems import problems
from resume_review.core.settings import Settings
from resume_review.database.enums import ApiKeyScope, UserRole
from resume_review.database.request import DbSession
from resume_review.features.auth import (
    ACCESS_PROBLEMS,
    REPEAT_ERRORS,
    Identity,
    MessageResponse,
    Repeatable,
    require_role,
    takes_keys,
)
from resume_review.features.webhooks.errors import (
    DeliveryNotFoundError,
    DeliveryPendingError,
    TooManyWebhooksError,
    WebhookNotFoundError,
    WebhookOffError,
)
from resume_review.features.webhooks.schemas import (
    DeliveryItem,
    DeliveryList,
    DeliveryQuery,
    WebhookChange,
    WebhookCreate,
    WebhookItem,
    WebhookList,
    WebhookWithSecret,
)
from resume_review.features.webhooks.service import WebhookService
from resume_review.infrastructure.http import Client
from resume_review.infrastructure.outbound import Networks, RefusedAddressError

router = APIRouter(
    prefix="/webhooks",
    tags=["webhooks"],
    dependencies=[takes_keys(read=ApiKeyScope.ADMIN, write=ApiKeyScope.ADMIN)],
    responses=ACCESS_PROBLEMS | problems(ForbiddenError),
)

Admin = Annotated[Identity, Depends(require_role(UserRole.ADMIN))]


async def _service(request: Request, session: DbSession, identity: Admin, client: Client) -> WebhookService:
    settings = cast("Settings", request.app.state.settings)
    return WebhookService(session, identity.user, networks=Networks(settings.webhook_networks), client=client)


Webhooks = Annotated[WebhookService, Depends(_service)]

_UNKNOWN = problems(WebhookNotFoundError)


@router.get("", summary="List webhooks")
async def list_webhooks(webhooks: Webhooks) -> WebhookList:
    """Newest first, without their secrets."""
    items = [WebhookItem.model_validate(endpoint) for endpoint in await webhooks.all()]
    return WebhookList(webhooks=items, total_count=len(items))


# Takes no Idempotency-Key: its answer is kept for a day, and a secret is shown once and never kept.
@router.post(
    "",
    status_code=201,
    responses=problems(RefusedAddressError, TooManyWebhooksError),
    summary="Add a webhook",
)
async def create_webhook(body: WebhookCreate, webhooks: Webhooks) -> WebhookWithSecret:
    """The secret is in this answer and never again."""
    return WebhookWithSecret.model_validate(await webhooks.create(body))


@router.get("/{webhook_id}", responses=_UNKNOWN, summary="Show a webhook")
async def get_webhook(webhook_id: uuid.UUID, webhooks: Webhooks) -> WebhookItem:
    """How it is set up, and whether it fails."""
    return WebhookItem.model_validate(await webhooks.get(webhook_id))


@router.patch(
    "/{webhook_id}",
    responses=problems(WebhookNotFoundError, RefusedAddressError),
    summary="Change a webhook",
)
async def change_webhook(webhook_id: uuid.UUID, body: WebhookChange, webhooks: Webhooks) -> WebhookItem:
    """Only what is sent; switching it on forgives its failures."""
    return WebhookItem.model_validate(await webhooks.change(webhook_id, body))


@router.delete("/{webhook_id}", responses=_UNKNOWN, summary="Delete a webhook")
async def delete_webhook(webhook_id: uuid.UUID, webhooks: Webhooks) -> MessageResponse:
    """With the list of what it was sent; messages on their way are dropped."""
    await webhooks.delete(webhook_id)
    return MessageResponse(message="The webhook was deleted.")


@router.post("/{webhook_id}/rotate-secret", responses=_UNKNOWN, summary="Replace the secret")
async def rotate_webhook_secret(webhook_id: uuid.UUID, webhooks: Webhooks) -> WebhookWithSecret:
    """For 24 hours messages are signed with the old and the new one."""
    return WebhookWithSecret.model_validate(await webhooks.rotate_secret(webhook_id))


@router.post(
    "/{webhook_id}/ping",
    status_code=202,
    responses=problems(WebhookNotFoundError, WebhookOffError, *REPEAT_ERRORS),
    summary="Send a test message",
)
async def ping_webhook(webhook_id: uuid.UUID, webhooks: Webhooks, repeats: Repeatable) -> DeliveryItem:
    """Its outcome is in the list of deliveries."""

    async def ping() -> DeliveryItem:
        return DeliveryItem.model_validate(await webhooks.ping(webhook_id))

    return await repeats.once(DeliveryItem, ping)


@router.get("/{webhook_id}/deliveries", responses=_UNKNOWN, summary="List what was sent")
async def list_webhook_deliveries(
    webhook_id: uuid.UUID, webhooks: Webhooks, query: Annotated[DeliveryQuery, Query()]
) -> DeliveryList:
    """Newest first, with every message's next attempt or last error."""
    found, total = await webhooks.deliveries(webhook_id, query)
    items = [DeliveryItem.model_validate(delivery) for delivery in found]
    return DeliveryList(deliveries=items, total_count=total, page=query.page, page_size=query.page_size)


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/redeliver",
    status_code=202,
    responses=problems(
        WebhookNotFoundError,
        DeliveryNotFoundError,
        DeliveryPendingError,
        WebhookOffError,
        *REPEAT_ERRORS,
    ),
    summary="Send a message again",
)
async def redeliver_webhook(
    webhook_id: uuid.UUID, delivery_id: uuid.UUID, webhooks: Webhooks, repeats: Repeatable
) -> DeliveryItem:
    """Under its id, so that a receiver who has it already can tell."""

    async def redeliver() -> DeliveryItem:
        return DeliveryItem.model_validate(await webhooks.redeliver(webhook_id, delivery_id))

    return await repeats.once(DeliveryItem, redeliver)
