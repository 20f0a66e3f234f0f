"""Rows of bulk uploads; each belongs to the one who sent it, and nobody else sees it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Update, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.folding import fold
from resume_review.core.ids import new_id
from resume_review.database.enums import (
    BatchItemStatus,
    CandidateMatch,
    ModelBatchItemStatus,
    ReviewRequestStatus,
)
from resume_review.database.models import (
    Candidate,
    ModelBatchItem,
    ReviewRequest,
    UploadBatch,
    UploadBatchItem,
    User,
)
from resume_review.features.bulk_upload.contacts import Contact, same_name
from resume_review.features.candidates import found_by, readable_by

UNREAD = (BatchItemStatus.PENDING, BatchItemStatus.PROCESSING)
OPEN = (*UNREAD, BatchItemStatus.WAITING)
MOST_NAMESAKES = 50
FORGOTTEN: dict[str, Any] = {"file_key": None, "contact": None, "document": None, "attempt_token": None}
"""What a row no longer keeps once its file is attached or given up."""


def forget(item: UploadBatchItem, status: BatchItemStatus) -> None:
    """End the file in this state and keep nothing of it here."""
    item.status = status
    for column, nothing in FORGOTTEN.items():
        setattr(item, column, nothing)


@dataclass(frozen=True)
class Match:
    """Why a file is thought to be a candidate's, and whose."""

    kind: CandidateMatch
    candidate_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Claimed:
    """A file to be read, and for whom."""

    item: UploadBatchItem
    batch: UploadBatch
    user: User


def _reopened() -> Update:
    return (
        update(UploadBatchItem)
        .where(UploadBatchItem.status == BatchItemStatus.ERROR, UploadBatchItem.file_key.is_not(None))
        .values(status=BatchItemStatus.PENDING, error_code=None, error_message=None)
    )


def _kept() -> ColumnElement[bool]:
    """Whether something is still kept of a file."""
    return UploadBatchItem.status.in_(OPEN) | UploadBatchItem.file_key.is_not(None)


