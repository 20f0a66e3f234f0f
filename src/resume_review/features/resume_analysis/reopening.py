"""Opening a review whose job an administrator sends back to the queue."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.features.resume_analysis.progress import announce
from resume_review.features.resume_analysis.repository import ReviewRepository


async def reopen_review(session: AsyncSession, review_id: uuid.UUID) -> None:
    """Make a review that failed wait again; one that has ended otherwise is left alone."""
    if await ReviewRepository(session).reopen(review_id):
        await announce(session, review_id)
