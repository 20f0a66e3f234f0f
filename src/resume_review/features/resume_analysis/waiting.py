"""A review may be asked for while its resume is still being read: it waits its turn, and ends with the reading."""

import uuid
from datetime import timedelta

import structlog

from resume_review.core.clock import utc_now
from resume_review.database.enums import ResumeStatus
from resume_review.database.session import driver_connection
from resume_review.features.resume_analysis.progress import announce_end
from resume_review.features.resume_analysis.repository import ReviewRepository
from resume_review.features.resume_analysis.terms import ANALYSE_JOB
from resume_review.features.resume_upload import UNREAD
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.transactions import Transactions

log = structlog.get_logger(__name__)

LOOK_AGAIN_AFTER = timedelta(seconds=1)
NOT_READ = "review.resume_not_read"

_WHY = {
    ResumeStatus.CANCELLED: "The reading of the resume was cancelled. Retry its reading, then this review.",
    ResumeStatus.ERROR: "The resume could not be read, so there is nothing to review.",
}


async def can_begin(transactions: Transactions, review_id: uuid.UUID) -> bool:
    """Whether the text of the resume is there.

    While it is being read, a new job for later takes the place of the one that asks, so that waiting is no run of
    any job. A review whose resume was not read ends with the reason.
    """
    async with transactions.transaction() as session:
        reviews = ReviewRepository(session)
        found = await reviews.open_on(review_id)
        if found is None or found.resume_status is ResumeStatus.COMPLETED:
            # What has ended is left to the claim.
            return True
        if found.resume_status in UNREAD:
            await JobQueue().enqueue(
                await driver_connection(session),
                ANALYSE_JOB,
                subject=review_id,
                owner=found.requested_by,
                not_before=utc_now() + LOOK_AGAIN_AFTER,
            )
            return False
        message = " ".join(part for part in (_WHY[found.resume_status], found.resume_error) if part)
        if await reviews.fail_open(review_id, now=utc_now(), code=NOT_READ, message=message):
            await announce_end(session, review_id)
    log.info("review_failed", review_id=str(review_id), code=NOT_READ)
    return False
