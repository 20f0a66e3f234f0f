"""How a stored review was asked for, as the analyzer takes it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from resume_review.ai_agents.interface import AnalysisRequest, Prompt, from_data
from resume_review.database.models import PromptVersion, ReviewRequest, ReviewResult
from resume_review.documents import Document
from resume_review.features.resume_analysis.repository import ReviewRepository
from resume_review.features.resume_upload import ResumeRepository
from resume_review.rubric import Review


@dataclass(frozen=True, kw_only=True)
class StoredReview:
    """A review with the question that it answers, and those of its prompts that the database holds."""

    review: Review
    request: AnalysisRequest
    prompts: Sequence[Prompt]


def analysis_request(request: ReviewRequest, document: Document, names: tuple[str, ...]) -> AnalysisRequest:
    """The question of a review; `names` are those that the person is known by."""
    return AnalysisRequest(
        document=document,
        industry=request.target_industry,
        language=request.language,
        review_date=review_day(request),
        target_role=request.target_role,
        experience_level=request.experience_level.value if request.experience_level else None,
        review_type=request.review_type,
        review_id=str(request.id),
        user_id=str(request.requested_by_user_id),
        known_names=names,
    )


def review_day(request: ReviewRequest) -> date:
    """The day the review was asked for, so that a retry after midnight gives the same answer."""
    return request.requested_at.date()


async def stored_review(session: AsyncSession, review_id: uuid.UUID) -> StoredReview | None:
    """A completed review, whoever may see it; null when it has no result or its text is gone."""
    reviews = ReviewRepository(session)
    request = await reviews.by_id(review_id)
    statement = (
        select(ReviewResult)
        .where(ReviewResult.review_request_id == review_id)
        .options(undefer(ReviewResult.review))
    )
    result = await session.scalar(statement)
    document = await ResumeRepository(session).document(request.resume_id) if request else None
    if request is None or document is None or result is None or result.review is None:
        return None
    review = msgspec.convert(result.review, Review)
    asked = analysis_request(
        request, msgspec.convert(document, Document), await reviews.known_names(review_id)
    )
    return StoredReview(review=review, request=asked, prompts=await _prompts(session, review.receipt.prompts))


async def _prompts(session: AsyncSession, labels: Sequence[str]) -> list[Prompt]:
    hashes = [label.rpartition("+")[2] for label in labels]
    if not hashes:
        return []
    statement = select(PromptVersion.body).where(
        or_(*(PromptVersion.content_hash.startswith(start) for start in hashes))
    )
    return [from_data(body) for body in await session.scalars(statement)]
