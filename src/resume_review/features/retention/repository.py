"""Finds and deletes what is too old."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.models import Candidate, Resume, ReviewRequest, UploadBatch, UploadBatchItem


@dataclass(frozen=True)
class OldResume:
    """A resume whose time is over, and the reviews that go with it."""

    id: uuid.UUID
    stored_filename: str
    file_hash: str
    review_ids: Sequence[uuid.UUID]


class RetentionRepository:
    """Works in the given session; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def resumes(self, before: datetime, *, limit: int) -> list[OldResume]:
        """The oldest resumes that were uploaded before this time.

        Their candidates stay locked, so that no new version comes to share a file that goes.
        """
        columns = (Resume.id, Resume.candidate_id, Resume.stored_filename, Resume.file_hash)
        statement = (
            select(*columns).where(Resume.uploaded_at < before).order_by(Resume.uploaded_at).limit(limit)
        )
        found = (await self._session.execute(statement)).all()
        owners = {row.candidate_id for row in found}
        await self._session.execute(
            select(Candidate.id).where(Candidate.id.in_(owners)).order_by(Candidate.id).with_for_update()
        )
        reviews: dict[uuid.UUID, list[uuid.UUID]] = {row.id: [] for row in found}
        asked = select(ReviewRequest.resume_id, ReviewRequest.id).where(ReviewRequest.resume_id.in_(reviews))
        for resume_id, review_id in await self._session.execute(asked):
            reviews[resume_id].append(review_id)
        return [OldResume(row.id, row.stored_filename, row.file_hash, reviews[row.id]) for row in found]

    async def delete_resumes(self, resume_ids: Collection[uuid.UUID]) -> None:
        """Delete the resumes with all that hangs on them."""
        await self._session.execute(delete(Resume).where(Resume.id.in_(resume_ids)))

    async def delete_batches(self, before: datetime, *, limit: int) -> tuple[list[uuid.UUID], list[str]]:
        """Delete bulk uploads of before this time; their ids and the keys of their files."""
        oldest = select(UploadBatch.id).where(UploadBatch.created_at < before).limit(limit).with_for_update()
        batch_ids = list((await self._session.scalars(oldest)).all())
        held = select(UploadBatchItem.file_key).where(UploadBatchItem.batch_id.in_(batch_ids))
        keys = [key for key in (await self._session.scalars(held)).all() if key is not None]
        await self._session.execute(delete(UploadBatch).where(UploadBatch.id.in_(batch_ids)))
        return batch_ids, keys
