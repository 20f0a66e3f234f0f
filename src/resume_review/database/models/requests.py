"""What keeps repeated requests in bounds: rate limits, idempotency keys and cached answers."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resume_review.core.clock import utc_now
from resume_review.database.base import Base, between


class RateLimit(Base):
    """State of one limit: when the next request would be due if they came evenly (GCRA).

    Unlogged: fast, and empty after a crash of the database, which only forgives.
    """

    __tablename__ = "rate_limits"
    # Free room in the pages lets the hot rows be rewritten in place.
    __table_args__ = {"prefixes": ["UNLOGGED"], "postgresql_with": {"fillfactor": 50}}  # noqa: RUF012 - read by SQLAlchemy

    key: Mapped[str] = mapped_column(sa.String(255), primary_key=True)
    theoretical_arrival_at: Mapped[datetime] = mapped_column()


class CacheEntry(Base):
    """Something that is dear to make again. Unlogged: empty after a crash of the database, which only costs time."""

    __tablename__ = "cache_entries"
    __table_args__ = (sa.Index("ix_cache_entries_expires_at", "expires_at"), {"prefixes": ["UNLOGGED"]})

    key: Mapped[str] = mapped_column(sa.String(255), primary_key=True)
    value: Mapped[bytes] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column()


class IdempotencyKey(Base):
    """The answer given to a user's request with an `Idempotency-Key`; null until the work is done.

    The row is inserted first, in the transaction of the work: a second request with the key waits for the first.
    """

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        between("status_code", 100, 599),
        sa.CheckConstraint("body_hash ~ '^[0-9a-f]{64}$'", name="body_hash_sha256"),
        sa.Index("ix_idempotency_keys_created_at", "created_at"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    route: Mapped[str] = mapped_column(sa.String(255), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(255), primary_key=True)
    body_hash: Mapped[str] = mapped_column(sa.String(64))
    status_code: Mapped[int | None] = mapped_column(sa.SmallInteger, default=None)
    answer: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
