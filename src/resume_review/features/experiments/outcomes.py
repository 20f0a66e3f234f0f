"""What came of reviews, arm by arm."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import cast

import msgspec
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import FeedbackDecision, RolloutMode, RolloutStatus
from resume_review.database.models import (
    ExperimentExposure,
    ExperimentOutcome,
    ReviewFeedbackItem,
    ReviewResult,
    Rollout,
    ShadowResult,
)
from resume_review.features.experiments.assignment import SHADOW
from resume_review.features.experiments.guard import Tally
from resume_review.rubric import Review

_ACCEPTED = (FeedbackDecision.ACCEPTED, FeedbackDecision.EDITED)
_DECIDED = (*_ACCEPTED, FeedbackDecision.REJECTED)


@dataclass(frozen=True, kw_only=True)
class ArmFigures:
    """An arm in numbers.

    Attributes:
        cost_usd: Mean over the reviews whose cost is known, which are `priced`.
        latency_p50_ms: Median time of a review.
        drift: Mean of the overall score less the rubric's, in points.
    """

    reviews: int
    errors: int
    quotes: int
    dropped: int
    priced: int
    cost_usd: Decimal | None
    latency_p50_ms: float | None
    latency_p95_ms: float | None
    drift: float | None


@dataclass(frozen=True)
class Decisions:
    """What consultants made of an arm's findings."""

    decided: int = 0
    accepted: int = 0


