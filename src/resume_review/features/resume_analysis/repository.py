"""Rows of reviews, as far as a user may see them, and the steps of a job."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, True_, bindparam, cast, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from resume_review.core.ids import new_id
from resume_review.database.enums import FeedbackDecision, ResumeStatus, ReviewRequestStatus
from resume_review.database.models import (
    Candidate,
    Resume,
    ReviewFeedbackItem,
    ReviewRequest,
    ReviewResult,
    User,
)
from resume_review.features.candidates import readable_by
from resume_review.features.resume_analysis.batched import batched, paused
from resume_review.features.resume_analysis.progress import PERCENT, Step, end_step
from resume_review.rubric import ReviewType

OPEN = (ReviewRequestStatus.PENDING, ReviewRequestStatus.PROCESSING)
RETRYABLE = (ReviewRequestStatus.FAILED, ReviewRequestStatus.CANCELLED)
RECENT = 20
UNFINISHED = 500

# Built once, as it is the statement that is run most: plain columns, and the JSON as the text that leaves again.
_STATUS: Select[*tuple[Any, ...]] = (
    select(
        ReviewRequest.id,
        ReviewRequest.resume_id,
        ReviewRequest.candidate_id,
        ReviewRequest.status,
        ReviewRequest.progress,
        ReviewRequest.step,
        ReviewRequest.requested_at,
        ReviewRequest.completed_at,
        ReviewRequest.error_message,
        ReviewRequest.error_code,
        ReviewRequest.target_industry,
        ReviewRequest.review_type,
        ReviewRequest.reused_from_id,
        ReviewRequest.started_at,
        ReviewRequest.language,
        ReviewResult.id.label("result_id"),
        ReviewResult.overall_score,
        ReviewResult.ats_score,
        ReviewResult.content_score,
        ReviewResult.formatting_score,
        ReviewResult.market_tier,
        ReviewResult.executive_summary,
        cast(ReviewResult.detailed_scores, Text).label("detailed_scores"),
        ReviewResult.engine,
        ReviewResult.degraded,
        ReviewResult.degraded_reason,
        ReviewResult.ai_model_used,
        ReviewResult.processing_time_ms,
    )
    .outerjoin(ReviewResult, ReviewResult.review_request_id == ReviewRequest.id)
    .where(ReviewRequest.id == bindparam("review_id"))
)

StatusRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class ReviewWithResult:
    """A request and, once completed, its result."""

    request: ReviewRequest
    result: ReviewResult | None


@dataclass(frozen=True)
class OpenReview:
    """A review that has not ended: whose it is, and how far the reading of its resume has come."""

    requested_by: uuid.UUID
    resume_status: ResumeStatus
    resume_error: str | None


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a consultant decided about a finding; `expected_version` is the one they saw, null to decide anyway."""

    item_id: uuid.UUID
    decision: FeedbackDecision
    edited_text: str | None = None
    expected_version: int | None = None


