"""Reviews that wait for answers of models which come with a vendor's batch, hours later, and hold no worker until then."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import Variant
from resume_review.database.models import ReviewRequest
from resume_review.database.session import driver_connection
from resume_review.features.experiments import Variants
from resume_review.features.model_batches import GatheredReviews
from resume_review.features.resume_analysis.repository import ReviewRepository
from resume_review.features.resume_analysis.terms import ANALYSE_JOB
from resume_review.infrastructure.queue import JobQueue, Priority


async def variant_or_pause(
    request: ReviewRequest, variants: Variants, gathered: GatheredReviews | None
) -> tuple[Variant | None, bool]:
    """What is tried with a review, and whether its questions go with a batch; never both.

    An experiment compares single calls, and a review that began without one is finished without.
    """
    if gathered is not None and await gathered.pauses(request.id):
        return None, True
    variant = await variants.choose(request)
    return variant, variant is None and gathered is not None and await gathered.takes(request.id)


async def go_on(session: AsyncSession, review_ids: Sequence[uuid.UUID]) -> None:
    """Start paused reviews again once the open transaction commits; one that is being worked on is left alone."""
    if not review_ids:
        return
    reviews, connection, queue = ReviewRepository(session), await driver_connection(session), JobQueue()
    still_open = await reviews.still_open(review_ids)
    owners = select(ReviewRequest.id, ReviewRequest.requested_by_user_id).where(
        ReviewRequest.id.in_(still_open)
    )
    for review_id, owner in (await session.execute(owners.order_by(ReviewRequest.id))).all():
        if not await queue.waits(connection, ANALYSE_JOB, review_id, or_runs=True):
            await queue.enqueue(
                connection, ANALYSE_JOB, subject=review_id, owner=owner, priority=Priority.BULK
            )
