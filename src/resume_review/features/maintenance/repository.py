"""Deletes what has no use any more."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import ExperimentStatus, UsagePurpose
from resume_review.database.models import (
    Experiment,
    ExperimentExposure,
    ExperimentOutcome,
    Invitation,
    ModelSpend,
    PromptTrial,
    PromptUsage,
    RefreshToken,
)

_DELETE_JOBS = text("""
    DELETE FROM procrastinate_jobs AS job
    WHERE job.status = ANY(CAST(:statuses AS procrastinate_job_status[]))
      AND (SELECT max(event.at) FROM procrastinate_events AS event WHERE event.job_id = job.id)
          < now() - make_interval(secs => :age)
""")
_DELETE_REASONS = text("""
    DELETE FROM job_failures AS failure
    WHERE NOT EXISTS (SELECT FROM procrastinate_jobs AS job WHERE job.id = failure.job_id)
""")


class PurgeRepository:
    """Deletes rows; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def expired_sign_ins(self, before: datetime) -> None:
        """Refresh tokens and invitations that ended before this time."""
        await self._session.execute(delete(RefreshToken).where(RefreshToken.expires_at < before))
        ended = or_(
            Invitation.accepted_at < before, Invitation.revoked_at < before, Invitation.expires_at < before
        )
        await self._session.execute(delete(Invitation).where(ended))

    async def jobs(self, *, failed_for: timedelta, stopped_for: timedelta) -> None:
        """Failed jobs, cancelled ones and the reasons of jobs that are gone."""
        for statuses, age in ((["failed"], failed_for), (["aborted", "cancelled", "succeeded"], stopped_for)):
            await self._session.execute(_DELETE_JOBS, {"statuses": statuses, "age": age.total_seconds()})
        await self._session.execute(_DELETE_REASONS)

    async def prompt_trials(self, before: datetime) -> None:
        """Trials that began before this time, with what they quote of resumes."""
        await self._session.execute(delete(PromptTrial).where(PromptTrial.created_at < before))

    async def spending(self, before: datetime) -> None:
        """What was spent before this day (UTC), and the calls of trials, which go with no review."""
        await self._session.execute(delete(ModelSpend).where(ModelSpend.day < before.date()))
        await self._session.execute(
            delete(PromptUsage).where(PromptUsage.purpose == UsagePurpose.TRIAL, PromptUsage.used_at < before)
        )

    async def outcomes(self, before: datetime) -> None:
        """Who met which arm before this time and what came of it, unless an experiment may still be read."""
        in_use = select(Experiment.key).where(
            or_(Experiment.status == ExperimentStatus.RUNNING, Experiment.stopped_at >= before)
        )
        for table in (ExperimentExposure, ExperimentOutcome):
            await self._session.execute(
                delete(table).where(table.at < before, table.variant_key.not_in(in_use))
            )
