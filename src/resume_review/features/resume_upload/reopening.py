"""Opening a resume whose reading an administrator sends back to the queue."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import ResumeStatus
from resume_review.features.resume_upload.progress import tell
from resume_review.features.resume_upload.repository import ResumeRepository

AGAIN: dict[str, object] = {
    "status": ResumeStatus.PROCESSING,
    "progress": 0,
    "error_code": None,
    "error_message": None,
    "processed_at": None,
}
"""What a row is set to when its file is to be read once more."""


async def reopen_reading(session: AsyncSession, resume_id: uuid.UUID) -> None:
    """Make a resume whose reading failed wait again; one that stands otherwise is left alone."""
    if await ResumeRepository(session).change(resume_id, (ResumeStatus.ERROR,), AGAIN):
        await tell(session, resume_id, ResumeStatus.PROCESSING)
