"""Requesting reviews and looking at them."""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import ActivityAction, EntityType, ExperienceLevel
from resume_review.database.models import ReviewFeedbackItem, ReviewRequest, User
from resume_review.database.session import driver_connection
from resume_review.features.audit import record_activity
from resume_review.features.resume_analysis.errors import (
    ReviewNotFinishedError,
    ReviewNotFoundError,
    UnknownIndustryError,
)
from resume_review.features.resume_analysis.repository import ReviewRepository, ReviewRow, ReviewWithResult
from resume_review.features.resume_upload import ResumeNotFoundError, ResumeRepository
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.queue import JobQueue, Priority
from resume_review.rubric import UnknownIndustryError as NoPackError
from resume_review.rubric import resolve_industry

ANALYSE_JOB = "resume_analysis.analyse"


class ReviewService:
    """Works in the given session for one user and commits nothing."""

    def __init__(self, session: AsyncSession, user: User, *, queue: JobQueue) -> None:
        self._session = session
        self._user = user
        self._reviews = ReviewRepository(session)
        self._resumes = ResumeRepository(session)
        self._queue = queue

    async def request(
        self,
        resume_id: uuid.UUID,
        *,
        industry: str,
        language: str,
        target_role: str | None,
        experience_level: ExperienceLevel | None,
        client: ClientInfo,
    ) -> ReviewRequest:
        """Store the request and send its job in the same transaction: both exist, or neither.

        Raises:
            ResumeNotFoundError: Unknown resume, or not this user's to see.
            UnknownIndustryError: No pack for the industry.
        """
        try:
            resolved = resolve_industry(industry)
        except NoPackError as error:
            raise UnknownIndustryError(str(error)) from None
        if await self._resumes.readable(resume_id, self._user) is None:
            raise ResumeNotFoundError
        request = ReviewRequest(
            resume_id=resume_id,
            requested_by_user_id=self._user.id,
            target_industry=resolved.value,
            target_role=target_role,
            experience_level=experience_level,
            language=language,
        )
        await self._reviews.add(request)
        connection = await driver_connection(self._session)
        await self._queue.enqueue(connection, ANALYSE_JOB, subject=request.id, priority=Priority.INTERACTIVE)
        record_activity(
            self._session,
            ActivityAction.CREATE,
            entity=EntityType.REVIEW,
            entity_id=request.id,
            user_id=self._user.id,
            client=client,
            new={"industry": resolved.value, "resume_id": str(resume_id)},
        )
        return request

    async def get(self, review_id: uuid.UUID, *, with_review: bool = False) -> ReviewWithResult:
        """One review with its result, if it has one.

        Raises:
            ReviewNotFoundError: Unknown, or not this user's to see.
        """
        found = await self._reviews.readable(review_id, self._user, with_review=with_review)
        if found is None:
            raise ReviewNotFoundError
        return found

    async def findings(self, review_id: uuid.UUID) -> Sequence[ReviewFeedbackItem]:
        """All findings and strengths of a completed review.

        Raises:
            ReviewNotFoundError: Unknown, or not this user's to see.
            ReviewNotFinishedError: It has no result.
        """
        found = await self.get(review_id)
        if found.result is None:
            raise ReviewNotFinishedError
        return await self._reviews.findings(found.result.id)

    async def page(
        self, *, page: int, page_size: int, candidate_id: uuid.UUID | None
    ) -> tuple[Sequence[ReviewRow], int]:
        """One page, newest first, and the number on all pages."""
        rows = await self._reviews.page(
            self._user, candidate_id=candidate_id, limit=page_size, offset=(page - 1) * page_size
        )
        return rows, await self._reviews.count(self._user, candidate_id=candidate_id)
