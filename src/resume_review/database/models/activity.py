"""Who did what, when and from where."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resume_review.core.clock import utc_now
from resume_review.database.base import Base, Identified
from resume_review.database.enums import ActivityAction, EntityType


class ActivityLog(Identified, Base):
    """One entry of the audit log; a trigger refuses UPDATE, DELETE and TRUNCATE.

    Ids are not foreign keys: the entry outlives what it speaks of. Values never hold resume text or secrets, since they
    cannot be erased.
    """

    __tablename__ = "activity_logs"
    __table_args__ = (
        sa.Index("ix_activity_logs_created_at", sa.text("created_at DESC")),
        sa.Index("ix_activity_logs_user_id_created_at", "user_id", sa.text("created_at DESC")),
        sa.Index("ix_activity_logs_entity_id_created_at", "entity_id", sa.text("created_at DESC")),
    )

    entity_type: Mapped[EntityType] = mapped_column()
    action: Mapped[ActivityAction] = mapped_column()
    user_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
    entity_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
    old_values: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    new_values: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    ip_address: Mapped[str | None] = mapped_column(sa.String(45), default=None)
    request_id: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
