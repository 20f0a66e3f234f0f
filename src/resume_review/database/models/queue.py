"""What the platform keeps beside the queue's own tables."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resume_review.core.clock import utc_now
from resume_review.database.base import Base


class JobFailure(Base):
    """Why a job was given up; the queue itself keeps only that it was.

    No foreign key: the tables of the queue belong to Procrastinate. What is left of deleted jobs is purged.
    """

    __tablename__ = "job_failures"

    job_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(sa.String(300))
    failed_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)


class MaintenanceRun(Base):
    """The last run of a chore; the row is also the claim on it."""

    __tablename__ = "maintenance_runs"

    name: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    started_at: Mapped[datetime] = mapped_column()
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    fault: Mapped[str | None] = mapped_column(sa.String(100), default=None)
