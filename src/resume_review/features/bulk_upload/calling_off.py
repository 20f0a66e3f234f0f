"""Giving up files that no candidate has got: their jobs, what was read from them, and the files themselves."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction, BatchItemStatus, EntityType
from resume_review.database.models import UploadBatch, UploadBatchItem, User
from resume_review.database.session import driver_connection
from resume_review.features.audit import record_activity
from resume_review.features.bulk_upload.progress import tell
from resume_review.features.bulk_upload.repository import UNREAD, BatchRepository, forget
from resume_review.features.stored_files import remove_files
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.queue import JobQueue


async def forget_files(
    session: AsyncSession, queue: JobQueue, items: Iterable[UploadBatchItem], status: BatchItemStatus
) -> None:
    """End the files in this state and keep nothing of them, once the transaction is committed."""
    keys: list[str] = []
    for item in items:
        if item.file_key is not None:
            keys.append(item.file_key)
        forget(item, status)
    await remove_files(session, queue, keys)


async def call_off(
    session: AsyncSession, queue: JobQueue, batch: UploadBatch, *, by: User | None, client: ClientInfo | None
) -> None:
    """Cancel all of a bulk upload that is not attached yet; no `by` means that its time is over."""
    unattached = await BatchRepository(session).unattached(batch.id)
    reading = [item.id for item in unattached if item.status in UNREAD]
    if reading:
        await queue.cancel_all(await driver_connection(session), reading)
    await forget_files(session, queue, unattached, BatchItemStatus.CANCELLED)
    batch.cancelled_at = batch.cancelled_at or utc_now()
    await session.flush()
    record_activity(
        session,
        ActivityAction.CANCEL,
        entity=EntityType.RESUME,
        entity_id=batch.id,
        user_id=by.id if by else None,
        client=client,
        new={"batch": True, "files": len(unattached)},
    )
    await tell(session, batch.id)
