"""Files that were uploaded together, and what became of each."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from resume_review.core.clock import utc_now
from resume_review.database.base import Base, Identified, not_negative
from resume_review.database.enums import BatchItemStatus, CandidateMatch, ScanStatus
from resume_review.database.models.users import User
from resume_review.rubric.model import ReviewType


class UploadBatch(Identified, Base):
    """A bulk upload; `auto` attaches certain matches without asking, the `review_` columns ask for a review of each."""

    __tablename__ = "upload_batches"
    __table_args__ = (
        sa.CheckConstraint("(review_industry IS NULL) = (review_type IS NULL)", name="review_whole"),
        sa.Index(
            "ix_upload_batches_created_by_user_id_created_at",
            "created_by_user_id",
            sa.text("created_at DESC"),
        ),
    )

    created_by_user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="RESTRICT"))
    auto: Mapped[bool] = mapped_column(default=False)
    review_industry: Mapped[str | None] = mapped_column(sa.String(50), default=None)
    review_language: Mapped[str | None] = mapped_column(sa.String(8), default=None)
    review_type: Mapped[ReviewType | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)

    created_by: Mapped[User] = relationship(init=False, lazy="raise")


class UploadBatchItem(Identified, Base):
    """One file of a bulk upload.

    `file_key` is null once nothing is kept of the file here: it was attached, refused or called off. `contact` and
    `document` are what was read, until the file is attached. `attempt_token` fences as it does for resumes.
    """

    __tablename__ = "upload_batch_items"
    __table_args__ = (
        sa.UniqueConstraint("batch_id", "position"),
        sa.CheckConstraint("file_hash ~ '^[0-9a-f]{64}$'", name="file_hash_sha256"),
        sa.CheckConstraint("status <> 'error' OR error_code IS NOT NULL", name="error_has_code"),
        not_negative("file_size"),
        not_negative("attempt"),
        sa.Index("ix_upload_batch_items_file_key", "file_key"),
        sa.Index("ix_upload_batch_items_candidate_id", "candidate_id"),
        sa.Index("ix_upload_batch_items_resume_id", "resume_id"),
        sa.Index("ix_upload_batch_items_review_id", "review_id"),
    )

    batch_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("upload_batches.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column()
    filename: Mapped[str] = mapped_column(sa.String(255))
    file_hash: Mapped[str] = mapped_column(sa.String(64))
    file_size: Mapped[int] = mapped_column(sa.BigInteger)
    file_key: Mapped[str | None] = mapped_column(sa.String(255), default=None)
    status: Mapped[BatchItemStatus] = mapped_column(default=BatchItemStatus.PENDING)
    match: Mapped[CandidateMatch | None] = mapped_column(default=None)
    candidate_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("candidates.id", ondelete="SET NULL"), default=None
    )
    resume_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("resumes.id", ondelete="SET NULL"), default=None
    )
    review_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("review_requests.id", ondelete="SET NULL"), default=None
    )
    error_code: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    error_message: Mapped[str | None] = mapped_column(sa.Text, default=None)
    attempt: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    attempt_token: Mapped[uuid.UUID | None] = mapped_column(default=None)
    contact: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    document: Mapped[dict[str, Any] | None] = mapped_column(
        default=None, deferred=True, deferred_raiseload=True
    )
    scan_status: Mapped[ScanStatus] = mapped_column(
        default=ScanStatus.NOT_SCANNED, server_default=ScanStatus.NOT_SCANNED.value, sort_order=1
    )
