"""Running experiments."""

import secrets
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import EngineFacts
from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction, ExperimentStatus, RolloutStatus
from resume_review.database.models import Experiment, User
from resume_review.features.experiments.assignment import SALT_BYTES, arms_of
from resume_review.features.experiments.errors import (
    ExperimentNotFoundError,
    KeyTakenError,
    NotADraftError,
    NotRunningError,
    SampleRatioError,
)
from resume_review.features.experiments.models import require_known
from resume_review.features.experiments.outcomes import OutcomeRepository
from resume_review.features.experiments.repository import ExperimentRepository
from resume_review.features.experiments.results import arm_results
from resume_review.features.experiments.schemas import (
    ExperimentDraft,
    ExperimentQuery,
    ExperimentResults,
    StoppedAll,
)
from resume_review.features.experiments.statistics import sample_ratio_p
from resume_review.features.experiments.trail import Trail
from resume_review.infrastructure.http import ClientInfo

UNLIKELY = 0.001
"""Below this chance of arms as unequal as they are, something else than chance divides the units."""


class ExperimentService:
    """Works in the given session for one administrator and commits nothing."""

    def __init__(
        self, session: AsyncSession, admin: User, *, engine: EngineFacts, client: ClientInfo
    ) -> None:
        """`engine` is what the workers judge with."""
        self._engine = engine
        self._session = session
        self._admin = admin
        self._trail = Trail(session, admin, client)
        self._rows = ExperimentRepository(session)

    async def page(self, query: ExperimentQuery) -> tuple[Sequence[Experiment], int]:
        """One page, newest first, and how many there are."""
        offset = (query.page - 1) * query.page_size
        return await self._rows.experiments(query.status, limit=query.page_size, offset=offset)

    async def create(self, body: ExperimentDraft) -> Experiment:
        """Add a draft.

        Raises:
            UnknownModelError: The workers cannot ask an arm's model.
            KeyTakenError: Something else has its key.
        """
        require_known((arm.model for arm in body.arms), self._engine)
        if await self._rows.key_taken(body.key):
            raise KeyTakenError
        experiment = Experiment(
            salt=secrets.token_hex(SALT_BYTES), created_by=self._admin.id, **_columns(body)
        )
        try:
            await self._rows.add(experiment)
        except IntegrityError:  # two requests with one key at once; the unique index decides
            raise KeyTakenError from None
        self._trail.write(ActivityAction.CREATE, experiment, new=body.model_dump(mode="json"))
        return experiment

    async def get(self, experiment_id: uuid.UUID) -> Experiment:
        """One experiment.

        Raises:
            ExperimentNotFoundError: No such experiment.
        """
        experiment = await self._rows.experiment(experiment_id)
        if experiment is None:
            raise ExperimentNotFoundError
        return experiment

    async def replace(self, experiment_id: uuid.UUID, body: ExperimentDraft) -> Experiment:
        """Write a draft anew.

        Raises:
            ExperimentNotFoundError: No such experiment.
            NotADraftError: It was started; other arms would falsify it.
            UnknownModelError: The workers cannot ask an arm's model.
            KeyTakenError: Something else has its key.
        """
        require_known((arm.model for arm in body.arms), self._engine)
        experiment = await self._draft(experiment_id)
        if body.key != experiment.key and await self._rows.key_taken(body.key):
            raise KeyTakenError
        columns = _columns(body)
        old = {name: _plain(getattr(experiment, name)) for name in columns}
        for name, value in columns.items():
            setattr(experiment, name, value)
        try:
            await self._session.flush()
        except IntegrityError:  # another request took the key at this moment
            raise KeyTakenError from None
        self._trail.write(ActivityAction.UPDATE, experiment, old=old, new=body.model_dump(mode="json"))
        return experiment

    async def delete(self, experiment_id: uuid.UUID) -> None:
        """Remove a draft.

        Raises:
            ExperimentNotFoundError: No such experiment.
            NotADraftError: It was started, and its results are kept.
        """
        experiment = await self._draft(experiment_id)
        self._trail.write(ActivityAction.DELETE, experiment)
        await self._rows.delete(experiment)

    async def start(self, experiment_id: uuid.UUID) -> Experiment:
        """From the next review on, units are assigned.

        Raises:
            ExperimentNotFoundError: No such experiment.
            NotADraftError: It was started before.
        """
        experiment = await self._draft(experiment_id)
        experiment.status, experiment.started_at = ExperimentStatus.RUNNING, utc_now()
        await self._session.flush()
        self._trail.write(ActivityAction.START, experiment)
        return experiment

    async def stop(self, experiment_id: uuid.UUID) -> Experiment:
        """End it for good; its results stay.

        Raises:
            ExperimentNotFoundError: No such experiment.
            NotRunningError: It does not run.
        """
        experiment = await self.get(experiment_id)
        if experiment.status is not ExperimentStatus.RUNNING:
            raise NotRunningError
        self._stop(experiment)
        await self._session.flush()
        return experiment

    async def stop_all(self) -> StoppedAll:
        """End every experiment and pause every rollout: from the next review on, everybody gets what is in use."""
        experiments, rollouts = await self._rows.locked_running()
        for experiment in experiments:
            self._stop(experiment)
        for rollout in rollouts:
            rollout.status, rollout.updated_by = RolloutStatus.PAUSED, self._admin.id
            self._trail.write(ActivityAction.STOP, rollout, new={"percentage": str(rollout.percentage)})
        await self._session.flush()
        return StoppedAll(
            experiments=[experiment.key for experiment in experiments],
            rollouts=[rollout.key for rollout in rollouts],
        )

    async def results(self, experiment_id: uuid.UUID) -> ExperimentResults:
        """The arms side by side.

        Raises:
            ExperimentNotFoundError: No such experiment.
            SampleRatioError: The arms cannot be compared.
        """
        experiment = await self.get(experiment_id)
        arms = arms_of(experiment)
        results = await arm_results(
            OutcomeRepository(self._session), experiment.key, [arm.name for arm in arms]
        )
        p = sample_ratio_p([result.units for result in results], [arm.weight for arm in arms])
        if p < UNLIKELY:
            seen = ", ".join(f"{result.arm} {result.units}" for result in results)
            due = ":".join(str(arm.weight) for arm in arms)
            raise SampleRatioError(f"{SampleRatioError.message} Units: {seen}; weights {due}; p = {p:.2g}.")
        return ExperimentResults(
            key=experiment.key,
            metric=experiment.metric,
            status=experiment.status,
            sample_ratio_p=p,
            arms=results,
        )

    async def _draft(self, experiment_id: uuid.UUID) -> Experiment:
        experiment = await self.get(experiment_id)
        if experiment.status is not ExperimentStatus.DRAFT:
            raise NotADraftError
        return experiment

    def _stop(self, experiment: Experiment) -> None:
        experiment.status, experiment.stopped_at = ExperimentStatus.STOPPED, utc_now()
        self._trail.write(ActivityAction.STOP, experiment)


def _columns(body: ExperimentDraft) -> dict[str, Any]:
    return {
        "key": body.key,
        "description": body.description,
        "unit": body.unit,
        "metric": body.metric.value,
        "traffic": body.traffic,
        "arms": [arm.model_dump() for arm in body.arms],
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value
