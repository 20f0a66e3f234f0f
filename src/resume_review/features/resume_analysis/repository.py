"""Rows of reviews, as far as a user may see them, and the steps of a job."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from resume_review.core.ids import new_id
from resume_review.database.enums import ReviewRequestStatus
from resume_review.database.models import (
    Candidate,
    Resume,
    ReviewFeedbackItem,
    ReviewRequest,
    ReviewResult,
    User,
)
from resume_review.features.candidates import readable_by

OPEN = (ReviewRequestStatus.PENDING, ReviewRequestStatus.PROCESSING)


@dataclass(frozen=True)
class ReviewWithResult:
    """A request and, once completed, its result."""

    request: ReviewRequest
    result: ReviewResult | None


@dataclass(frozen=True)
class ReviewRow:
    """A review as lists show it."""

    request: ReviewRequest
    result: ReviewResult | None
    file_name: str
    candidate: Candidate


class ReviewRepository:
    """Reads and writes reviews; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, request: ReviewRequest) -> None:
        """Store a request."""
        self._session.add(request)
        await self._session.flush()

    async def readable(
        self, review_id: uuid.UUID, user: User, *, with_review: bool = False
    ) -> ReviewWithResult | None:
        """The review, if the user may see its candidate."""
        statement = (
            select(ReviewRequest, ReviewResult)
            .join(Resume, Resume.id == ReviewRequest.resume_id)
            .join(Candidate, Candidate.id == Resume.candidate_id)
            .outerjoin(ReviewResult, ReviewResult.review_request_id == ReviewRequest.id)
            .where(ReviewRequest.id == review_id, readable_by(user))
        )
        if with_review:
            statement = statement.options(undefer(ReviewResult.review))
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else ReviewWithResult(row[0], row[1])

    async def page(
        self, user: User, *, candidate_id: uuid.UUID | None, limit: int, offset: int
    ) -> Sequence[ReviewRow]:
        """Reviews the user may see, newest first."""
        statement = (
            select(ReviewRequest, ReviewResult, Resume.original_filename, Candidate)
            .join(Resume, Resume.id == ReviewRequest.resume_id)
            .join(Candidate, Candidate.id == Resume.candidate_id)
            .outerjoin(ReviewResult, ReviewResult.review_request_id == ReviewRequest.id)
            .where(readable_by(user))
            .order_by(ReviewRequest.requested_at.desc(), ReviewRequest.id.desc())
            .limit(limit)
            .offset(offset)
        )
        if candidate_id is not None:
            statement = statement.where(Candidate.id == candidate_id)
        rows = (await self._session.execute(statement)).all()
        return [ReviewRow(row[0], row[1], row[2], row[3]) for row in rows]

    async def count(self, user: User, *, candidate_id: uuid.UUID | None) -> int:
        """How many reviews the user may see."""
        statement: Select[int] = (
            select(func.count(ReviewRequest.id))
            .join(Resume, Resume.id == ReviewRequest.resume_id)
            .join(Candidate, Candidate.id == Resume.candidate_id)
            .where(readable_by(user))
        )
        if candidate_id is not None:
            statement = statement.where(Candidate.id == candidate_id)
        return await self._session.scalar(statement) or 0

    async def findings(self, result_id: uuid.UUID) -> Sequence[ReviewFeedbackItem]:
        """Findings and strengths in the order of the report."""
        statement = (
            select(ReviewFeedbackItem)
            .where(ReviewFeedbackItem.review_result_id == result_id)
            .order_by(ReviewFeedbackItem.sequence_order)
        )
        return (await self._session.scalars(statement)).all()

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
                progress=10,
                step="read",
            )
            .returning(ReviewRequest)
        )
        return await self._session.scalar(statement)

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
            .where(
                ReviewRequest.id == request.id,
                ReviewRequest.status == ReviewRequestStatus.PROCESSING,
                ReviewRequest.attempt_token == request.attempt_token,
            )
            .values(
                status=status,
                completed_at=now,
                progress=100,
                step="done",
                error_code=error_code,
                error_message=error_message,
            )
            .returning(ReviewRequest.id)
        )
        return await self._session.scalar(statement) is not None

    async def fail_open(self, review_id: uuid.UUID, *, now: datetime, code: str, message: str) -> None:
        """End a review that nobody will work on any more, whoever held the claim."""
        statement = (
            update(ReviewRequest)
            .where(ReviewRequest.id == review_id, ReviewRequest.status.in_(OPEN))
            .values(
                status=ReviewRequestStatus.FAILED, completed_at=now, error_code=code, error_message=message
            )
        )
        await self._session.execute(statement)

    async def add_result(self, result: ReviewResult, items: list[ReviewFeedbackItem]) -> None:
        """Store the result and its findings; the unique index refuses a second result for a request."""
        self._session.add(result)
        await self._session.flush()
        self._session.add_all(items)
        await self._session.flush()
