"""Rows of experiments and rollouts."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.enums import ExperimentStatus, RolloutMode, RolloutStatus
from resume_review.database.models import Experiment, ExperimentExposure, Rollout
from resume_review.features.experiments.assignment import Assignment

_UNDER_WAY = (Rollout.status == RolloutStatus.ACTIVE, Rollout.percentage > 0)


@dataclass(frozen=True)
class Running:
    """What counts now: experiments from the oldest on, and the rollouts under way."""

    experiments: Sequence[Experiment]
    live: Rollout | None
    shadow: Rollout | None


class ExperimentRepository:
    """Reads and writes experiments and rollouts; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: Experiment | Rollout) -> None:
        """Store a new one."""
        self._session.add(row)
        await self._session.flush()

    async def delete(self, experiment: Experiment) -> None:
        """Remove an experiment that nobody has met."""
        await self._session.delete(experiment)
        await self._session.flush()

    async def key_taken(self, key: str) -> bool:
        """Whether an experiment or a rollout has this key."""
        statement = select(
            exists().where(Experiment.key == key)
            | exists().where(Rollout.key == key)  # one name for outcomes
        )
        return bool(await self._session.scalar(statement))

    async def experiments(
        self, status: ExperimentStatus | None, *, limit: int, offset: int
    ) -> tuple[Sequence[Experiment], int]:
        """One page, newest first, and how many there are."""
        conditions = [] if status is None else [Experiment.status == status]
        page = (
            select(Experiment)
            .where(*conditions)
            .order_by(Experiment.created_at.desc(), Experiment.id.desc())
            .limit(limit)
            .offset(offset)
        )
        total = await self._session.scalar(select(func.count(Experiment.id)).where(*conditions))
        return (await self._session.scalars(page)).all(), total or 0

    async def rollouts(
        self, status: RolloutStatus | None, *, limit: int, offset: int
    ) -> tuple[Sequence[Rollout], int]:
        """One page, newest first, and how many there are."""
        conditions = [] if status is None else [Rollout.status == status]
        page = (
            select(Rollout)
            .where(*conditions)
            .order_by(Rollout.created_at.desc(), Rollout.id.desc())
            .limit(limit)
            .offset(offset)
        )
        total = await self._session.scalar(select(func.count(Rollout.id)).where(*conditions))
        return (await self._session.scalars(page)).all(), total or 0

    async def experiment(self, experiment_id: uuid.UUID) -> Experiment | None:
        """One of them, locked for a change."""
        statement = select(Experiment).where(Experiment.id == experiment_id).with_for_update()
        return await self._session.scalar(statement)

    async def rollout(self, rollout_id: uuid.UUID) -> Rollout | None:
        """One of them, locked for a change."""
        return await self._session.scalar(select(Rollout).where(Rollout.id == rollout_id).with_for_update())

    async def other_under_way(self, rollout: Rollout) -> bool:
        """Whether another rollout of the same mode is under way."""
        statement = select(
            exists().where(*_UNDER_WAY, Rollout.mode == rollout.mode, Rollout.id != rollout.id)
        )
        return bool(await self._session.scalar(statement))

    async def running(self) -> Running:
        """All that counts now, read afresh, so that what one process stops is stopped for all."""
        experiments = (await self._session.scalars(_running_experiments())).all()
        rollouts = (await self._session.scalars(select(Rollout).where(*_UNDER_WAY))).all()
        by_mode = {rollout.mode: rollout for rollout in rollouts}
        return Running(experiments, by_mode.get(RolloutMode.LIVE), by_mode.get(RolloutMode.SHADOW))

    async def locked_running(self) -> tuple[Sequence[Experiment], Sequence[Rollout]]:
        """Every running experiment and every active rollout, also at 0 %, locked to be stopped."""
        experiments = (await self._session.scalars(_running_experiments().with_for_update())).all()
        active = (
            select(Rollout)
            .where(Rollout.status == RolloutStatus.ACTIVE)
            .order_by(Rollout.id)
            .with_for_update()
        )
        return experiments, (await self._session.scalars(active)).all()

    async def guarded(self, key: str) -> Experiment | Rollout | None:
        """The running experiment or rollout of this key, locked to be taken back."""
        experiment = _running_experiments().where(Experiment.key == key).with_for_update()
        found = await self._session.scalar(experiment)
        if found is not None:
            return found
        return await self._session.scalar(
            select(Rollout).where(*_UNDER_WAY, Rollout.key == key).with_for_update()
        )

    async def expose(self, assignment: Assignment) -> None:
        """Log that a unit meets an arm, unless that is known."""
        variant = assignment.variant
        statement = insert(ExperimentExposure).values(
            variant_key=variant.key, unit_hash=assignment.unit_hash, arm=variant.arm, at=utc_now()
        )
        await self._session.execute(statement.on_conflict_do_nothing())


def _running_experiments():  # noqa: ANN202 - SQLAlchemy's own type says no more
    return (
        select(Experiment)
        .where(Experiment.status == ExperimentStatus.RUNNING)
        .order_by(Experiment.started_at, Experiment.id)
    )
