"""Managing endpoints, and putting messages on their way."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction, DeliveryStatus, EntityType, WebhookEvent
from resume_review.database.models import User, WebhookDelivery, WebhookEndpoint
from resume_review.database.session import driver_connection
from resume_review.features.audit import record_activity
from resume_review.features.webhooks.errors import (
    DeliveryNotFoundError,
    DeliveryPendingError,
    TooManyWebhooksError,
    WebhookNotFoundError,
    WebhookOffError,
)
from resume_review.features.webhooks.messages import event_of, ping_message, review_message
from resume_review.features.webhooks.repository import WebhookRepository
from resume_review.features.webhooks.schemas import DeliveryQuery, WebhookChange, WebhookCreate
from resume_review.features.webhooks.signing import new_secret
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.outbound import Networks, check_url
from resume_review.infrastructure.queue import JobQueue, Lane

DELIVER_JOB = "webhooks.deliver"
MOST_ENDPOINTS = 50
OLD_SECRET_LASTS = timedelta(hours=24)


async def announce_review_end(session: AsyncSession, review_id: uuid.UUID) -> None:
    """Put the messages about an ended review on their way, in the transaction that ends it."""
    webhooks = WebhookRepository(session)
    review = await webhooks.ended_review(review_id)
    event = None if review is None else event_of(review)
    if review is None or event is None:
        return
    endpoints = await webhooks.listening(event)
    message = review_message(event, review, now=utc_now()) if endpoints else {}
    for endpoint in endpoints:
        await _send(session, endpoint, event, message)


async def _send(
    session: AsyncSession, endpoint: WebhookEndpoint, event: WebhookEvent, message: dict[str, Any]
) -> WebhookDelivery:
    delivery = WebhookDelivery(endpoint_id=endpoint.id, event=event, payload=message)
    await WebhookRepository(session).add(delivery)
    await enqueue_delivery(session, delivery)
    return delivery


async def enqueue_delivery(session: AsyncSession, delivery: WebhookDelivery) -> None:
    """Send the job of this message; it waits until the next attempt is due."""
    await JobQueue().enqueue(
        await driver_connection(session),
        DELIVER_JOB,
        subject=delivery.id,
        owner=delivery.endpoint_id,
        lane=Lane.SERVICE,
        not_before=delivery.next_attempt_at,
    )


class WebhookService:
    """Works in the given session for one administrator and commits nothing."""

    def __init__(self, session: AsyncSession, admin: User, *, networks: Networks, client: ClientInfo) -> None:
        self._session = session
        self._admin = admin
        self._networks = networks
        self._client = client
        self._webhooks = WebhookRepository(session)

    async def all(self) -> Sequence[WebhookEndpoint]:
        """Every endpoint, newest first."""
        return await self._webhooks.endpoints()

    async def create(self, body: WebhookCreate) -> WebhookEndpoint:
        """Add an endpoint with a fresh secret.

        Raises:
            RefusedAddressError: The address will never be called.
            TooManyWebhooksError: There are as many as there may be.
        """
        check_url(body.url, self._networks)
        if await self._webhooks.count() >= MOST_ENDPOINTS:
            raise TooManyWebhooksError
        endpoint = WebhookEndpoint(
            url=body.url,
            description=body.description,
            events=sorted(event.value for event in body.events),
            secret=new_secret(),
            is_active=body.is_active,
            created_by_user_id=self._admin.id,
        )
        await self._webhooks.add(endpoint)
        self._record(ActivityAction.CREATE, endpoint, new={"url": endpoint.url, "events": endpoint.events})
        return endpoint

    async def get(self, endpoint_id: uuid.UUID) -> WebhookEndpoint:
        """One endpoint.

        Raises:
            WebhookNotFoundError: No such endpoint.
        """
        endpoint = await self._webhooks.endpoint(endpoint_id)
        if endpoint is None:
            raise WebhookNotFoundError
        return endpoint

    async def change(self, endpoint_id: uuid.UUID, body: WebhookChange) -> WebhookEndpoint:
        """Change what was sent; who switches an endpoint on forgives its failures.

        Raises:
            WebhookNotFoundError: No such endpoint.
            RefusedAddressError: The address will never be called.
        """
        endpoint = await self.get(endpoint_id)
        changes = body.model_dump(mode="json", exclude_unset=True, exclude_none=True)
        if "url" in changes:
            check_url(changes["url"], self._networks)
        if "events" in changes:
            changes["events"] = sorted(changes["events"])
        old = {name: getattr(endpoint, name) for name in changes}
        for name, value in changes.items():
            setattr(endpoint, name, value)
        if changes.get("is_active"):
            endpoint.failures_in_a_row, endpoint.failing_since, endpoint.disabled_reason = 0, None, None
        await self._session.flush()
        self._record(ActivityAction.UPDATE, endpoint, old=old, new=changes)
        return endpoint

    async def delete(self, endpoint_id: uuid.UUID) -> None:
        """Remove an endpoint and what it was sent; messages on their way are dropped.

        Raises:
            WebhookNotFoundError: No such endpoint.
        """
        endpoint = await self.get(endpoint_id)
        self._record(ActivityAction.DELETE, endpoint, old={"url": endpoint.url})
        await self._webhooks.delete(endpoint)

    async def rotate_secret(self, endpoint_id: uuid.UUID) -> WebhookEndpoint:
        """Replace the secret; for a day messages carry signatures of both.

        Raises:
            WebhookNotFoundError: No such endpoint.
        """
        endpoint = await self.get(endpoint_id)
        endpoint.previous_secret, endpoint.previous_secret_until = (
            endpoint.secret,
            utc_now() + OLD_SECRET_LASTS,
        )
        endpoint.secret = new_secret()
        await self._session.flush()
        self._record(ActivityAction.UPDATE, endpoint, new={"rotated": True})
        return endpoint

    async def ping(self, endpoint_id: uuid.UUID) -> WebhookDelivery:
        """Send a message that says nothing.

        Raises:
            WebhookNotFoundError: No such endpoint.
            WebhookOffError: It is switched off.
        """
        endpoint = await self._active(endpoint_id)
        return await _send(
            self._session, endpoint, WebhookEvent.PING, ping_message(endpoint.id, now=utc_now())
        )

    async def deliveries(
        self, endpoint_id: uuid.UUID, query: DeliveryQuery
    ) -> tuple[Sequence[WebhookDelivery], int]:
        """One page of what an endpoint was sent, and how many messages there are.

        Raises:
            WebhookNotFoundError: No such endpoint.
        """
        await self.get(endpoint_id)
        return await self._webhooks.deliveries(
            endpoint_id,
            status=query.status,
            limit=query.page_size,
            offset=(query.page - 1) * query.page_size,
        )

    async def redeliver(self, endpoint_id: uuid.UUID, delivery_id: uuid.UUID) -> WebhookDelivery:
        """Send a message again under its id, with the full number of attempts.

        Raises:
            WebhookNotFoundError: No such endpoint.
            DeliveryNotFoundError: The endpoint has no such message.
            DeliveryPendingError: It is on its way.
            WebhookOffError: The endpoint is switched off.
        """
        await self._active(endpoint_id)
        delivery = await self._webhooks.delivery(delivery_id, endpoint_id=endpoint_id)
        if delivery is None:
            raise DeliveryNotFoundError
        if delivery.status is DeliveryStatus.PENDING:
            raise DeliveryPendingError
        delivery.status, delivery.attempts, delivery.next_attempt_at = DeliveryStatus.PENDING, 0, None
        await self._session.flush()
        await enqueue_delivery(self._session, delivery)
        return delivery

    async def _active(self, endpoint_id: uuid.UUID) -> WebhookEndpoint:
        endpoint = await self.get(endpoint_id)
        if not endpoint.is_active:
            raise WebhookOffError
        return endpoint

    def _record(
        self,
        action: ActivityAction,
        endpoint: WebhookEndpoint,
        *,
        old: dict[str, Any] | None = None,
        new: dict[str, Any] | None = None,
    ) -> None:
        record_activity(
            self._session,
            action,
            entity=EntityType.WEBHOOK,
            entity_id=endpoint.id,
            user_id=self._admin.id,
            client=self._client,
            old=old,
            new=new,
        )
