"""Uploaded files, what was read from them, and the parts they consist of."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from resume_review.core.clock import utc_now
from resume_review.database.base import Base, Identified, between, not_negative
from resume_review.database.enums import ResumeStatus, ScanStatus
from resume_review.database.models.candidates import Candidate
from resume_review.database.models.users import User
from resume_review.documents.model import SectionType


class Resume(Identified, Base):
    """One version of a candidate's resume.

    `stored_filename` is the key in the file storage, `resumes/<uuid>`; versions of one candidate with the same content
    share it. `file_size` is in bytes; `document` is the whole `Document` as JSON and is loaded only when asked for
    (`undefer`), because it is large. `attempt_token` fences: a job may store what it read only while the token it
    claimed with is still here. `warnings` are what a person should know about the file.
    """

    __tablename__ = "resumes"
    __table_args__ = (
        sa.UniqueConstraint("candidate_id", "version_number"),
        sa.CheckConstraint("file_hash ~ '^[0-9a-f]{64}$'", name="file_hash_sha256"),
        sa.CheckConstraint("version_number >= 1", name="version_number_positive"),
        sa.CheckConstraint("status <> 'completed' OR extracted_text IS NOT NULL", name="completed_has_text"),
        sa.CheckConstraint("status <> 'error' OR error_code IS NOT NULL", name="error_has_code"),
        between("progress", 0, 100),
        not_negative("file_size"),
        not_negative("word_count"),
        not_negative("attempt"),
        sa.Index("ix_resumes_candidate_id_uploaded_at", "candidate_id", sa.text("uploaded_at DESC")),
        sa.Index(
            "ix_resumes_uploaded_by_user_id_uploaded_at", "uploaded_by_user_id", sa.text("uploaded_at DESC")
        ),
        sa.Index("ix_resumes_file_hash", "file_hash"),
        sa.Index("ix_resumes_stored_filename", "stored_filename"),
        sa.Index(
            "ix_resumes_unfinished",
            "uploaded_at",
            postgresql_where=sa.text("status IN ('pending', 'processing')"),
        ),
        sa.Index("ix_resumes_not_scanned", "id", postgresql_where=sa.text("scan_status = 'not_scanned'")),
    )

    candidate_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("candidates.id", ondelete="CASCADE"))
    uploaded_by_user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="RESTRICT"))
    original_filename: Mapped[str] = mapped_column(sa.String(255))
    stored_filename: Mapped[str] = mapped_column(sa.String(255))
    file_hash: Mapped[str] = mapped_column(sa.String(64))
    file_size: Mapped[int] = mapped_column(sa.BigInteger)
    mime_type: Mapped[str] = mapped_column(sa.String(127))
    version_number: Mapped[int] = mapped_column()
    status: Mapped[ResumeStatus] = mapped_column(default=ResumeStatus.PENDING)
    progress: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    error_code: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    error_message: Mapped[str | None] = mapped_column(sa.Text, default=None)
    scan_status: Mapped[ScanStatus] = mapped_column(default=ScanStatus.NOT_SCANNED)
    extracted_text: Mapped[str | None] = mapped_column(sa.Text, default=None)
    word_count: Mapped[int | None] = mapped_column(default=None)
    page_count: Mapped[int | None] = mapped_column(default=None)
    language: Mapped[str | None] = mapped_column(sa.String(8), default=None)
    document: Mapped[dict[str, Any] | None] = mapped_column(
        default=None, deferred=True, deferred_raiseload=True
    )
    uploaded_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
    processed_at: Mapped[datetime | None] = mapped_column(default=None)
    attempt: Mapped[int] = mapped_column(sa.SmallInteger, default=0, server_default=sa.text("0"))
    attempt_token: Mapped[uuid.UUID | None] = mapped_column(default=None)
    warnings: Mapped[list[dict[str, Any]] | None] = mapped_column(default=None)

    candidate: Mapped[Candidate] = relationship(init=False, lazy="raise")
    uploaded_by: Mapped[User] = relationship(init=False, lazy="raise")
    sections: Mapped[list["ResumeSection"]] = relationship(
        init=False,
        lazy="raise",
        back_populates="resume",
        passive_deletes=True,
        order_by=lambda: ResumeSection.sequence_order,
    )


class ResumeSection(Identified, Base):
    """A part of a resume; positions are half-open character offsets into `Document.text`, pages count from 1."""

    __tablename__ = "resume_sections"
    __table_args__ = (
        sa.UniqueConstraint("resume_id", "sequence_order"),
        sa.CheckConstraint("start_position <= end_position", name="position_order"),
        sa.CheckConstraint("start_page <= end_page", name="page_order"),
        not_negative("start_position"),
        not_negative("sequence_order"),
    )

    resume_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("resumes.id", ondelete="CASCADE"))
    section_type: Mapped[SectionType] = mapped_column()
    content: Mapped[str] = mapped_column(sa.Text)
    sequence_order: Mapped[int] = mapped_column()
    section_title: Mapped[str | None] = mapped_column(sa.Text, default=None)
    start_page: Mapped[int | None] = mapped_column(default=None)
    end_page: Mapped[int | None] = mapped_column(default=None)
    start_position: Mapped[int | None] = mapped_column(default=None)
    end_position: Mapped[int | None] = mapped_column(default=None)
    section_metadata: Mapped[dict[str, Any] | None] = mapped_column(default=None)

    resume: Mapped[Resume] = relationship(init=False, lazy="raise", back_populates="sections")
