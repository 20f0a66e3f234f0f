"""The job behind a review: claim it, judge the resume with no transaction open, store the outcome."""

import asyncio
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
import structlog

from resume_review.ai_agents.interface import (
    AIAnalyzer,
    AnalysisError,
    AnalysisRequest,
    KeptSteps,
    PausedAnalysisError,
    RetryableAnalysisError,
    UnavailableAnalysisError,
)
from resume_review.core.clock import utc_now
from resume_review.database.enums import ReviewRequestStatus
from resume_review.database.models import ReviewRequest
from resume_review.documents import Document
from resume_review.features.experiments import NoVariants, Variants
from resume_review.features.model_batches import GatheredReviews
from resume_review.features.resume_analysis.asking import analysis_request, review_day
from resume_review.features.resume_analysis.history import HistoryRepository
from resume_review.features.resume_analysis.pausing import variant_or_pause
from resume_review.features.resume_analysis.progress import Step, announce, announce_end
from resume_review.features.resume_analysis.repository import ReviewRepository
from resume_review.features.resume_analysis.rows import feedback_rows, result_row
from resume_review.features.resume_analysis.terms import (
    ANALYSE_JOB,
    ReviewTerms,
    document_fingerprint,
    may_be_reused,
    reuse_key,
)
from resume_review.features.resume_analysis.waiting import can_begin
from resume_review.features.resume_upload import ResumeRepository
from resume_review.infrastructure.monitoring.metrics import REVIEW_SECONDS, REVIEWS
from resume_review.infrastructure.queue import JobDefinition
from resume_review.infrastructure.transactions import Transactions
from resume_review.rubric import Review, ReviewStatus

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Claimed:
    request: ReviewRequest
    asked: AnalysisRequest
    fingerprint: str


