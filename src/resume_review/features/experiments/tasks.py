"""The job that makes a shadow: the same resume judged with the change, for comparison only."""

import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from resume_review.ai_agents.interface import (
    AIAnalyzer,
    AnalysisError,
    AnalysisRequest,
    RetryableAnalysisError,
    UnavailableAnalysisError,
    Variant,
)
from resume_review.core.clock import utc_now
from resume_review.features.experiments.assignment import SHADOW, change_of
from resume_review.features.experiments.outcomes import OutcomeRepository, is_ok
from resume_review.features.experiments.variants import SHADOW_JOB, DatabaseVariants
from resume_review.infrastructure.queue import JobDefinition
from resume_review.infrastructure.transactions import Transactions
from resume_review.rubric import Review

log = structlog.get_logger(__name__)


class ShadowReview:
    """Works within the rollout's daily budget; what it finds is stored apart from the review."""

    def __init__(
        self,
        transactions: Transactions,
        analyzer: AIAnalyzer,
        request_for: Callable[[uuid.UUID], Awaitable[AnalysisRequest | None]],
    ) -> None:
        """`request_for` says how a review that has ended was asked for; null when it is gone."""
        self._transactions = transactions
        self._analyzer = analyzer
        self._request_for = request_for

    def definition(self) -> JobDefinition:
        """The job as workers register it."""
        return JobDefinition(name=SHADOW_JOB, run=self.run, give_up=self.give_up)

    async def run(self, review_id: uuid.UUID) -> None:
        """Make the shadow of one review.

        Raises:
            RetryableAnalysisError: The engine may answer later; the queue tries again.
        """
        request = await self._request_for(review_id)
        reserved = await self._reserve(review_id) if request else None
        if request is None or reserved is None:
            return
        variant, shadow_id = reserved
        started = time.perf_counter()
        try:
            review = await self._analyzer.analyze(replace(request, variant=variant, shadow=True))
        except (RetryableAnalysisError, UnavailableAnalysisError):
            raise
        except AnalysisError as error:
            log.info("shadow_failed", review_id=str(review_id), fault=type(error).__name__)
            review = None
        elapsed_ms = round((time.perf_counter() - started) * 1000)
        await self._store(review_id, shadow_id, variant, review, elapsed_ms=elapsed_ms)

    async def give_up(self, review_id: uuid.UUID, reason: str) -> None:
        """Count the shadow as failed after the last attempt."""
        del reason
        reserved = await self._reserve(review_id)
        if reserved is not None:
            variant, shadow_id = reserved
            await self._store(review_id, shadow_id, variant, None, elapsed_ms=0)

    async def _reserve(self, review_id: uuid.UUID) -> tuple[Variant, uuid.UUID] | None:
        today = utc_now().replace(hour=0, minute=0, second=0, microsecond=0)
        async with self._transactions.transaction() as session:
            reserved = await OutcomeRepository(session).reserve_shadow(review_id, today=today)
        if reserved is None:
            return None
        rollout, shadow_id = reserved
        return change_of(rollout).variant(rollout.key, SHADOW), shadow_id

    async def _store(
        self,
        review_id: uuid.UUID,
        shadow_id: uuid.UUID,
        variant: Variant,
        review: Review | None,
        *,
        elapsed_ms: int,
    ) -> None:
        async with self._transactions.transaction() as session:
            outcomes = OutcomeRepository(session)
            if not await outcomes.finish_shadow(shadow_id, review):
                return
            await outcomes.add(variant.key, variant.arm, review_id, review, elapsed_ms=elapsed_ms)
        if not is_ok(review):
            await DatabaseVariants(self._transactions).guard(variant.key)
