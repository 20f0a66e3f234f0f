"""People whose resumes are reviewed, and who may work with them."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from resume_review.core.clock import utc_now
from resume_review.core.folding import fold, grams
from resume_review.database.base import Base, Identified, Timestamped, between
from resume_review.database.enums import AssignmentType, CandidateStatus
from resume_review.database.models.users import User


class Candidate(Identified, Timestamped, Base):
    """A person; deleting the row erases their resumes, reviews and assignments with it.

    `search_text` and `search_grams` follow from the other columns at every write; nobody else sets them.
    """

    __tablename__ = "candidates"
    __table_args__ = (
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
        between("years_experience", 0, 50),
        sa.Index("ix_candidates_status_created_at", "status", sa.text("created_at DESC")),
        sa.Index("ix_candidates_created_by_user_id", "created_by_user_id"),
        sa.Index("ix_candidates_created_at_id", sa.text("created_at DESC"), sa.text("id DESC")),
        sa.Index("ix_candidates_last_name_first_name_id", "last_name", "first_name", "id"),
        sa.Index("ix_candidates_search_grams", "search_grams", postgresql_using="gin"),
        sa.Index("ix_candidates_unsearchable", "id", postgresql_where=sa.text("search_text IS NULL")),
    )

    first_name: Mapped[str] = mapped_column(sa.String(100))
    last_name: Mapped[str] = mapped_column(sa.String(100))
    created_by_user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="RESTRICT"))
    email: Mapped[str | None] = mapped_column(sa.String(320), unique=True, default=None)
    phone: Mapped[str | None] = mapped_column(sa.String(50), default=None)
    current_company: Mapped[str | None] = mapped_column(sa.String(255), default=None)
    current_position: Mapped[str | None] = mapped_column(sa.String(255), default=None)
    years_experience: Mapped[int | None] = mapped_column(sa.SmallInteger, default=None)
    status: Mapped[CandidateStatus] = mapped_column(default=CandidateStatus.ACTIVE)
    search_text: Mapped[str | None] = mapped_column(
        sa.Text, init=False, default=None, deferred=True, deferred_raiseload=True, sort_order=1
    )
    search_grams: Mapped[list[str] | None] = mapped_column(
        ARRAY(sa.Text), init=False, default=None, deferred=True, deferred_raiseload=True, sort_order=1
    )

    created_by: Mapped[User] = relationship(init=False, lazy="raise")
    assignments: Mapped[list["UserCandidateAssignment"]] = relationship(
        init=False, lazy="raise", back_populates="candidate", passive_deletes=True
    )

    def make_searchable(self) -> None:
        """Write down what a search looks through: the name in both orders, address and company."""
        names = (self.first_name, self.last_name, self.last_name + self.first_name)
        text = fold(" ".join([*names, self.email or "", self.current_company or ""]))
        self.search_text, self.search_grams = text, sorted(grams(text))


@event.listens_for(Candidate, "before_insert")
@event.listens_for(Candidate, "before_update")
def _write_search_columns(
    _mapper: Mapper[Candidate], _connection: sa.Connection, candidate: Candidate
) -> None:
    candidate.make_searchable()


class UserCandidateAssignment(Identified, Base):
    """Who may work with a candidate, and who might before: ended assignments stay as history."""

    __tablename__ = "user_candidate_assignments"
    __table_args__ = (
        sa.CheckConstraint("is_active = (unassigned_at IS NULL)", name="ended_when_inactive"),
        sa.Index(
            "uq_user_candidate_assignments_active",
            "user_id",
            "candidate_id",
            unique=True,
            postgresql_where=sa.text("is_active"),
        ),
        sa.Index("ix_user_candidate_assignments_candidate_id", "candidate_id"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    candidate_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("candidates.id", ondelete="CASCADE"))
    assignment_type: Mapped[AssignmentType] = mapped_column(default=AssignmentType.PRIMARY)
    assigned_by_user_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("users.id", ondelete="SET NULL"), default=None
    )
    assigned_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
    unassigned_at: Mapped[datetime | None] = mapped_column(default=None)
    unassigned_reason: Mapped[str | None] = mapped_column(sa.String(255), default=None)
    is_active: Mapped[bool] = mapped_column(default=True)

    user: Mapped[User] = relationship(init=False, lazy="raise", foreign_keys=[user_id])
    assigned_by: Mapped[User | None] = relationship(
        init=False, lazy="raise", foreign_keys=[assigned_by_user_id]
    )
    candidate: Mapped[Candidate] = relationship(init=False, lazy="raise", back_populates="assignments")
