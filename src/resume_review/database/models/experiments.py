"""Comparisons of prompt variants, and the share of users who get a new behaviour."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resume_review.database.base import Base, Identified, Timestamped, between
from resume_review.database.enums import ExperimentStatus, ExperimentUnit, RolloutStatus


class Experiment(Identified, Timestamped, Base):
    """A comparison: units are hashed with `salt` into weighted `arms` (`[{"label", "weight"}]`)."""

    __tablename__ = "experiments"
    __table_args__ = (
        sa.CheckConstraint("status = 'draft' OR started_at IS NOT NULL", name="started_has_time"),
        sa.CheckConstraint("(status = 'stopped') = (stopped_at IS NOT NULL)", name="stopped_has_time"),
    )

    key: Mapped[str] = mapped_column(sa.String(100), unique=True)
    salt: Mapped[str] = mapped_column(sa.String(64))
    arms: Mapped[list[dict[str, Any]]] = mapped_column()
    metric: Mapped[str] = mapped_column(sa.String(64))
    unit: Mapped[ExperimentUnit] = mapped_column(default=ExperimentUnit.USER)
    status: Mapped[ExperimentStatus] = mapped_column(default=ExperimentStatus.DRAFT)
    guardrails: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    description: Mapped[str | None] = mapped_column(sa.Text, default=None)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    stopped_at: Mapped[datetime | None] = mapped_column(default=None)
    created_by: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("users.id", ondelete="SET NULL"), default=None
    )


class Rollout(Identified, Timestamped, Base):
    """How many per cent of users get a behaviour; a rollback sets it to 0 and keeps the reason."""

    __tablename__ = "rollouts"
    __table_args__ = (
        between("percentage", 0, 100),
        sa.CheckConstraint(
            "status <> 'rolled_back' OR (percentage = 0 AND rolled_back_at IS NOT NULL AND rollback_reason IS NOT NULL)",
            name="rolled_back_is_zero",
        ),
    )

    key: Mapped[str] = mapped_column(sa.String(100), unique=True)
    salt: Mapped[str] = mapped_column(sa.String(64))
    percentage: Mapped[Decimal] = mapped_column(sa.Numeric(5, 2), default=Decimal(0))
    status: Mapped[RolloutStatus] = mapped_column(default=RolloutStatus.ACTIVE)
    description: Mapped[str | None] = mapped_column(sa.Text, default=None)
    rolled_back_at: Mapped[datetime | None] = mapped_column(default=None)
    rollback_reason: Mapped[str | None] = mapped_column(sa.Text, default=None)
    updated_by: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("users.id", ondelete="SET NULL"), default=None
    )
