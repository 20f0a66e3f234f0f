"""Requested reviews, their answers and the findings that consultants decide on."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from resume_review.core.clock import utc_now
from resume_review.database.base import Base, Identified, between, not_negative
from resume_review.database.enums import ExperienceLevel, FeedbackDecision, ReviewRequestStatus
from resume_review.database.models.resumes import Resume, ResumeSection
from resume_review.database.models.users import User
from resume_review.rubric.model import Category, Engine, FindingType, ReviewType, Tier


def _newest_first(*columns: str, order: str = "", include: Sequence[str] = ()) -> sa.Index:
    """The index that pages through the reviews with one value of a column, the newest first."""
    name = "_".join(["ix_review_requests", *columns, "requested_at_id"])
    expressions = [sa.text(f"{column}{order}") for column in columns]
    newest = (sa.text("requested_at DESC"), sa.text("id DESC"))
    return sa.Index(name, *expressions, *newest, postgresql_include=list(include) or None)


class ReviewRequest(Identified, Base):
    """A review that somebody asked for, and how far it has come.

    `attempt_token` fences: a worker may store its answer only while the token it claimed with is still here.
    `job_id` is the job of the queue. Industries are rubric packs, which are files, so only their form is checked.
    The database itself keeps `candidate_id`, `overall_score` and `market_tier` equal to those of the resume and the
    result, and counts all reviews in `review_tallies`.
    """

    __tablename__ = "review_requests"
    __table_args__ = (
        sa.CheckConstraint("target_industry ~ '^[a-z][a-z0-9_]*$'", name="target_industry_code"),
        sa.CheckConstraint(
            "(status IN ('completed', 'failed', 'cancelled')) = (completed_at IS NOT NULL)",
            name="completed_at_when_ended",
        ),
        sa.CheckConstraint("status <> 'failed' OR error_code IS NOT NULL", name="failed_has_code"),
        sa.CheckConstraint(
            "status <> 'processing' OR (attempt_token IS NOT NULL AND started_at IS NOT NULL)",
            name="processing_is_claimed",
        ),
        between("progress", 0, 100),
        not_negative("attempt"),
        sa.Index("ix_review_requests_resume_id_requested_at", "resume_id", sa.text("requested_at DESC")),
        between("overall_score", 0, 100),
        _newest_first(),
        _newest_first("requested_by_user_id"),
        _newest_first("status"),
        _newest_first(
            "candidate_id",
            include=(
                "target_industry",
                "status",
                "review_type",
                "market_tier",
                "overall_score",
                "requested_by_user_id",
            ),
        ),
        _newest_first("target_industry"),
        _newest_first("review_type"),
        _newest_first("overall_score", order=" DESC NULLS LAST"),
        sa.Index(
            "ix_review_requests_reused_from_id",
            "reused_from_id",
            postgresql_where=sa.text("reused_from_id IS NOT NULL"),
        ),
    )

    resume_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("resumes.id", ondelete="CASCADE"))
    requested_by_user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="RESTRICT"))
    target_industry: Mapped[str] = mapped_column(sa.String(50))
    target_role: Mapped[str | None] = mapped_column(sa.String(255), default=None)
    experience_level: Mapped[ExperienceLevel | None] = mapped_column(default=None)
    review_type: Mapped[ReviewType] = mapped_column(default=ReviewType.COMPREHENSIVE)
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    status: Mapped[ReviewRequestStatus] = mapped_column(default=ReviewRequestStatus.PENDING)
    progress: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    step: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    error_code: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    error_message: Mapped[str | None] = mapped_column(sa.Text, default=None)
    attempt: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    attempt_token: Mapped[uuid.UUID | None] = mapped_column(default=None)
    job_id: Mapped[int | None] = mapped_column(sa.BigInteger, default=None)
    requested_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    completed_at: Mapped[datetime | None] = mapped_column(default=None)
    candidate_id: Mapped[uuid.UUID] = mapped_column(
        init=False, server_default=sa.FetchedValue(), sort_order=1
    )
    overall_score: Mapped[int | None] = mapped_column(sa.SmallInteger, default=None, sort_order=1)
    market_tier: Mapped[Tier | None] = mapped_column(default=None, sort_order=1)
    reused_from_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("review_requests.id", ondelete="SET NULL"), default=None, sort_order=1
    )

    resume: Mapped[Resume] = relationship(init=False, lazy="raise")
    requested_by: Mapped[User] = relationship(init=False, lazy="raise")
    review_result: Mapped["ReviewResult | None"] = relationship(
        init=False, lazy="raise", back_populates="review_request", passive_deletes=True
    )


class ReviewResult(Identified, Base):
    """The answer to a request: at most one, whatever the queue does.

    Scores are integers 0-100, null where the review does not give them; `confidence` is 0-1; `cost_usd` is what
    the model calls cost. `review` is the whole answer in the form `review/1`. The three JSON columns that are
    large (`review`, `raw_ai_response`, `receipt`) are loaded only when asked for (`undefer`). `reuse_key` names all that
    shaped the answer but the text that was read, which `document_fingerprint` names.
    """

    __tablename__ = "review_results"
    __table_args__ = (
        between("overall_score", 0, 100),
        between("ats_score", 0, 100),
        between("content_score", 0, 100),
        between("formatting_score", 0, 100),
        between("confidence", 0, 1),
        not_negative("processing_time_ms"),
        not_negative("input_tokens"),
        not_negative("output_tokens"),
        not_negative("cost_usd"),
        sa.CheckConstraint("NOT degraded OR degraded_reason IS NOT NULL", name="degraded_has_reason"),
        sa.CheckConstraint(
            "num_nulls(overall_score, content_score, formatting_score) IN (0, 3)"
            " AND (overall_score IS NULL OR ats_score IS NOT NULL)",
            name="scores_together",
        ),
        sa.Index("ix_review_results_created_at", sa.text("created_at DESC")),
        sa.Index(
            "ix_review_results_reuse_key", "reuse_key", postgresql_where=sa.text("reuse_key IS NOT NULL")
        ),
    )

    review_request_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("review_requests.id", ondelete="CASCADE"), unique=True
    )
    engine: Mapped[Engine] = mapped_column()
    overall_score: Mapped[int | None] = mapped_column(sa.SmallInteger, default=None)
    ats_score: Mapped[int | None] = mapped_column(sa.SmallInteger, default=None)
    content_score: Mapped[int | None] = mapped_column(sa.SmallInteger, default=None)
    formatting_score: Mapped[int | None] = mapped_column(sa.SmallInteger, default=None)
    confidence: Mapped[float | None] = mapped_column(default=None)
    market_tier: Mapped[Tier | None] = mapped_column(default=None)
    executive_summary: Mapped[str | None] = mapped_column(sa.Text, default=None)
    detailed_scores: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    degraded: Mapped[bool] = mapped_column(default=False)
    degraded_reason: Mapped[str | None] = mapped_column(sa.Text, default=None)
    ai_model_used: Mapped[str | None] = mapped_column(sa.String(100), default=None)
    processing_time_ms: Mapped[int | None] = mapped_column(default=None)
    input_tokens: Mapped[int] = mapped_column(default=0)
    output_tokens: Mapped[int] = mapped_column(default=0)
    cost_usd: Mapped[Decimal | None] = mapped_column(default=None)
    raw_ai_response: Mapped[dict[str, Any] | None] = mapped_column(
        default=None, deferred=True, deferred_raiseload=True
    )
    receipt: Mapped[dict[str, Any] | None] = mapped_column(
        default=None, deferred=True, deferred_raiseload=True
    )
    review: Mapped[dict[str, Any] | None] = mapped_column(
        default=None, deferred=True, deferred_raiseload=True
    )
    created_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
    reuse_key: Mapped[str | None] = mapped_column(sa.String(64), default=None, sort_order=1)
    document_fingerprint: Mapped[str | None] = mapped_column(sa.String(64), default=None, sort_order=1)

    review_request: Mapped[ReviewRequest] = relationship(
        init=False, lazy="raise", back_populates="review_result"
    )
    feedback_items: Mapped[list["ReviewFeedbackItem"]] = relationship(
        init=False,
        lazy="raise",
        back_populates="review_result",
        passive_deletes=True,
        order_by=lambda: ReviewFeedbackItem.sequence_order,
    )


class ReviewFeedbackItem(Identified, Base):
    """One finding or strength, and what the consultant made of it.

    Offsets are half-open into `Document.text`, `original_text` is exactly those words; boxes are PDF points. `finding_id`
    is the finding's stable id over runs. A finding about something missing has no place. `decision_version` rises with
    every decision, so that nobody overwrites a decision they have not seen.
    """

    __tablename__ = "review_feedback_items"
    __table_args__ = (
        sa.UniqueConstraint("review_result_id", "sequence_order"),
        between("severity_level", 1, 5),
        between("confidence_score", 0, 1),
        not_negative("span_start"),
        sa.CheckConstraint("span_start <= span_end", name="span_order"),
        sa.CheckConstraint("num_nulls(span_start, span_end, original_text) IN (0, 3)", name="span_has_quote"),
        sa.CheckConstraint("(decision = 'open') = (decided_at IS NULL)", name="decided_at_when_decided"),
        sa.CheckConstraint("(decision = 'edited') = (edited_text IS NOT NULL)", name="edited_has_text"),
        sa.Index("ix_review_feedback_items_resume_section_id", "resume_section_id"),
        sa.Index("ix_review_feedback_items_check_id_decision", "check_id", "decision"),
    )

    review_result_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("review_results.id", ondelete="CASCADE")
    )
    finding_id: Mapped[str] = mapped_column(sa.String(64))
    check_id: Mapped[str] = mapped_column(sa.String(32))
    feedback_type: Mapped[FindingType] = mapped_column()
    category: Mapped[Category] = mapped_column()
    severity_level: Mapped[int] = mapped_column(sa.SmallInteger)
    sequence_order: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(sa.Text)
    feedback_text: Mapped[str] = mapped_column(sa.Text)
    suggestion: Mapped[str | None] = mapped_column(sa.Text, default=None)
    original_text: Mapped[str | None] = mapped_column(sa.Text, default=None)
    suggested_text: Mapped[str | None] = mapped_column(sa.Text, default=None)
    confidence_score: Mapped[float | None] = mapped_column(default=None)
    span_start: Mapped[int | None] = mapped_column(default=None)
    span_end: Mapped[int | None] = mapped_column(default=None)
    page: Mapped[int | None] = mapped_column(default=None)
    boxes: Mapped[list[list[float]] | None] = mapped_column(default=None)
    section: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    resume_section_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("resume_sections.id", ondelete="SET NULL"), default=None
    )
    decision: Mapped[FeedbackDecision] = mapped_column(default=FeedbackDecision.OPEN)
    decided_by_user_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("users.id", ondelete="SET NULL"), default=None
    )
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    edited_text: Mapped[str | None] = mapped_column(sa.Text, default=None)
    decision_version: Mapped[int] = mapped_column(default=0, server_default=sa.text("0"), sort_order=1)

    review_result: Mapped[ReviewResult] = relationship(
        init=False, lazy="raise", back_populates="feedback_items"
    )
    resume_section: Mapped[ResumeSection | None] = relationship(init=False, lazy="raise")
    decided_by: Mapped[User | None] = relationship(init=False, lazy="raise")