class AnalyseReview:
    """May be started any number of times for the same review; it is finished once.

    Every start takes the claim away from the one before, and only the holder of the claim can store an
    outcome. A worker that was only believed dead loses its work, never doubles it; so does one whose review was
    cancelled.
    """

    def __init__(
        self,
        transactions: Transactions,
        analyzer: AIAnalyzer,
        *,
        engine: str | None = None,
        steps: KeptSteps | None = None,
        variants: Variants | None = None,
        gathered: GatheredReviews | None = None,
    ) -> None:
        """`engine` is the fingerprint under which results may be reused, `steps` what the analyzer keeps of them.

        `variants` says what is tried with which review; null where nothing is. `gathered` says which reviews pause
        for a vendor's batch; null where none does.
        """
        self._transactions = transactions
        self._analyzer = analyzer
        self._engine = engine
        self._steps = steps
        self._variants: Variants = variants or NoVariants()
        self._gathered = gathered

    def definition(self) -> JobDefinition:
        """The job as workers register it."""
        return JobDefinition(name=ANALYSE_JOB, run=self.run, give_up=self.give_up, unfinished=self.unfinished)

    async def run(self, review_id: uuid.UUID) -> None:
        """Review one resume.

        Raises:
            RetryableAnalysisError: The engine may answer later; the queue tries again.
        """
        try:
            await self._review(review_id)
        finally:
            # Also when it was cancelled or its candidate erased while it ran.
            await asyncio.shield(self._forget_steps(review_id))

    async def _review(self, review_id: uuid.UUID) -> None:
        if not await can_begin(self._transactions, review_id):
            return
        request = await self._claim(review_id)
        if request is None:
            return
        claimed = await self._read(request)
        if claimed is None:
            return
        variant, pauses = await variant_or_pause(request, self._variants, self._gathered)
        started = time.perf_counter()
        try:
            review = await self._analyzer.analyze(replace(claimed.asked, variant=variant, gathered=pauses))
        except PausedAnalysisError:
            log.info("review_paused", review_id=str(review_id))
            return
        except (RetryableAnalysisError, UnavailableAnalysisError):
            raise
        except AnalysisError as error:
            await self._fail(request, code=f"analysis.{type(error).__name__}", message=str(error))
            await self._variants.record(request, variant, None, elapsed_ms=_since(started))
            return
        elapsed_ms = _since(started)
        if review.status is not ReviewStatus.COMPLETED:
            await self._fail(request, code=f"review.{review.status.value}", message=review.message)
            return
        if await self._store(claimed, review, elapsed_ms=elapsed_ms):
            await self._variants.record(request, variant, review, elapsed_ms=elapsed_ms)

    async def request_for(self, review_id: uuid.UUID) -> AnalysisRequest | None:
        """How a review was asked for, to judge the resume once more beside it; null when either is gone."""
        async with self._transactions.transaction() as session:
            reviews = ReviewRepository(session)
            request = await reviews.by_id(review_id)
            stored = await ResumeRepository(session).document(request.resume_id) if request else None
            if request is None or stored is None:
                return None
            names = await reviews.known_names(review_id)
        return analysis_request(request, msgspec.convert(stored, Document), names)

    async def give_up(self, review_id: uuid.UUID, reason: str) -> None:
        """Mark the review as failed after the last attempt."""
        async with self._transactions.transaction() as session:
            ended = await ReviewRepository(session).fail_open(
                review_id,
                now=utc_now(),
                code="review.gave_up",
                message=f"The review could not be finished. {reason}",
            )
            if ended:
                await announce_end(session, review_id)
        if ended:
            self._count("gave_up")
        await self._forget_steps(review_id)

    async def unfinished(self, before: datetime) -> Sequence[uuid.UUID]:
        """Reviews asked for before this time that have not ended."""
        async with self._transactions.transaction() as session:
            return await ReviewRepository(session).unfinished(before)

    async def _forget_steps(self, review_id: uuid.UUID) -> None:
        """Drop what is kept of a review that has ended; one that goes on later needs it."""
        if self._steps is None:
            return
        async with self._transactions.transaction() as session:
            goes_on = await ReviewRepository(session).still_open([review_id])
        if not goes_on:
            await self._steps.forget(str(review_id))

    async def _claim(self, review_id: uuid.UUID) -> ReviewRequest | None:
        async with self._transactions.transaction() as session:
            request = await ReviewRepository(session).claim(review_id, now=utc_now())
            if request is not None:
                await announce(session, review_id)
            return request

    async def _read(self, request: ReviewRequest) -> _Claimed | None:
        """The document; null when there is none or the claim is lost."""
        async with self._transactions.transaction() as session:
            stored = await ResumeRepository(session).document(request.resume_id)
            if stored is not None and not await ReviewRepository(session).advance(request, Step.JUDGE):
                return None
            names = await ReviewRepository(session).known_names(request.id)
            await announce(session, request.id)
        if stored is None:
            await self._fail(
                request, code="review.no_document", message="The resume has no text. Upload it again."
            )
            return None
        asked = analysis_request(request, msgspec.convert(stored, Document), names)
        return _Claimed(request, asked, document_fingerprint(stored))

    async def _store(self, claimed: _Claimed, review: Review, *, elapsed_ms: int) -> bool:
        """Whether the claim still held, so that this is the review's result."""
        request, document, now = claimed.request, claimed.asked.document, utc_now()
        result = result_row(request.id, review, document, elapsed_ms=elapsed_ms, now=now)
        if self._engine is not None and may_be_reused(review):
            result.document_fingerprint = claimed.fingerprint
            result.reuse_key = reuse_key(
                _terms(request),
                file_hash=document.source.sha256,
                day=review_day(request),
                engine=self._engine,
            )
        async with self._transactions.transaction() as session:
            reviews = ReviewRepository(session)
            if not await reviews.finish(request, status=ReviewRequestStatus.COMPLETED, now=now):
                log.warning("claim_lost", review_id=str(request.id), attempt=request.attempt)
                return False
            await reviews.add_result(result, feedback_rows(result.id, review))
            await announce_end(session, request.id)
        self._count("completed", engine=review.engine, degraded=review.degraded)
        REVIEW_SECONDS.labels(review.engine).observe(elapsed_ms / 1000)
        log.info("review_completed", review_id=str(request.id), ms=elapsed_ms)
        return True

    async def _fail(self, request: ReviewRequest, *, code: str, message: str) -> None:
        async with self._transactions.transaction() as session:
            finished = await ReviewRepository(session).finish(
                request,
                status=ReviewRequestStatus.FAILED,
                now=utc_now(),
                error_code=code,
                error_message=message,
            )
            if finished:
                await announce_end(session, request.id)
        if finished:
            self._count("failed")
        log.info("review_failed", review_id=str(request.id), code=code)

    def _count(self, outcome: str, *, engine: str | None = None, degraded: bool = False) -> None:
        REVIEWS.labels(outcome, engine or self._analyzer.name, str(degraded).lower()).inc()


class TellSteps:
    """Writes down which step of an analysis has begun, and tells those who watch the review."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def __call__(self, request: AnalysisRequest, step: str) -> None:
        """See `StepListener`."""
        if request.review_id is None:
            return
        review_id = uuid.UUID(request.review_id)
        async with self._transactions.transaction() as session:
            if await ReviewRepository(session).reach(review_id, Step(step)):
                await announce(session, review_id)


async def forget_ended(transactions: Transactions, steps: KeptSteps) -> None:
    """Drop the steps of reviews that ended where no worker saw it: cancelled while they waited, or erased."""
    kept = [uuid.UUID(review_id) for review_id in await steps.kept()]
    async with transactions.transaction() as session:
        goes_on = await ReviewRepository(session).still_open(kept)
    for review_id in kept:
        if review_id not in goes_on:
            await steps.forget(str(review_id))


async def roll_up_tallies(transactions: Transactions) -> None:
    """Sum up the changes of the running totals; to be called now and then, by any number of processes."""
    async with transactions.transaction() as session:
        await HistoryRepository(session).roll_up()


def _terms(request: ReviewRequest) -> ReviewTerms:
    return ReviewTerms(
        industry=request.target_industry,
        language=request.language,
        target_role=request.target_role,
        experience_level=request.experience_level,
        review_type=request.review_type,
    )


def _since(started: float) -> int:
    """Milliseconds since a reading of the performance counter."""
    return round((time.perf_counter() - started) * 1000)
