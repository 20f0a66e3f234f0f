"""Questions of many reviews that go to a vendor together, at a lower price, and how far that has come."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resume_review.core.clock import utc_now
from resume_review.database.base import Base, Identified, not_negative
from resume_review.database.enums import ModelBatchItemStatus, ModelBatchStatus

_OPEN = sa.text("status <> 'ended'")


class ModelBatch(Identified, Base):
    """One batch at a vendor; its id is the mark by which it is found there again.

    `submitted_at` is written before the request that may cost money is sent, `vendor_id` when its answer has come: a
    row with the first and without the second may or may not exist at the vendor. `upload_id` is a file kept there,
    `questions` how many were sent, `gives_up_at` when its reviews go on without it. `left_out` are parameters that the vendor refused for this model. `attempt_token` fences as it does for reviews.
    """

    __tablename__ = "model_batches"
    __table_args__ = (
        not_negative("questions"),
        sa.CheckConstraint("status <> 'running' OR vendor_id IS NOT NULL", name="running_is_known"),
        sa.CheckConstraint("(status = 'ended') = (ended_at IS NOT NULL)", name="ended_at_when_ended"),
        sa.Index("ix_model_batches_model_created_at", "model", sa.text("created_at DESC")),
        sa.Index("ix_model_batches_closes_at_open", "closes_at", postgresql_where=_OPEN),
    )

    model: Mapped[str] = mapped_column(sa.String(200))
    closes_at: Mapped[datetime] = mapped_column()
    gives_up_at: Mapped[datetime] = mapped_column()
    status: Mapped[ModelBatchStatus] = mapped_column(default=ModelBatchStatus.GATHERING)
    vendor_id: Mapped[str | None] = mapped_column(sa.String(200), default=None)
    upload_id: Mapped[str | None] = mapped_column(sa.String(200), default=None)
    questions: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[list[str]] = mapped_column(sa.ARRAY(sa.String(64)), default_factory=list[str])
    attempt_token: Mapped[uuid.UUID | None] = mapped_column(default=None)
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    fault: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)


class ModelBatchItem(Identified, Base):
    """One agent's question about one review; its id is the `custom_id` at the vendor.

    It holds neither the question, which is made again when it is sent, nor the answer, which stands in the usage
    history. `reserved_` is what is set aside in the ledger until the answer's price is known.
    """

    __tablename__ = "model_batch_items"
    __table_args__ = (
        sa.UniqueConstraint("review_request_id", "agent"),
        sa.CheckConstraint("status <> 'failed' OR fault IS NOT NULL", name="failed_has_fault"),
        not_negative("reserved_tokens"),
        not_negative("reserved_usd"),
        sa.Index("ix_model_batch_items_batch_id_status", "batch_id", "status"),
        sa.Index("ix_model_batch_items_usage_id", "usage_id"),
    )

    batch_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("model_batches.id", ondelete="CASCADE"))
    review_request_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("review_requests.id", ondelete="CASCADE")
    )
    agent: Mapped[str] = mapped_column(sa.String(64))
    prompt_name: Mapped[str] = mapped_column(sa.String(100))
    prompt_version: Mapped[str] = mapped_column(sa.String(32))
    prompt_hash: Mapped[str] = mapped_column(sa.String(64))
    variables: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    status: Mapped[ModelBatchItemStatus] = mapped_column(default=ModelBatchItemStatus.WAITING)
    finish: Mapped[str | None] = mapped_column(sa.String(32), default=None)
    fault: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    usage_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("prompt_usage_history.id", ondelete="SET NULL"), default=None
    )
    reserved_tokens: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    reserved_usd: Mapped[Decimal] = mapped_column(sa.Numeric(14, 6), default=Decimal(0))
