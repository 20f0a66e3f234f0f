"""Rows of webhooks and of what they were sent."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import DeliveryStatus, WebhookEvent
from resume_review.database.models import (
    Resume,
    ReviewRequest,
    ReviewResult,
    WebhookDelivery,
    WebhookEndpoint,
)


@dataclass(frozen=True)
class EndedReview:
    """A review that has ended; `result` is there when it was completed."""

    request: ReviewRequest
    candidate_id: uuid.UUID
    result: ReviewResult | None


class WebhookRepository:
    """Reads and writes endpoints and deliveries; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: WebhookEndpoint | WebhookDelivery) -> None:
        """Store a row."""
        self._session.add(row)
        await self._session.flush()

    async def endpoints(self) -> Sequence[WebhookEndpoint]:
        """All of them, newest first."""
        statement = select(WebhookEndpoint).order_by(WebhookEndpoint.created_at.desc(), WebhookEndpoint.id)
        return (await self._session.scalars(statement)).all()

    async def count(self) -> int:
        """How many endpoints there are."""
        return await self._session.scalar(select(func.count(WebhookEndpoint.id))) or 0

    async def endpoint(self, endpoint_id: uuid.UUID) -> WebhookEndpoint | None:
        """One of them, locked for a change."""
        statement = select(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id).with_for_update()
        return await self._session.scalar(statement)

    async def delete(self, endpoint: WebhookEndpoint) -> None:
        """Remove it with all its deliveries."""
        await self._session.delete(endpoint)
        await self._session.flush()

    async def listening(self, event: WebhookEvent) -> Sequence[WebhookEndpoint]:
        """Active endpoints that asked for this event."""
        statement = select(WebhookEndpoint).where(
            WebhookEndpoint.is_active, WebhookEndpoint.events.contains([event.value])
        )
        return (await self._session.scalars(statement)).all()

    async def ended_review(self, review_id: uuid.UUID) -> EndedReview | None:
        """What is told about a review."""
        statement = (
            select(ReviewRequest, Resume.candidate_id, ReviewResult)
            .join(Resume, Resume.id == ReviewRequest.resume_id)
            .outerjoin(ReviewResult, ReviewResult.review_request_id == ReviewRequest.id)
            .where(ReviewRequest.id == review_id)
            .execution_options(populate_existing=True)
        )
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else EndedReview(row[0], row[1], row[2])

    async def delivery(
        self, delivery_id: uuid.UUID, *, endpoint_id: uuid.UUID | None = None
    ) -> WebhookDelivery | None:
        """One message, locked for a change."""
        statement = select(WebhookDelivery).where(WebhookDelivery.id == delivery_id).with_for_update()
        if endpoint_id is not None:
            statement = statement.where(WebhookDelivery.endpoint_id == endpoint_id)
        return await self._session.scalar(statement)

    async def deliveries(
        self, endpoint_id: uuid.UUID, *, status: DeliveryStatus | None, limit: int, offset: int
    ) -> tuple[Sequence[WebhookDelivery], int]:
        """Messages of an endpoint, newest first, and how many there are."""
        conditions = [WebhookDelivery.endpoint_id == endpoint_id]
        if status is not None:
            conditions.append(WebhookDelivery.status == status)
        page = (
            select(WebhookDelivery)
            .where(*conditions)
            .order_by(WebhookDelivery.created_at.desc(), WebhookDelivery.id.desc())
            .limit(limit)
            .offset(offset)
        )
        found = (await self._session.scalars(page)).all()
        total = await self._session.scalar(select(func.count(WebhookDelivery.id)).where(*conditions))
        return found, total or 0

    async def unsent(self, before: datetime) -> Sequence[uuid.UUID]:
        """Messages whose next attempt was due before this time."""
        due = func.coalesce(WebhookDelivery.next_attempt_at, WebhookDelivery.created_at)
        statement = select(WebhookDelivery.id).where(
            WebhookDelivery.status == DeliveryStatus.PENDING, due < before
        )
        return (await self._session.scalars(statement)).all()

    async def forget(self, *, delivered_before: datetime, failed_before: datetime) -> None:
        """Delete old messages that are not on their way."""
        statement = delete(WebhookDelivery).where(
            or_(
                (WebhookDelivery.status == DeliveryStatus.DELIVERED)
                & (WebhookDelivery.created_at < delivered_before),
                (WebhookDelivery.status == DeliveryStatus.FAILED)
                & (WebhookDelivery.created_at < failed_before),
            )
        )
        await self._session.execute(statement)