class ReviewRepository:
    """Reads and writes reviews; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, request: ReviewRequest) -> None:
        """Store a request."""
        self._session.add(request)
        await self._session.flush()

    async def status(self, review_id: uuid.UUID, user: User) -> StatusRow | None:
        """What a status shows, if the user may see it; the detailed scores as JSON text."""
        rule, statement = readable_by(user), _STATUS
        if not isinstance(rule, True_):
            statement = statement.join(Candidate, Candidate.id == ReviewRequest.candidate_id).where(rule)
        return (await self._session.execute(statement, {"review_id": review_id})).one_or_none()

    async def readable(
        self, review_id: uuid.UUID, user: User, *, with_review: bool = False
    ) -> ReviewWithResult | None:
        """The review, if the user may see its candidate."""
        statement = (
            select(ReviewRequest, ReviewResult)
            .join(Candidate, Candidate.id == ReviewRequest.candidate_id)
            .outerjoin(ReviewResult, ReviewResult.review_request_id == ReviewRequest.id)
            .where(ReviewRequest.id == review_id, readable_by(user))
        )
        if with_review:
            statement = statement.options(undefer(ReviewResult.review))
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else ReviewWithResult(row[0], row[1])

    async def reusable(self, reuse_key: str, user: User) -> ReviewWithResult | None:
        """The newest result under this key that the user may see, with its whole answer."""
        statement = (
            select(ReviewRequest, ReviewResult)
            .join(ReviewResult, ReviewResult.review_request_id == ReviewRequest.id)
            .join(Candidate, Candidate.id == ReviewRequest.candidate_id)
            .where(ReviewResult.reuse_key == reuse_key, readable_by(user))
            .order_by(ReviewResult.created_at.desc(), ReviewResult.id.desc())
            .limit(1)
            .options(undefer(ReviewResult.review), undefer(ReviewResult.receipt))
        )
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else ReviewWithResult(row[0], row[1])

    async def findings(self, result_id: uuid.UUID) -> Sequence[ReviewFeedbackItem]:
        """Findings and strengths in the order of the report."""
        statement = (
            select(ReviewFeedbackItem)
            .where(ReviewFeedbackItem.review_result_id == result_id)
            .order_by(ReviewFeedbackItem.sequence_order)
        )
        return (await self._session.scalars(statement)).all()

    async def usual_time(self, review_type: ReviewType) -> timedelta | None:
        """How long the latest reviews of this type took from the request to the end; null when there are none."""
        latest: Select[Any] = (
            select((ReviewRequest.completed_at - ReviewRequest.requested_at).label("taken"))
            .where(
                ReviewRequest.status == ReviewRequestStatus.COMPLETED,
                ReviewRequest.review_type == review_type,
                ReviewRequest.reused_from_id.is_(None),
                ~batched(),
            )
            .order_by(ReviewRequest.requested_at.desc())
            .limit(RECENT)
        )
        return await self._session.scalar(select(func.avg(latest.subquery().c.taken)))

    async def unfinished(self, before: datetime) -> Sequence[uuid.UUID]:
        """The oldest reviews, some hundreds at most, that have not ended since they were asked for.

        One that waits for a vendor's batch has no job until that starts it again.
        """
        statement = (
            select(ReviewRequest.id)
            .where(ReviewRequest.status.in_(OPEN), ReviewRequest.requested_at < before, ~paused())
            .order_by(ReviewRequest.requested_at)
            .limit(UNFINISHED)
        )
        return (await self._session.scalars(statement)).all()

    async def open_on(self, review_id: uuid.UUID) -> OpenReview | None:
        """How the resume of a review that has not ended stands; the review is held until the transaction ends."""
        statement = (
            select(ReviewRequest.requested_by_user_id, Resume.status, Resume.error_message)
            .join(Resume, Resume.id == ReviewRequest.resume_id)
            .where(ReviewRequest.id == review_id, ReviewRequest.status.in_(OPEN))
            .with_for_update(of=ReviewRequest)
        )
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else OpenReview(row[0], row[1], row[2])

    async def claim(self, review_id: uuid.UUID, *, now: datetime) -> ReviewRequest | None:
        """Take the review for this attempt; null when it has ended. An earlier attempt loses its claim."""
        statement = (
            update(ReviewRequest)
            .where(ReviewRequest.id == review_id, ReviewRequest.status.in_(OPEN))
            .values(
                status=ReviewRequestStatus.PROCESSING,
                attempt=ReviewRequest.attempt + 1,
                attempt_token=new_id(),
                started_at=now,
                progress=PERCENT[Step.READ],
                step=Step.READ,
            )
            .returning(ReviewRequest)
        )
        return await self._session.scalar(statement)

    async def advance(self, request: ReviewRequest, step: Step) -> bool:
        """Say how far the attempt has come; false when it has lost its claim."""
        statement = (
            update(ReviewRequest)
            .where(*_held(request))
            .values(progress=PERCENT[step], step=step)
            .returning(ReviewRequest.id)
            .execution_options(synchronize_session=False)
        )
        return await self._session.scalar(statement) is not None

    async def reach(self, review_id: uuid.UUID, step: Step) -> bool:
        """Say how far a running review has come, never back; false when it is there already or does not run."""
        statement = (
            update(ReviewRequest)
            .where(
                ReviewRequest.id == review_id,
                ReviewRequest.status == ReviewRequestStatus.PROCESSING,
                ReviewRequest.progress < PERCENT[step],
            )
            .values(progress=PERCENT[step], step=step)
            .returning(ReviewRequest.id)
        )
        return await self._session.scalar(statement) is not None

    async def still_open(self, review_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
        """Which of these have not ended."""
        statement = select(ReviewRequest.id).where(
            ReviewRequest.id.in_(review_ids), ReviewRequest.status.in_(OPEN)
        )
        return set(await self._session.scalars(statement))

    async def by_id(self, review_id: uuid.UUID) -> ReviewRequest | None:
        """The request, whoever may see it."""
        return await self._session.get(ReviewRequest, review_id)

    async def known_names(self, review_id: uuid.UUID) -> tuple[str, ...]:
        """The names under which the person is known here."""
        statement = (
            select(Candidate.first_name, Candidate.last_name)
            .join(ReviewRequest, ReviewRequest.candidate_id == Candidate.id)
            .where(ReviewRequest.id == review_id)
        )
        row = (await self._session.execute(statement)).one_or_none()
        return () if row is None else (f"{row.first_name} {row.last_name}", row.first_name, row.last_name)

    async def finish(
        self,
        request: ReviewRequest,
        *,
        status: ReviewRequestStatus,
        now: datetime,
        error_code: str | None = None,
        error_message: str | None = None,
    ) -> bool:
        """End the review, if this attempt still holds the claim."""
        statement = (
            update(ReviewRequest)
            .where(*_held(request))
            .values(
                status=status,
                completed_at=now,
                progress=100,
                step=end_step(status),
                error_code=error_code,
                error_message=error_message,
            )
            .returning(ReviewRequest.id)
            .execution_options(synchronize_session=False)
        )
        return await self._session.scalar(statement) is not None

    async def fail_open(self, review_id: uuid.UUID, *, now: datetime, code: str, message: str) -> bool:
        """End a review that nobody will work on any more, whoever held the claim; false when it has ended."""
        statement = (
            update(ReviewRequest)
            .where(ReviewRequest.id == review_id, ReviewRequest.status.in_(OPEN))
            .values(
                status=ReviewRequestStatus.FAILED,
                completed_at=now,
                step=Step.FAILED,
                error_code=code,
                error_message=message,
            )
            .returning(ReviewRequest.id)
        )
        return await self._session.scalar(statement) is not None

    async def cancel(self, review_id: uuid.UUID, *, now: datetime) -> bool:
        """End an open review; whoever works on it loses the claim. False when it has ended already."""
        statement = (
            update(ReviewRequest)
            .where(ReviewRequest.id == review_id, ReviewRequest.status.in_(OPEN))
            .values(
                status=ReviewRequestStatus.CANCELLED,
                completed_at=now,
                step=Step.CANCELLED,
                attempt_token=None,
            )
            .returning(ReviewRequest.id)
        )
        return await self._session.scalar(statement) is not None

    async def reopen(self, review_id: uuid.UUID) -> bool:
        """Make a review that failed or was cancelled wait again; false when it is neither."""
        statement = (
            update(ReviewRequest)
            .where(ReviewRequest.id == review_id, ReviewRequest.status.in_(RETRYABLE))
            .values(
                status=ReviewRequestStatus.PENDING,
                progress=PERCENT[Step.QUEUED],
                step=None,
                error_code=None,
                error_message=None,
                started_at=None,
                completed_at=None,
                attempt_token=None,
            )
            .returning(ReviewRequest.id)
        )
        return await self._session.scalar(statement) is not None

    async def decide(
        self, result_id: uuid.UUID, decision: Decision, *, user_id: uuid.UUID, now: datetime
    ) -> bool:
        """Write down a decision; false when the finding is not of this result or somebody decided since."""
        is_open = decision.decision is FeedbackDecision.OPEN
        statement = (
            update(ReviewFeedbackItem)
            .where(
                ReviewFeedbackItem.id == decision.item_id, ReviewFeedbackItem.review_result_id == result_id
            )
            .values(
                decision=decision.decision,
                edited_text=decision.edited_text,
                decided_by_user_id=None if is_open else user_id,
                decided_at=None if is_open else now,
                decision_version=ReviewFeedbackItem.decision_version + 1,
            )
            .returning(ReviewFeedbackItem.id)
            .execution_options(synchronize_session=False)
        )
        if decision.expected_version is not None:
            statement = statement.where(ReviewFeedbackItem.decision_version == decision.expected_version)
        return await self._session.scalar(statement) is not None

    async def items(
        self, result_id: uuid.UUID, item_ids: Sequence[uuid.UUID]
    ) -> dict[uuid.UUID, ReviewFeedbackItem]:
        """Findings of a result by id, as they are now, in a fixed order of locking."""
        statement = (
            select(ReviewFeedbackItem)
            .where(
                ReviewFeedbackItem.review_result_id == result_id,
                ReviewFeedbackItem.id.in_(item_ids),
            )
            .order_by(ReviewFeedbackItem.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return {item.id: item for item in await self._session.scalars(statement)}

    async def add_result(self, result: ReviewResult, items: list[ReviewFeedbackItem]) -> None:
        """Store the result and its findings; the unique index refuses a second result for a request."""
        self._session.add(result)
        await self._session.flush()
        self._session.add_all(items)
        await self._session.flush()


def _held(request: ReviewRequest) -> tuple[ColumnElement[bool], ...]:
    return (
        ReviewRequest.id == request.id,
        ReviewRequest.status == ReviewRequestStatus.PROCESSING,
        ReviewRequest.attempt_token == request.attempt_token,
    )
