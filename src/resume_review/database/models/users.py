"""People who sign in, and the sessions they hold."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from resume_review.core.clock import utc_now
from resume_review.database.base import Base, Identified, Timestamped, not_negative
from resume_review.database.enums import SessionStatus, UserRole


class User(Identified, Timestamped, Base):
    """An account. It is switched off, not deleted, once it has done work: its name stays on that work."""

    __tablename__ = "users"
    __table_args__ = (
        # One spelling per address, without an extension for case-insensitive text.
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
        not_negative("failed_login_attempts"),
        sa.Index("ix_users_created_at", sa.text("created_at DESC")),
    )

    email: Mapped[str] = mapped_column(sa.String(320), unique=True)
    password_hash: Mapped[str] = mapped_column(sa.String(255))
    first_name: Mapped[str] = mapped_column(sa.String(100))
    last_name: Mapped[str] = mapped_column(sa.String(100))
    role: Mapped[UserRole] = mapped_column(default=UserRole.JUNIOR_RECRUITER)
    is_active: Mapped[bool] = mapped_column(default=True)
    email_verified: Mapped[bool] = mapped_column(default=False)
    force_password_change: Mapped[bool] = mapped_column(default=False)
    last_login_at: Mapped[datetime | None] = mapped_column(default=None)
    password_changed_at: Mapped[datetime | None] = mapped_column(default=None)
    failed_login_attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(default=None)


class RefreshToken(Identified, Base):
    """One refresh token of a session, kept as a hash.

    Every rotation adds a row to the same family and sets `rotated_at` and `replaced_by_id` on the old one, so that
    a second use of the old one is seen. `session_id` is what the user sees and revokes; it outlives rotations.
    """

    __tablename__ = "refresh_tokens"
    __table_args__ = (
        sa.CheckConstraint("expires_at > created_at", name="expires_after_creation"),
        sa.Index("ix_refresh_tokens_user_id_status", "user_id", "status"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    family_id: Mapped[uuid.UUID] = mapped_column(index=True)
    session_id: Mapped[uuid.UUID] = mapped_column(index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[SessionStatus] = mapped_column(default=SessionStatus.ACTIVE)
    device_info: Mapped[str | None] = mapped_column(sa.String(255), default=None)
    ip_address: Mapped[str | None] = mapped_column(sa.String(45), default=None)
    rotated_at: Mapped[datetime | None] = mapped_column(default=None)
    replaced_by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("refresh_tokens.id", ondelete="SET NULL"), index=True, default=None
    )
    created_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
    last_used_at: Mapped[datetime | None] = mapped_column(default=None)

    user: Mapped[User] = relationship(init=False, lazy="raise")
