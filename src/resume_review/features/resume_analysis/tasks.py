"""The job behind a review: claim it, judge the resume with no transaction open, store the outcome."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
import structlog

from resume_review.ai_agents.interface import (
    AIAnalyzer,
    AnalysisError,
    AnalysisRequest,
    RetryableAnalysisError,
    UnavailableAnalysisError,
)
from resume_review.core.clock import utc_now
from resume_review.database.enums import ReviewRequestStatus
from resume_review.database.models import ReviewRequest
from resume_review.documents import Document
from resume_review.features.resume_analysis.history import HistoryRepository
from resume_review.features.resume_analysis.progress import Step, announce, announce_end
from resume_review.features.resume_analysis.repository import ReviewRepository
from resume_review.features.resume_analysis.rows import feedback_rows, result_row
from resume_review.features.resume_analysis.service import ANALYSE_JOB
from resume_review.features.resume_analysis.terms import (
    ReviewTerms,
    document_fingerprint,
    may_be_reused,
    reuse_key,
)
from resume_review.features.resume_upload import ResumeRepository
from resume_review.infrastructure.queue import JobDefinition
from resume_review.infrastructure.transactions import Transactions
from resume_review.rubric import Review, ReviewStatus

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Claimed:
    request: ReviewRequest
    document: Document
    fingerprint: str


class AnalyseReview:
    """May be started any number of times for the same review; it is finished once.

    Every start takes the claim away from the one before, and only the holder of the claim can store an
    outcome. A worker that was only believed dead loses its work, never doubles it; so does one whose review was
    cancelled.
    """

    def __init__(self, transactions: Transactions, analyzer: AIAnalyzer) -> None:
        self._transactions = transactions
        self._analyzer = analyzer

    def definition(self) -> JobDefinition:
        """The job as workers register it."""
        return JobDefinition(name=ANALYSE_JOB, run=self.run, give_up=self.give_up, unfinished=self.unfinished)

    async def run(self, review_id: uuid.UUID) -> None:
        """Review one resume.

        Raises:
            RetryableAnalysisError: The engine may answer later; the queue tries again.
        """
        request = await self._claim(review_id)
        if request is None:
            return
        claimed = await self._read(request)
        if claimed is None:
            return
        started = time.perf_counter()
        try:
            review = await self._analyzer.analyze(_analysis_request(claimed))
        except (RetryableAnalysisError, UnavailableAnalysisError):
            raise
        except AnalysisError as error:
            await self._fail(request, code=f"analysis.{type(error).__name__}", message=str(error))
            return
        elapsed_ms = round((time.perf_counter() - started) * 1000)
        if review.status is not ReviewStatus.COMPLETED:
            await self._fail(request, code=f"review.{review.status.value}", message=review.message)
            return
        await self._store(claimed, review, elapsed_ms=elapsed_ms)

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

    async def unfinished(self, before: datetime) -> Sequence[uuid.UUID]:
        """Reviews asked for before this time that have not ended."""
        async with self._transactions.transaction() as session:
            return await ReviewRepository(session).unfinished(before)

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
            await announce(session, request.id)
        if stored is None:
            await self._fail(
                request, code="review.no_document", message="The resume has no text. Upload it again."
            )
            return None
        return _Claimed(request, msgspec.convert(stored, Document), document_fingerprint(stored))

    async def _store(self, claimed: _Claimed, review: Review, *, elapsed_ms: int) -> None:
        request, now = claimed.request, utc_now()
        result = result_row(request.id, review, claimed.document, elapsed_ms=elapsed_ms, now=now)
        if may_be_reused(review):
            result.document_fingerprint = claimed.fingerprint
            result.reuse_key = reuse_key(
                _terms(request),
                file_hash=claimed.document.source.sha256,
                day=_day(request),
                engine=self._analyzer.name,
            )
        async with self._transactions.transaction() as session:
            reviews = ReviewRepository(session)
            if not await reviews.finish(request, status=ReviewRequestStatus.COMPLETED, now=now):
                log.warning("claim_lost", review_id=str(request.id), attempt=request.attempt)
                return
            await reviews.add_result(result, feedback_rows(result.id, review))
            await announce_end(session, request.id)
        log.info("review_completed", review_id=str(request.id), ms=elapsed_ms)

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
        log.info("review_failed", review_id=str(request.id), code=code)


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


def _analysis_request(claimed: _Claimed) -> AnalysisRequest:
    request = claimed.request
    return AnalysisRequest(
        document=claimed.document,
        industry=request.target_industry,
        language=request.language,
        review_date=_day(request),
        target_role=request.target_role,
        experience_level=request.experience_level.value if request.experience_level else None,
        review_type=request.review_type,
    )


def _day(request: ReviewRequest) -> date:
    """The day the review was asked for, so that a retry after midnight gives the same answer."""
    return request.requested_at.date()
