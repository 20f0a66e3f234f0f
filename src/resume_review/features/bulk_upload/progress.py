"""Telling whoever waits for a bulk upload that something changed."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.infrastructure.events import publish


def topic(batch_id: uuid.UUID) -> str:
    """Where a bulk upload is spoken of."""
    return f"batch.{batch_id}"


async def tell(session: AsyncSession, batch_id: uuid.UUID) -> None:
    """Wake those who wait, once this transaction is committed."""
    await publish(session, topic(batch_id), {})
