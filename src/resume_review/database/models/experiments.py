"""Comparisons of variants, the share of users who get a new one, and what came of each."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resume_review.core.clock import utc_now
from resume_review.database.base import Base, Identified, Timestamped, between, not_negative
from resume_review.database.enums import ExperimentStatus, ExperimentUnit, RolloutMode, RolloutStatus


class Experiment(Identified, Timestamped, Base):
    """A comparison: units are hashed with `salt` into weighted `arms`, the first of which is the control.

    An arm is `{"name", "weight", "label", "model", "rubric_only"}`; `traffic` is the percentage of units that take part at
    all. A stop by the guard keeps its reason.
    """

    __tablename__ = "experiments"
    __table_args__ = (
        sa.CheckConstraint("status = 'draft' OR started_at IS NOT NULL", name="started_has_time"),
        sa.CheckConstraint("(status = 'stopped') = (stopped_at IS NOT NULL)", name="stopped_has_time"),
        between("traffic", 0, 100),
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
    traffic: Mapped[Decimal] = mapped_column(sa.Numeric(5, 2), default=Decimal(100), sort_order=1)
    stop_reason: Mapped[str | None] = mapped_column(sa.Text, default=None, sort_order=1)


class Rollout(Identified, Timestamped, Base):
    """How many per cent of units get a change; a rollback sets it to 0 and keeps the reason.

    `change` is `{"label", "model", "rubric_only"}`. In shadow mode the change is tried beside reviews that are shown
    without it, `shadow_per_day` times and for `shadow_usd_per_day` US dollars a day (UTC) at most. One rollout of
    each mode is under way at a time. The guard forgets what was before `restarted_at`.
    """

    __tablename__ = "rollouts"
    __table_args__ = (
        between("percentage", 0, 100),
        sa.CheckConstraint(
            "status <> 'rolled_back' OR (percentage = 0 AND rolled_back_at IS NOT NULL AND rollback_reason IS NOT NULL)",
            name="rolled_back_is_zero",
        ),
        not_negative("shadow_per_day"),
        not_negative("shadow_usd_per_day"),
        sa.Index(
            "uq_rollouts_mode_under_way",
            "mode",
            unique=True,
            postgresql_where=sa.text("status = 'active' AND percentage > 0"),
        ),
    )

    key: Mapped[str] = mapped_column(sa.String(100), unique=True)
    salt: Mapped[str] = mapped_column(sa.String(64))
    change: Mapped[dict[str, Any]] = mapped_column(sort_order=1)
    percentage: Mapped[Decimal] = mapped_column(sa.Numeric(5, 2), default=Decimal(0))
    status: Mapped[RolloutStatus] = mapped_column(default=RolloutStatus.ACTIVE)
    description: Mapped[str | None] = mapped_column(sa.Text, default=None)
    rolled_back_at: Mapped[datetime | None] = mapped_column(default=None)
    rollback_reason: Mapped[str | None] = mapped_column(sa.Text, default=None)
    updated_by: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("users.id", ondelete="SET NULL"), default=None
    )
    unit: Mapped[ExperimentUnit] = mapped_column(default=ExperimentUnit.USER, sort_order=1)
    mode: Mapped[RolloutMode] = mapped_column(default=RolloutMode.LIVE, sort_order=1)
    restarted_at: Mapped[datetime | None] = mapped_column(default=None, sort_order=1)
    shadow_per_day: Mapped[int] = mapped_column(default=0, sort_order=1)
    shadow_usd_per_day: Mapped[Decimal] = mapped_column(default=Decimal(0), sort_order=1)


class ExperimentExposure(Base):
    """A unit that met an arm, once; it is named by its salted hash, which leads to nobody."""

    __tablename__ = "experiment_exposures"

    variant_key: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    unit_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    arm: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)


class ExperimentOutcome(Identified, Base):
    """What came of one review under one arm: numbers only, which stay when the review is erased.

    `drift` is its overall score less the rubric's; a cost or drift that is not known is null.
    """

    __tablename__ = "experiment_outcomes"
    __table_args__ = (
        sa.UniqueConstraint("review_request_id", "variant_key", "arm"),
        sa.CheckConstraint("dropped BETWEEN 0 AND quotes", name="dropped_are_quotes"),
        not_negative("latency_ms"),
        not_negative("cost_usd"),
        between("drift", -100, 100),
        sa.Index("ix_experiment_outcomes_variant_key_at", "variant_key", "at"),
    )

    variant_key: Mapped[str] = mapped_column(sa.String(100))
    arm: Mapped[str] = mapped_column(sa.String(64))
    review_request_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("review_requests.id", ondelete="SET NULL")
    )
    ok: Mapped[bool] = mapped_column()
    quotes: Mapped[int] = mapped_column()
    dropped: Mapped[int] = mapped_column()
    latency_ms: Mapped[int] = mapped_column()
    cost_usd: Mapped[Decimal | None] = mapped_column(default=None)
    drift: Mapped[int | None] = mapped_column(sa.SmallInteger, default=None)
    at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)


class ShadowResult(Identified, Base):
    """A review made beside the one that is shown, for comparison only; it goes with that review."""

    __tablename__ = "shadow_results"
    __table_args__ = (
        sa.UniqueConstraint("review_request_id", "variant_key"),
        between("overall_score", 0, 100),
        not_negative("cost_usd"),
        sa.CheckConstraint("(ok IS NULL) = (finished_at IS NULL)", name="finished_says_how"),
        sa.Index("ix_shadow_results_variant_key_started_at", "variant_key", "started_at"),
    )

    variant_key: Mapped[str] = mapped_column(sa.String(100))
    review_request_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("review_requests.id", ondelete="CASCADE")
    )
    ok: Mapped[bool | None] = mapped_column(default=None)
    overall_score: Mapped[int | None] = mapped_column(sa.SmallInteger, default=None)
    cost_usd: Mapped[Decimal | None] = mapped_column(default=None)
    review: Mapped[dict[str, Any] | None] = mapped_column(
        default=None, deferred=True, deferred_raiseload=True
    )
    started_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