class OutcomeRepository:
    """Reads and writes outcomes, exposures and shadows; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self, key: str, arm: str, review_id: uuid.UUID, review: Review | None, *, elapsed_ms: int
    ) -> None:
        """Store what came of a review under an arm; the first outcome of a review counts.

        Without a review, or with one that had to do without a model, it is an error.
        """
        agents = review.receipt.agents if review else []
        statement = insert(ExperimentOutcome).values(
            id=new_id(),
            variant_key=key,
            arm=arm,
            review_request_id=review_id,
            ok=is_ok(review),
            quotes=sum(agent.quotes for agent in agents),
            dropped=sum(agent.dropped for agent in agents),
            latency_ms=elapsed_ms,
            cost_usd=cost_of(review),
            drift=_drift(review),
            at=utc_now(),
        )
        await self._session.execute(statement.on_conflict_do_nothing())

    async def tallies(self, key: str, *, since: datetime) -> Mapping[str, Tally]:
        """Reviews and errors by arm since a time."""
        statement = (
            select(ExperimentOutcome.arm, func.count(), func.count().filter(ExperimentOutcome.ok.is_(False)))
            .where(ExperimentOutcome.variant_key == key, ExperimentOutcome.at >= since)
            .group_by(ExperimentOutcome.arm)
        )
        return {arm: Tally(n, errors) for arm, n, errors in (await self._session.execute(statement)).all()}

    async def units(self, key: str) -> Mapping[str, int]:
        """How many units met each arm."""
        statement = (
            select(ExperimentExposure.arm, func.count())
            .where(ExperimentExposure.variant_key == key)
            .group_by(ExperimentExposure.arm)
        )
        return {str(arm): int(count) for arm, count in (await self._session.execute(statement)).all()}

    async def figures(self, key: str) -> Mapping[str, ArmFigures]:
        """Each arm's numbers, over all time."""
        row = ExperimentOutcome
        statement = (
            select(
                row.arm,
                func.count().label("reviews"),
                func.count().filter(row.ok.is_(False)).label("errors"),
                func.sum(row.quotes).label("quotes"),
                func.sum(row.dropped).label("dropped"),
                func.count(row.cost_usd).label("priced"),
                func.avg(row.cost_usd).label("cost_usd"),
                func.percentile_cont(0.5).within_group(row.latency_ms).label("latency_p50_ms"),
                func.percentile_cont(0.95).within_group(row.latency_ms).label("latency_p95_ms"),
                func.avg(row.drift).label("drift"),
            )
            .where(row.variant_key == key)
            .group_by(row.arm)
        )
        found = (await self._session.execute(statement)).mappings().all()
        return {
            line["arm"]: msgspec.convert(
                {name: value for name, value in line.items() if name != "arm"}, ArmFigures, strict=False
            )
            for line in found
        }

    async def decisions(self, key: str) -> Mapping[str, Decisions]:
        """What consultants made of each arm's findings; nobody sees those of a shadow."""
        decision = ReviewFeedbackItem.decision
        statement = (
            select(
                ExperimentOutcome.arm,
                func.count().filter(decision.in_(_DECIDED)),
                func.count().filter(decision.in_(_ACCEPTED)),
            )
            .join(ReviewResult, ReviewResult.review_request_id == ExperimentOutcome.review_request_id)
            .join(ReviewFeedbackItem, ReviewFeedbackItem.review_result_id == ReviewResult.id)
            .where(ExperimentOutcome.variant_key == key, ExperimentOutcome.arm != SHADOW)
            .group_by(ExperimentOutcome.arm)
        )
        rows = (await self._session.execute(statement)).all()
        return {arm: Decisions(decided, accepted) for arm, decided, accepted in rows}

    async def reserve_shadow(
        self, review_id: uuid.UUID, *, today: datetime
    ) -> tuple[Rollout, uuid.UUID] | None:
        """Take a place in the day's budget for a shadow: the rollout and the row that waits for the result.

        Nothing when no shadow rollout is under way, the budget is used up or the shadow was made already. A
        reservation whose worker died is taken over.
        """
        under_way = (
            select(Rollout)
            .where(
                Rollout.status == RolloutStatus.ACTIVE,
                Rollout.percentage > 0,
                Rollout.mode == RolloutMode.SHADOW,
            )
            .with_for_update()
        )
        rollout = await self._session.scalar(under_way)
        if rollout is None:
            return None
        mine = select(ShadowResult).where(
            ShadowResult.review_request_id == review_id, ShadowResult.variant_key == rollout.key
        )
        known = await self._session.scalar(mine)
        if known is not None:
            return None if known.finished_at else (rollout, known.id)
        if not await self._within_budget(rollout, today):
            return None
        shadow = ShadowResult(variant_key=rollout.key, review_request_id=review_id)
        self._session.add(shadow)
        await self._session.flush()
        return rollout, shadow.id

    async def finish_shadow(self, shadow_id: uuid.UUID, review: Review | None) -> bool:
        """Store a shadow's answer; false when it has one, or was erased with its review."""
        statement = select(ShadowResult).where(ShadowResult.id == shadow_id).with_for_update()
        shadow = await self._session.scalar(statement)
        if shadow is None or shadow.finished_at is not None:
            return False
        shadow.ok, shadow.finished_at = is_ok(review), utc_now()
        shadow.cost_usd = cost_of(review)
        if review is not None:
            shadow.overall_score = review.scores.overall
            shadow.review = msgspec.to_builtins(review)
        await self._session.flush()
        return True

    async def _within_budget(self, rollout: Rollout, today: datetime) -> bool:
        statement = select(func.count(), func.sum(ShadowResult.cost_usd)).where(
            ShadowResult.variant_key == rollout.key,
            ShadowResult.started_at >= today,
            ShadowResult.started_at < today + timedelta(days=1),
        )
        count, spent = (await self._session.execute(statement)).one()
        return count < rollout.shadow_per_day and (spent or 0) < rollout.shadow_usd_per_day


def is_ok(review: Review | None) -> bool:
    """Whether everything that was to judge has judged."""
    return review is not None and not review.degraded


def cost_of(review: Review | None) -> Decimal | None:
    """US dollars for a review's calls of models: 0 without any, null when a price is not known."""
    costs = [agent.cost_usd for agent in review.receipt.agents if agent.calls] if review else []
    if any(cost is None for cost in costs):
        return None
    return sum((Decimal(cast("str", cost)) for cost in costs), Decimal(0))


def _drift(review: Review | None) -> int | None:
    if review is None or review.scores.overall is None or review.receipt.rubric_overall is None:
        return None
    return review.scores.overall - review.receipt.rubric_overall
