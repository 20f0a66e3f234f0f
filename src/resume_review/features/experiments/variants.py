"""The ports by which reviews get their variant and tell what came of it."""

from datetime import datetime
from decimal import Decimal
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import Variant
from resume_review.core.clock import utc_now
from resume_review.database.enums import (
    ActivityAction,
    EntityType,
    ExperimentStatus,
    RolloutStatus,
)
from resume_review.database.models import Experiment, ReviewRequest, Rollout
from resume_review.database.session import driver_connection
from resume_review.features.audit import record_activity
from resume_review.features.experiments.assignment import CONTROL, arms_of, assign, shadowed
from resume_review.features.experiments.guard import WINDOW, Tally, harm
from resume_review.features.experiments.outcomes import OutcomeRepository, is_ok
from resume_review.features.experiments.repository import ExperimentRepository
from resume_review.infrastructure.queue import JobQueue, Priority
from resume_review.infrastructure.transactions import Transactions
from resume_review.rubric import Review, ReviewType

log = structlog.get_logger(__name__)

SHADOW_JOB = "experiments.shadow"


class VariantChooser(Protocol):
    """Says which variant a review gets."""

    async def choose(self, request: ReviewRequest) -> Variant | None:
        """The variant for this review; null where nothing is tried. The same review gets the same one."""
        ...


class OutcomeRecorder(Protocol):
    """Hears what came of every review."""

    async def record(
        self, request: ReviewRequest, variant: Variant | None, review: Review | None, *, elapsed_ms: int
    ) -> None:
        """Take note once the answer is stored; without a review the analysis failed for good."""
        ...


class Variants(VariantChooser, OutcomeRecorder, Protocol):
    """Both."""


class NoVariants:
    """Where no model is configured there is nothing to compare."""

    async def choose(self, request: ReviewRequest) -> Variant | None:
        """See `VariantChooser.choose`."""
        del request

    async def record(
        self, request: ReviewRequest, variant: Variant | None, review: Review | None, *, elapsed_ms: int
    ) -> None:
        """See `OutcomeRecorder.record`."""


class DatabaseVariants:
    """Reads what runs before every review, so that all processes agree without telling each other."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def choose(self, request: ReviewRequest) -> Variant | None:
        """See `VariantChooser.choose`; only full reviews take part, as others ask no model."""
        if request.review_type is not ReviewType.COMPREHENSIVE:
            return None
        async with self._transactions.transaction() as session:
            rows = ExperimentRepository(session)
            running = await rows.running()
            assignment = assign(request, running.experiments, running.live)
            if assignment is None:
                return None
            await rows.expose(assignment)
        return assignment.variant

    async def record(
        self, request: ReviewRequest, variant: Variant | None, review: Review | None, *, elapsed_ms: int
    ) -> None:
        """See `OutcomeRecorder.record`; a failure may take the variant back, a success may send a shadow."""
        if request.review_type is not ReviewType.COMPREHENSIVE:
            return
        async with self._transactions.transaction() as session:
            if variant is None:
                await _beside_shadow(session, request, review, elapsed_ms=elapsed_ms)
            else:
                await OutcomeRepository(session).add(
                    variant.key, variant.arm, request.id, review, elapsed_ms=elapsed_ms
                )
        if variant is not None and not is_ok(review):
            await self.guard(variant.key)

    async def guard(self, key: str) -> None:
        """Take a variant back if it does harm; in a transaction of its own, after the outcomes it must see."""
        async with self._transactions.transaction() as session:
            guarded = await ExperimentRepository(session).guarded(key)
            if guarded is None:
                return
            now = utc_now()
            tallies = await OutcomeRepository(session).tallies(key, since=_since(guarded, now))
            control = arms_of(guarded)[0].name if isinstance(guarded, Experiment) else CONTROL
            # The control is among them and never harmful, as it is not twice as bad as itself.
            reasons = [
                f"{arm}: {reason}"
                for arm, tally in sorted(tallies.items())
                if (reason := harm(tally, tallies.get(control, Tally())))
            ]
            if reasons:
                _roll_back(session, guarded, " ".join(reasons), now)


async def _beside_shadow(
    session: AsyncSession, request: ReviewRequest, review: Review | None, *, elapsed_ms: int
) -> None:
    """Have a shadow made of a finished review, if one is due, and count the review as what it is compared with."""
    shadow = (await ExperimentRepository(session).running()).shadow
    if shadow is None or review is None or not shadowed(request, shadow):
        return
    await OutcomeRepository(session).add(shadow.key, CONTROL, request.id, review, elapsed_ms=elapsed_ms)
    await JobQueue().enqueue(
        await driver_connection(session), SHADOW_JOB, subject=request.id, priority=Priority.BULK
    )


def _since(guarded: Experiment | Rollout, now: datetime) -> datetime:
    start = guarded.restarted_at if isinstance(guarded, Rollout) else guarded.started_at
    return max(now - WINDOW, start) if start else now - WINDOW


def _roll_back(session: AsyncSession, guarded: Experiment | Rollout, reason: str, now: datetime) -> None:
    if isinstance(guarded, Rollout):
        entity, before = EntityType.ROLLOUT, {"percentage": str(guarded.percentage)}
        guarded.percentage, guarded.status = Decimal(0), RolloutStatus.ROLLED_BACK
        guarded.rolled_back_at, guarded.rollback_reason = now, reason
    else:
        entity, before = EntityType.EXPERIMENT, {"status": guarded.status.value}
        guarded.status, guarded.stopped_at, guarded.stop_reason = ExperimentStatus.STOPPED, now, reason
    record_activity(
        session,
        ActivityAction.ROLL_BACK,
        entity=entity,
        entity_id=guarded.id,
        user_id=None,
        old=before,
        new={"key": guarded.key, "status": guarded.status.value, "reason": reason},
    )
    log.error("variant_rolled_back", key=guarded.key, reason=reason)
