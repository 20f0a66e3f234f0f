"""Running rollouts."""

import secrets
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import EngineFacts
from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction, RolloutMode, RolloutStatus
from resume_review.database.models import Rollout, User
from resume_review.features.experiments.assignment import CONTROL, SALT_BYTES, SHADOW, TREATMENT
from resume_review.features.experiments.errors import (
    KeyTakenError,
    RolloutActiveError,
    RolloutInactiveError,
    RolloutNotFoundError,
    RolloutUnderWayError,
    StageSkippedError,
)
from resume_review.features.experiments.models import require_known
from resume_review.features.experiments.outcomes import OutcomeRepository
from resume_review.features.experiments.repository import ExperimentRepository
from resume_review.features.experiments.results import arm_results
from resume_review.features.experiments.schemas import STAGES, RolloutCreate, RolloutQuery, RolloutResults
from resume_review.features.experiments.trail import Trail
from resume_review.infrastructure.http import ClientInfo


class RolloutService:
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

    async def page(self, query: RolloutQuery) -> tuple[Sequence[Rollout], int]:
        """One page, newest first, and how many there are."""
        offset = (query.page - 1) * query.page_size
        return await self._rows.rollouts(query.status, limit=query.page_size, offset=offset)

    async def create(self, body: RolloutCreate) -> Rollout:
        """Add one at 0 %.

        Raises:
            UnknownModelError: The workers cannot ask its model.
            KeyTakenError: Something else has its key.
        """
        require_known([body.change.model], self._engine)
        if await self._rows.key_taken(body.key):
            raise KeyTakenError
        rollout = Rollout(
            salt=secrets.token_hex(SALT_BYTES),
            updated_by=self._admin.id,
            **body.model_dump(exclude={"change"}),
            change=body.change.model_dump(),
        )
        try:
            await self._rows.add(rollout)
        except IntegrityError:  # two requests with one key at once; the unique index decides
            raise KeyTakenError from None
        self._trail.write(ActivityAction.CREATE, rollout, new=body.model_dump(mode="json"))
        return rollout

    async def get(self, rollout_id: uuid.UUID) -> Rollout:
        """One rollout.

        Raises:
            RolloutNotFoundError: No such rollout.
        """
        rollout = await self._rows.rollout(rollout_id)
        if rollout is None:
            raise RolloutNotFoundError
        return rollout

    async def set_stage(self, rollout_id: uuid.UUID, percentage: int) -> Rollout:
        """Give the change to more units, one stage further, or to fewer.

        Raises:
            RolloutNotFoundError: No such rollout.
            RolloutInactiveError: It is paused or rolled back.
            StageSkippedError: There are stages between.
            RolloutUnderWayError: Another one is, and both could not be told apart.
        """
        rollout = await self.get(rollout_id)
        if rollout.status is not RolloutStatus.ACTIVE:
            raise RolloutInactiveError
        before = rollout.percentage
        if percentage > next((stage for stage in STAGES if stage > before), before):
            raise StageSkippedError
        if percentage:
            await self._alone(rollout)
        rollout.percentage = Decimal(percentage)
        await self._changed(
            rollout, ActivityAction.UPDATE, old={"percentage": str(before)}, new={"percentage": percentage}
        )
        return rollout

    async def pause(self, rollout_id: uuid.UUID) -> Rollout:
        """Nobody gets the change until it is restarted.

        Raises:
            RolloutNotFoundError: No such rollout.
            RolloutInactiveError: It is paused or rolled back already.
        """
        rollout = await self.get(rollout_id)
        if rollout.status is not RolloutStatus.ACTIVE:
            raise RolloutInactiveError
        rollout.status = RolloutStatus.PAUSED
        await self._changed(rollout, ActivityAction.STOP)
        return rollout

    async def restart(self, rollout_id: uuid.UUID) -> Rollout:
        """Let it count again: a paused one where it was, one that was rolled back at 0 %.

        Raises:
            RolloutNotFoundError: No such rollout.
            RolloutActiveError: It is active.
            RolloutUnderWayError: Another one is, and both could not be told apart.
        """
        rollout = await self.get(rollout_id)
        if rollout.status is RolloutStatus.ACTIVE:
            raise RolloutActiveError
        if rollout.percentage > 0:
            await self._alone(rollout)
        before = rollout.status
        rollout.status, rollout.restarted_at = RolloutStatus.ACTIVE, utc_now()
        await self._changed(rollout, ActivityAction.START, old={"status": before.value})
        return rollout

    async def results(self, rollout_id: uuid.UUID) -> RolloutResults:
        """Reviews with the change and without it.

        Raises:
            RolloutNotFoundError: No such rollout.
        """
        rollout = await self.get(rollout_id)
        arms = (CONTROL, SHADOW if rollout.mode is RolloutMode.SHADOW else TREATMENT)
        results = await arm_results(OutcomeRepository(self._session), rollout.key, arms)
        return RolloutResults(key=rollout.key, mode=rollout.mode, arms=results)

    async def _alone(self, rollout: Rollout) -> None:
        if await self._rows.other_under_way(rollout):
            raise RolloutUnderWayError

    async def _changed(
        self,
        rollout: Rollout,
        action: ActivityAction,
        *,
        old: dict[str, Any] | None = None,
        new: dict[str, Any] | None = None,
    ) -> None:
        rollout.updated_by = self._admin.id
        try:
            await self._session.flush()
        except IntegrityError:  # another one got under way at this moment; the unique index decides
            raise RolloutUnderWayError from None
        self._trail.write(action, rollout, old=old, new=new)
