"""What is left after a person was erased: enough to erase them again, nothing that says who it was."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from resume_review.core.clock import utc_now
from resume_review.database.base import Base, Identified


class Erasure(Identified, Base):
    """A tombstone: a restored backup that still holds the candidate is erased again by it.

    The address is kept as a hash only, and so are the files; ids are no foreign keys, since what they named is gone.
    """

    __tablename__ = "erasures"
    __table_args__ = (
        sa.CheckConstraint("email_hash ~ '^[0-9a-f]{64}$'", name="email_hash_sha256"),
        sa.Index("ix_erasures_erased_at", sa.text("erased_at DESC")),
    )

    candidate_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    erased_by_user_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
    email_hash: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    file_hashes: Mapped[list[str]] = mapped_column(ARRAY(sa.String(64)), default_factory=list)
    erased_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)


class FileDeletion(Identified, Base):
    """A stored file whose row is gone; the row here stays until the file is gone too."""

    __tablename__ = "file_deletions"

    storage_key: Mapped[str] = mapped_column(sa.String(255), unique=True)
    created_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
