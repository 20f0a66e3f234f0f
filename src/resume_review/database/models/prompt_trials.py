"""Prompts tried on resumes before they are published."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resume_review.core.clock import utc_now
from resume_review.database.base import Base, Identified, not_negative


class PromptTrial(Identified, Base):
    """Two wordings of a prompt, as they were when the trial began; nothing of it is part of a review."""

    __tablename__ = "prompt_trials"
    __table_args__ = (
        sa.Index("ix_prompt_trials_created_at", sa.text("created_at DESC")),
        sa.Index("ix_prompt_trials_created_by_user_id", "created_by_user_id"),
    )

    name: Mapped[str] = mapped_column(sa.String(100))
    locale: Mapped[str] = mapped_column(sa.String(8))
    industry: Mapped[str] = mapped_column(sa.String(50))
    current_prompt: Mapped[dict[str, Any]] = mapped_column()
    new_prompt: Mapped[dict[str, Any]] = mapped_column()
    created_by_user_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("users.id", ondelete="SET NULL"), default=None
    )
    created_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)


class PromptTrialResult(Identified, Base):
    """What both prompts came to on one resume; the answers quote it, so the row goes with it.

    A side that was asked keeps its answer, so that a start after a crash asks for the other one alone. `fault` says why
    the job was given up.
    """

    __tablename__ = "prompt_trial_results"
    __table_args__ = (
        sa.UniqueConstraint("trial_id", "resume_id"),
        not_negative("position"),
        sa.Index("ix_prompt_trial_results_resume_id", "resume_id"),
        sa.Index("ix_prompt_trial_results_unfinished", "id", postgresql_where=sa.text("finished_at IS NULL")),
    )

    trial_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("prompt_trials.id", ondelete="CASCADE"))
    resume_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("resumes.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column()
    current_answer: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    new_answer: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    fault: Mapped[str | None] = mapped_column(sa.String(300), default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
