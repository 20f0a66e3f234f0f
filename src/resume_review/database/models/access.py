"""Ways in beside a password: invitations to open an account, and keys for programs."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from resume_review.core.clock import utc_now
from resume_review.database.base import Base, Identified
from resume_review.database.enums import ApiKeyScope, UserRole

SCOPE_LENGTH = 32


class Invitation(Identified, Base):
    """An account that somebody may open once, with the role given here; the link's token is kept as a hash."""

    __tablename__ = "invitations"
    __table_args__ = (
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
        sa.CheckConstraint("expires_at > created_at", name="expires_after_creation"),
        sa.CheckConstraint("accepted_at IS NULL OR revoked_at IS NULL", name="ended_once"),
        sa.CheckConstraint("token_hash ~ '^[0-9a-f]{64}$'", name="token_hash_sha256"),
        sa.Index(
            "uq_invitations_open_email",
            "email",
            unique=True,
            postgresql_where=sa.text("accepted_at IS NULL AND revoked_at IS NULL"),
        ),
        sa.Index("ix_invitations_created_at", sa.text("created_at DESC")),
        sa.Index("ix_invitations_invited_by_user_id", "invited_by_user_id"),
        sa.Index("ix_invitations_accepted_user_id", "accepted_user_id"),
    )

    email: Mapped[str] = mapped_column(sa.String(320))
    role: Mapped[UserRole] = mapped_column()
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    invited_by_user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column()
    first_name: Mapped[str | None] = mapped_column(sa.String(100), default=None)
    last_name: Mapped[str | None] = mapped_column(sa.String(100), default=None)
    accepted_user_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("users.id", ondelete="SET NULL"), default=None
    )
    accepted_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)


class ApiKey(Identified, Base):
    """A program's way in for one user; 256 random bits, kept as a hash, of which `hint` shows the first characters."""

    __tablename__ = "api_keys"
    __table_args__ = (
        sa.CheckConstraint("expires_at > created_at", name="expires_after_creation"),
        sa.CheckConstraint("key_hash ~ '^[0-9a-f]{64}$'", name="key_hash_sha256"),
        sa.Index("ix_api_keys_user_id_created_at", "user_id", sa.text("created_at DESC")),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(100))
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    hint: Mapped[str] = mapped_column(sa.String(16))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(sa.String(SCOPE_LENGTH)))
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    last_used_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)

    def allows(self, scope: ApiKeyScope) -> bool:
        """Whether the key was made for this."""
        return scope.value in self.scopes
