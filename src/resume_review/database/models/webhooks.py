"""Addresses that are told when a review ends, and what they were told."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from resume_review.core.clock import utc_now
from resume_review.database.base import Base, Identified, Timestamped, between, not_negative
from resume_review.database.enums import DeliveryStatus, WebhookEvent


class WebhookEndpoint(Identified, Timestamped, Base):
    """An address that gets signed messages; the secret is needed to sign, so it is kept as it is."""

    __tablename__ = "webhook_endpoints"
    __table_args__ = (
        not_negative("failures_in_a_row"),
        sa.CheckConstraint("cardinality(events) > 0", name="some_event"),
        sa.Index("ix_webhook_endpoints_created_by_user_id", "created_by_user_id"),
    )

    url: Mapped[str] = mapped_column(sa.String(2000))
    events: Mapped[list[str]] = mapped_column(ARRAY(sa.String(32)))
    secret: Mapped[str] = mapped_column(sa.String(100))
    description: Mapped[str] = mapped_column(sa.String(200), default="")
    previous_secret: Mapped[str | None] = mapped_column(sa.String(100), default=None)
    previous_secret_until: Mapped[datetime | None] = mapped_column(default=None)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_by_user_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("users.id", ondelete="SET NULL"), default=None
    )
    failures_in_a_row: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None] = mapped_column(default=None)
    disabled_reason: Mapped[str | None] = mapped_column(sa.String(300), default=None)


class WebhookDelivery(Identified, Base):
    """One message to one endpoint, with how its sending went; its id is the message's id at the receiver."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        not_negative("attempts"),
        between("response_code", 100, 999),
        sa.Index("ix_webhook_deliveries_endpoint_id_created_at", "endpoint_id", sa.text("created_at DESC")),
        sa.Index("ix_webhook_deliveries_created_at", "created_at"),
    )

    endpoint_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("webhook_endpoints.id", ondelete="CASCADE"))
    event: Mapped[WebhookEvent] = mapped_column()
    payload: Mapped[dict[str, Any]] = mapped_column()
    status: Mapped[DeliveryStatus] = mapped_column(default=DeliveryStatus.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None] = mapped_column(default=None)
    last_attempt_at: Mapped[datetime | None] = mapped_column(default=None)
    response_code: Mapped[int | None] = mapped_column(sa.SmallInteger, default=None)
    last_error: Mapped[str | None] = mapped_column(sa.String(300), default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
