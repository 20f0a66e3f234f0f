"""Prompts that override the bundled files, their versions, labels and every use of one."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from resume_review.core.clock import utc_now
from resume_review.database.base import Base, Identified, Timestamped, not_negative
from resume_review.database.enums import AgentType, PromptType, UsagePurpose


class Prompt(Identified, Timestamped, Base):
    """A prompt by name; `template`, `version` and `variables` repeat its newest version for readers of the old table."""

    __tablename__ = "prompts"

    name: Mapped[str] = mapped_column(sa.String(100), unique=True)
    template: Mapped[str] = mapped_column(sa.Text)
    version: Mapped[str] = mapped_column(sa.String(32))
    prompt_type: Mapped[PromptType] = mapped_column()
    agent_type: Mapped[AgentType] = mapped_column()
    description: Mapped[str | None] = mapped_column(sa.Text, default=None)
    variables: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_by: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("users.id", ondelete="SET NULL"), default=None
    )

    versions: Mapped[list["PromptVersion"]] = relationship(
        init=False, lazy="raise", back_populates="prompt", passive_deletes=True
    )
    labels: Mapped[list["PromptLabel"]] = relationship(
        init=False, lazy="raise", back_populates="prompt", passive_deletes=True
    )


class PromptVersion(Identified, Base):
    """One immutable version (semver) in one language; a change of words is a new version (a trigger says so)."""

    __tablename__ = "prompt_versions"
    __table_args__ = (
        sa.UniqueConstraint("prompt_id", "version", "locale"),
        sa.CheckConstraint("content_hash ~ '^[0-9a-f]{64}$'", name="content_hash_sha256"),
    )

    prompt_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("prompts.id", ondelete="CASCADE"))
    version: Mapped[str] = mapped_column(sa.String(32))
    locale: Mapped[str] = mapped_column(sa.String(8))
    body: Mapped[dict[str, Any]] = mapped_column()
    content_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    author: Mapped[str | None] = mapped_column(sa.String(320), default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
    note: Mapped[str | None] = mapped_column(sa.Text, default=None)

    prompt: Mapped[Prompt] = relationship(init=False, lazy="raise", back_populates="versions")


class PromptLabel(Identified, Timestamped, Base):
    """A named pointer (`production`, `canary`) to a version; moving it is a release, moving it back undoes one."""

    __tablename__ = "prompt_labels"
    __table_args__ = (
        sa.UniqueConstraint("prompt_id", "label", "locale"),
        sa.Index("ix_prompt_labels_prompt_version_id", "prompt_version_id"),
        sa.Index("ix_prompt_labels_previous_version_id", "previous_version_id"),
    )

    prompt_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("prompts.id", ondelete="CASCADE"))
    prompt_version_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("prompt_versions.id", ondelete="CASCADE")
    )
    label: Mapped[str] = mapped_column(sa.String(64))
    locale: Mapped[str] = mapped_column(sa.String(8))
    updated_by: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("users.id", ondelete="SET NULL"), default=None
    )

    previous_version_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("prompt_versions.id", ondelete="SET NULL"), default=None, sort_order=1
    )

    prompt: Mapped[Prompt] = relationship(init=False, lazy="raise", back_populates="labels")
    prompt_version: Mapped[PromptVersion] = relationship(
        init=False, lazy="raise", foreign_keys=[prompt_version_id]
    )


class PromptUsage(Identified, Base):
    """One call of a model: what was sent, what came back, what it cost.

    The texts hold resume content, so the row goes with its review; those of trials hold none. A prompt from a bundled file has no `prompt_id`; its
    name, version and hash are kept in any case. A cost that is not known is null. `experiment_key` and `arm` say which variant was seen.
    """

    __tablename__ = "prompt_usage_history"
    __table_args__ = (
        not_negative("input_tokens"),
        not_negative("output_tokens"),
        not_negative("cached_input_tokens"),
        not_negative("tokens_used"),
        not_negative("cost_usd"),
        not_negative("latency_ms"),
        sa.Index("ix_prompt_usage_history_used_at", sa.text("used_at DESC")),
        sa.Index("ix_prompt_usage_history_prompt_id", "prompt_id"),
        sa.Index("ix_prompt_usage_history_review_request_id", "review_request_id"),
        sa.Index("ix_prompt_usage_history_experiment_key_arm", "experiment_key", "arm"),
    )

    agent_name: Mapped[str] = mapped_column(sa.String(64))
    prompt_name: Mapped[str] = mapped_column(sa.String(100))
    prompt_version: Mapped[str] = mapped_column(sa.String(32))
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    review_request_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("review_requests.id", ondelete="CASCADE"), default=None
    )
    prompt_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("prompts.id", ondelete="SET NULL"), default=None
    )
    actual_prompt: Mapped[str | None] = mapped_column(sa.Text, default=None, deferred=True)
    variables_used: Mapped[dict[str, Any] | None] = mapped_column(default=None, deferred=True)
    agent_response: Mapped[str | None] = mapped_column(sa.Text, default=None, deferred=True)
    provider: Mapped[str | None] = mapped_column(sa.String(32), default=None)
    model: Mapped[str | None] = mapped_column(sa.String(100), default=None)
    input_tokens: Mapped[int] = mapped_column(default=0)
    output_tokens: Mapped[int] = mapped_column(default=0)
    tokens_used: Mapped[int] = mapped_column(default=0)
    cost_usd: Mapped[Decimal | None] = mapped_column(default=None)
    latency_ms: Mapped[int | None] = mapped_column(default=None)
    error_code: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    experiment_key: Mapped[str | None] = mapped_column(sa.String(100), default=None)
    arm: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    used_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
    cached_input_tokens: Mapped[int] = mapped_column(default=0)
    purpose: Mapped[UsagePurpose] = mapped_column(
        default=UsagePurpose.REVIEW, server_default=UsagePurpose.REVIEW.value, sort_order=1
    )

    prompt: Mapped[Prompt | None] = relationship(init=False, lazy="raise")