class BatchRepository:
    """Reads and writes bulk uploads; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, batch: UploadBatch, items: Sequence[UploadBatchItem]) -> None:
        """Store a bulk upload with its files."""
        self._session.add(batch)
        await self._session.flush()
        self._session.add_all(items)
        await self._session.flush()

    async def owned(self, batch_id: uuid.UUID, user: User) -> UploadBatch | None:
        """The batch, if the user sent it."""
        statement = select(UploadBatch).where(
            UploadBatch.id == batch_id, UploadBatch.created_by_user_id == user.id
        )
        return await self._session.scalar(statement)

    async def items(
        self, batch_id: uuid.UUID, user: User
    ) -> Sequence[tuple[UploadBatchItem, Candidate | None]]:
        """All files in order, with the candidates among theirs that the user may see."""
        statement = (
            select(UploadBatchItem, Candidate)
            .outerjoin(Candidate, (Candidate.id == UploadBatchItem.candidate_id) & readable_by(user))
            .where(UploadBatchItem.batch_id == batch_id)
            .order_by(UploadBatchItem.position)
        )
        return [(row[0], row[1]) for row in await self._session.execute(statement)]

    async def page(self, user: User, *, limit: int, offset: int) -> Sequence[UploadBatch]:
        """The user's bulk uploads, newest first."""
        statement = (
            select(UploadBatch)
            .where(UploadBatch.created_by_user_id == user.id)
            .order_by(UploadBatch.created_at.desc(), UploadBatch.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return (await self._session.scalars(statement)).all()

    async def count(self, user: User) -> int:
        """How many bulk uploads the user sent."""
        statement = select(func.count(UploadBatch.id)).where(UploadBatch.created_by_user_id == user.id)
        return await self._session.scalar(statement) or 0

    async def counts(self, batch_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, int]]:
        """How many files of each batch are in which state."""
        statement = (
            select(UploadBatchItem.batch_id, UploadBatchItem.status, func.count(UploadBatchItem.id))
            .where(UploadBatchItem.batch_id.in_(batch_ids))
            .group_by(UploadBatchItem.batch_id, UploadBatchItem.status)
        )
        found: dict[uuid.UUID, dict[str, int]] = {batch_id: {} for batch_id in batch_ids}
        for batch_id, status, number in (await self._session.execute(statement)).all():
            found[batch_id][status.value] = number
        return found

    async def at_vendor(self, batch_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
        """How many reviews of each batch wait for a batch of models' answers; those without any are left out."""
        waiting = exists().where(
            ModelBatchItem.review_request_id == ReviewRequest.id,
            ModelBatchItem.status == ModelBatchItemStatus.WAITING,
        )
        statement = (
            select(UploadBatchItem.batch_id, func.count(ReviewRequest.id))
            .join(ReviewRequest, ReviewRequest.id == UploadBatchItem.review_id)
            .where(
                UploadBatchItem.batch_id.in_(batch_ids),
                ReviewRequest.status == ReviewRequestStatus.PROCESSING,
                waiting,
            )
            .group_by(UploadBatchItem.batch_id)
        )
        rows = (await self._session.execute(statement)).all()
        return {row[0]: row[1] for row in rows}

    async def held(
        self, batch_id: uuid.UUID, item_ids: Sequence[uuid.UUID]
    ) -> dict[uuid.UUID, UploadBatchItem]:
        """Files of the batch with what was read from them, held until the transaction ends."""
        statement = (
            select(UploadBatchItem)
            .where(UploadBatchItem.batch_id == batch_id, UploadBatchItem.id.in_(item_ids))
            .order_by(UploadBatchItem.id)
            .with_for_update()
        )
        return {item.id: item for item in await self._session.scalars(statement)}

    async def document(self, item_id: uuid.UUID) -> dict[str, Any] | None:
        """What was read from a file."""
        return await self._session.scalar(
            select(UploadBatchItem.document).where(UploadBatchItem.id == item_id)
        )

    async def claim(self, item_id: uuid.UUID) -> Claimed | None:
        """Take the reading for this attempt; null when it has ended. An earlier attempt loses its claim."""
        statement = (
            update(UploadBatchItem)
            .where(UploadBatchItem.id == item_id, UploadBatchItem.status.in_(UNREAD))
            .values(
                status=BatchItemStatus.PROCESSING,
                attempt=UploadBatchItem.attempt + 1,
                attempt_token=new_id(),
            )
            .returning(UploadBatchItem)
        )
        item = await self._session.scalar(statement)
        if item is None:
            return None
        owner = (
            select(UploadBatch, User)
            .join(User, User.id == UploadBatch.created_by_user_id)
            .where(UploadBatch.id == item.batch_id)
        )
        row = (await self._session.execute(owner)).one()
        return Claimed(item, row[0], row[1])

    async def finish(self, item: UploadBatchItem, values: dict[str, Any]) -> UploadBatchItem | None:
        """Store the outcome of a reading, if this attempt still holds the claim; null if it does not."""
        statement = (
            update(UploadBatchItem)
            .where(
                UploadBatchItem.id == item.id,
                UploadBatchItem.status == BatchItemStatus.PROCESSING,
                UploadBatchItem.attempt_token == item.attempt_token,
            )
            .values(**values)
            .returning(UploadBatchItem)
        )
        return await self._session.scalar(statement)

    async def give_up(self, item_id: uuid.UUID, *, code: str, message: str) -> uuid.UUID | None:
        """End a reading that nobody will work on any more; the batch it belongs to."""
        statement = (
            update(UploadBatchItem)
            .where(UploadBatchItem.id == item_id, UploadBatchItem.status.in_(UNREAD))
            .values(status=BatchItemStatus.ERROR, error_code=code, error_message=message, attempt_token=None)
            .returning(UploadBatchItem.batch_id)
        )
        return await self._session.scalar(statement)

    async def unread(self, *, since: datetime) -> Sequence[uuid.UUID]:
        """Files that have been waiting to be read since before this time."""
        statement = (
            select(UploadBatchItem.id)
            .join(UploadBatch)
            .where(UploadBatchItem.status.in_(UNREAD), UploadBatch.created_at < since)
            .order_by(UploadBatchItem.id)
        )
        return (await self._session.scalars(statement)).all()

    async def unattached(self, batch_id: uuid.UUID) -> Sequence[UploadBatchItem]:
        """Files that something is still kept of, held until the transaction ends."""
        statement = (
            select(UploadBatchItem)
            .where(UploadBatchItem.batch_id == batch_id, _kept())
            .order_by(UploadBatchItem.id)
            .with_for_update()
        )
        return (await self._session.scalars(statement)).all()

    async def abandoned(self, *, before: datetime) -> UploadBatch | None:
        """A bulk upload from before this time of which something is still kept; held until the transaction ends."""
        kept = exists().where(UploadBatchItem.batch_id == UploadBatch.id, _kept())
        statement = (
            select(UploadBatch)
            .where(UploadBatch.created_at < before, kept)
            .order_by(UploadBatch.created_at)
            .limit(1)
            .with_for_update()
        )
        return await self._session.scalar(statement)

    async def reopen(self, batch_id: uuid.UUID) -> Sequence[uuid.UUID]:
        """Files that failed but are still there, ready for another attempt."""
        statement = _reopened().where(UploadBatchItem.batch_id == batch_id)
        return (await self._session.scalars(statement.returning(UploadBatchItem.id))).all()

    async def reopen_item(self, item_id: uuid.UUID) -> uuid.UUID | None:
        """The same for one file; the batch it belongs to."""
        statement = _reopened().where(UploadBatchItem.id == item_id)
        return await self._session.scalar(statement.returning(UploadBatchItem.batch_id))

    async def match(self, contact: Contact, user: User) -> Match:
        """The candidate among those the user may see: by address, which is certain, or else by name."""
        if contact.email:
            by_email = select(Candidate.id).where(Candidate.email == contact.email, readable_by(user))
            found = await self._session.scalar(by_email)
            if found is not None:
                return Match(CandidateMatch.EMAIL, found)
        if not contact.name or not fold(contact.name):
            return Match(CandidateMatch.NONE)
        by_name = select(Candidate).where(readable_by(user), *found_by(contact.name)).limit(MOST_NAMESAKES)
        namesakes = [
            candidate.id
            for candidate in await self._session.scalars(by_name)
            if same_name(contact.name, candidate.first_name, candidate.last_name)
        ]
        if len(namesakes) > 1:
            return Match(CandidateMatch.AMBIGUOUS)
        return Match(CandidateMatch.NAME, namesakes[0]) if namesakes else Match(CandidateMatch.NONE)
