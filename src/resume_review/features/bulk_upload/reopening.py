"""Giving the reading of one file another chance."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.features.bulk_upload.progress import tell
from resume_review.features.bulk_upload.repository import BatchRepository


async def reopen_item(session: AsyncSession, item_id: uuid.UUID) -> None:
    """Make a file whose reading failed wait again; one that stands otherwise, or is gone, is left alone."""
    batch_id = await BatchRepository(session).reopen_item(item_id)
    if batch_id is not None:
        await tell(session, batch_id)
