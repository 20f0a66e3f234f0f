"""What runs now and how it fares, for those who watch the platform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.enums import RolloutMode, RolloutStatus
from resume_review.database.models import Experiment, ExperimentOutcome, Rollout
from resume_review.features.experiments.guard import WINDOW, Tally
from resume_review.features.experiments.repository import ExperimentRepository

LATELY = timedelta(days=1)
MOST_ARMS = 100


@dataclass(frozen=True)
class Stage:
    """A rollout under way and its share (0-100) of units."""

    key: str
    mode: RolloutMode
    percentage: Decimal


@dataclass(frozen=True)
class Trials:
    """Rollouts under way, each arm's outcomes within the guard's window by key and arm, and what was taken back lately."""

    stages: Sequence[Stage]
    arms: Mapping[tuple[str, str], Tally]
    taken_back: int


async def running_trials(session: AsyncSession) -> Trials:
    """All that is tried at this moment."""
    now = utc_now()
    running = await ExperimentRepository(session).running()
    rollouts = [rollout for rollout in (running.live, running.shadow) if rollout is not None]
    keys = [row.key for row in (*running.experiments, *rollouts)]
    return Trials(
        stages=[Stage(rollout.key, rollout.mode, rollout.percentage) for rollout in rollouts],
        arms=await _arms(session, keys, since=now - WINDOW) if keys else {},
        taken_back=await _taken_back(session, since=now - LATELY),
    )


async def _arms(
    session: AsyncSession, keys: Sequence[str], *, since: datetime
) -> Mapping[tuple[str, str], Tally]:
    row = ExperimentOutcome
    statement = (
        select(row.variant_key, row.arm, func.count(), func.count().filter(row.ok.is_(False)))
        .where(row.variant_key.in_(keys), row.at >= since)
        .group_by(row.variant_key, row.arm)
        .order_by(row.variant_key, row.arm)
        .limit(MOST_ARMS)
    )
    found = (await session.execute(statement)).all()
    return {(key, arm): Tally(reviews, errors) for key, arm, reviews, errors in found}


async def _taken_back(session: AsyncSession, *, since: datetime) -> int:
    """How many the guard stopped since then; only it gives a reason for experiments."""
    stopped = union_all(
        select(Rollout.id).where(
            Rollout.status == RolloutStatus.ROLLED_BACK, Rollout.rolled_back_at >= since
        ),
        select(Experiment.id).where(Experiment.stop_reason.is_not(None), Experiment.stopped_at >= since),
    ).subquery()
    return await session.scalar(select(func.count()).select_from(stopped)) or 0
