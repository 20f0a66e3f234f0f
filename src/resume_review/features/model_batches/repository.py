"""Rows of batches and of the questions in them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from resume_review.ai_agents.interface import Totals, batching
from resume_review.core.ids import new_id
from resume_review.database.enums import ModelBatchItemStatus, ModelBatchStatus, ReviewRequestStatus
from resume_review.database.models import (
    ModelBatch,
    ModelBatchItem,
    PromptUsage,
    ReviewRequest,
    UploadBatchItem,
)

LATE = "batch_late"
"""The fault of a question that its review no longer waits for, though the vendor may still answer it."""

_GATHERING_LOCK = 6_114_902_338_475_520
_OPEN = (ReviewRequestStatus.PENDING, ReviewRequestStatus.PROCESSING)


@dataclass(frozen=True)
class Question:
    """A question of a batch, and who pays for it if its review has not ended."""

    item: ModelBatchItem
    user_id: uuid.UUID
    review_open: bool

    @property
    def reserved(self) -> Totals:
        """What is set aside for it."""
        return Totals(tokens=self.item.reserved_tokens, usd=self.item.reserved_usd)


class BatchRepository:
    """Reads and writes batches; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def from_bulk(self, review_id: uuid.UUID) -> bool:
        """Whether a bulk upload asked for the review."""
        return bool(
            await self._session.scalar(select(exists().where(UploadBatchItem.review_id == review_id)))
        )

    async def standing(self, review_id: uuid.UUID) -> batching.Standing:
        """How the questions about a review stand."""
        statement = select(ModelBatchItem.status).where(ModelBatchItem.review_request_id == review_id)
        found = set(await self._session.scalars(statement))
        if not found:
            return batching.Standing.NOT_ASKED
        waits = ModelBatchItemStatus.WAITING in found
        return batching.Standing.WAITING if waits else batching.Standing.SETTLED

    async def gathering(
        self, model: str, *, now: datetime, gathers_for: timedelta, waits_for: timedelta, most: int
    ) -> tuple[ModelBatch, bool]:
        """The batch of this model that takes questions, and whether it was made now; one at a time asks this."""
        await self._session.execute(select(func.pg_advisory_xact_lock(_GATHERING_LOCK)))
        size = select(func.count(ModelBatchItem.id)).where(ModelBatchItem.batch_id == ModelBatch.id)
        statement = (
            select(ModelBatch)
            .where(
                ModelBatch.model == model,
                ModelBatch.status == ModelBatchStatus.GATHERING,
                ModelBatch.closes_at > now,
                size.scalar_subquery() < most,
            )
            .limit(1)
            .with_for_update()
        )
        batch = await self._session.scalar(statement)
        if batch is not None:
            return batch, False
        batch = ModelBatch(model=model, closes_at=now + gathers_for, gives_up_at=now + waits_for)
        batch.left_out = await self._last_left_out(model)
        self._session.add(batch)
        await self._session.flush()
        return batch, True

    async def add(
        self, batch_id: uuid.UUID, review_id: uuid.UUID, questions: Sequence[batching.ToAsk]
    ) -> None:
        """Put questions with a batch; those that are in one already stay there."""
        rows = [
            {
                "id": new_id(),
                "batch_id": batch_id,
                "review_request_id": review_id,
                "agent": question.agent,
                "prompt_name": question.prompt_name,
                "prompt_version": question.prompt_version,
                "prompt_hash": question.prompt_hash,
                "variables": dict(question.variables),
                "status": ModelBatchItemStatus.WAITING,
                "reserved_tokens": 0,
                "reserved_usd": Decimal(0),
            }
            for question in questions
        ]
        await self._session.execute(insert(ModelBatchItem).values(rows).on_conflict_do_nothing())

    async def answer(
        self, review_id: uuid.UUID, question: batching.ToAsk
    ) -> tuple[ModelBatchItem, PromptUsage] | None:
        """The answer to this question, asked of this model with this prompt, as the usage history has it."""
        statement = (
            select(ModelBatchItem, PromptUsage)
            .join(ModelBatch, ModelBatch.id == ModelBatchItem.batch_id)
            .join(PromptUsage, PromptUsage.id == ModelBatchItem.usage_id)
            .where(
                ModelBatchItem.review_request_id == review_id,
                ModelBatchItem.agent == question.agent,
                ModelBatchItem.prompt_hash == question.prompt_hash,
                ModelBatchItem.status == ModelBatchItemStatus.ANSWERED,
                ModelBatch.model == question.model,
            )
            .options(undefer(PromptUsage.agent_response))
        )
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else (row[0], row[1])

    async def claim(self, batch_id: uuid.UUID) -> ModelBatch | None:
        """Take the batch for this step; null when it has ended. An earlier step loses its claim."""
        statement = (
            update(ModelBatch)
            .where(ModelBatch.id == batch_id, ModelBatch.status != ModelBatchStatus.ENDED)
            .values(attempt_token=new_id())
            .returning(ModelBatch)
        )
        return await self._session.scalar(statement)

    async def held(self, batch: ModelBatch) -> ModelBatch | None:
        """The row as it is now, until the transaction ends; null when the claim is lost or it has ended."""
        statement = (
            select(ModelBatch)
            .where(
                ModelBatch.id == batch.id,
                ModelBatch.attempt_token == batch.attempt_token,
                ModelBatch.status != ModelBatchStatus.ENDED,
            )
            .with_for_update()
        )
        return await self._session.scalar(statement)

    async def submitted(self, batch_id: uuid.UUID, vendor_id: str) -> None:
        """Write down the vendor's id, whoever holds the claim: it was paid for."""
        await self._session.execute(
            update(ModelBatch)
            .where(ModelBatch.id == batch_id, ModelBatch.vendor_id.is_(None))
            .values(vendor_id=vendor_id)
        )
        await self._session.execute(
            update(ModelBatch)
            .where(ModelBatch.id == batch_id, ModelBatch.status == ModelBatchStatus.SUBMITTING)
            .values(status=ModelBatchStatus.RUNNING)
        )

    async def questions(
        self, batch_id: uuid.UUID, *, lock: bool = False, ids: Sequence[uuid.UUID] | None = None
    ) -> Sequence[Question]:
        """The questions of a batch in a fixed order, with what their usage rows need."""
        statement = (
            select(ModelBatchItem, ReviewRequest.requested_by_user_id, ReviewRequest.status)
            .join(ReviewRequest, ReviewRequest.id == ModelBatchItem.review_request_id)
            .where(ModelBatchItem.batch_id == batch_id)
            .order_by(ModelBatchItem.id)
            .options(undefer(ModelBatchItem.variables))
            .execution_options(populate_existing=True)
        )
        if ids is not None:
            statement = statement.where(ModelBatchItem.id.in_(ids))
        if lock:
            statement = statement.with_for_update(of=ModelBatchItem)
        rows = (await self._session.execute(statement)).all()
        return [Question(row[0], row[1], row[2] in _OPEN) for row in rows]

    async def waited_for(self, batch_id: uuid.UUID) -> bool:
        """Whether a review that has not ended waits for the batch."""
        statement = select(
            exists()
            .where(ModelBatchItem.batch_id == batch_id, _waiting())
            .where(
                ReviewRequest.id == ModelBatchItem.review_request_id,
                ReviewRequest.status.in_(_OPEN),
            )
        )
        return bool(await self._session.scalar(statement))

    async def known_ids(self, model: str, *, but: uuid.UUID) -> Sequence[str]:
        """The vendor's ids of our other batches of a model."""
        statement = select(ModelBatch.vendor_id).where(
            ModelBatch.model == model, ModelBatch.id != but, ModelBatch.vendor_id.is_not(None)
        )
        return [known for known in await self._session.scalars(statement) if known]

    async def unfinished(self, before: datetime) -> Sequence[uuid.UUID]:
        """Batches that have not ended though they were closed before this time."""
        statement = (
            select(ModelBatch.id)
            .where(ModelBatch.status != ModelBatchStatus.ENDED, ModelBatch.closes_at < before)
            .order_by(ModelBatch.closes_at)
        )
        return (await self._session.scalars(statement)).all()

    async def purge(self, before: datetime) -> None:
        """Delete batches that ended before this time; what their answers cost stays in the usage history."""
        await self._session.execute(
            delete(ModelBatch).where(
                ModelBatch.status == ModelBatchStatus.ENDED, ModelBatch.ended_at < before
            )
        )

    async def _last_left_out(self, model: str) -> list[str]:
        statement = (
            select(ModelBatch.left_out)
            .where(ModelBatch.model == model)
            .order_by(ModelBatch.created_at.desc())
            .limit(1)
        )
        return list(await self._session.scalar(statement) or [])


def _waiting() -> ColumnElement[bool]:
    return ModelBatchItem.status == ModelBatchItemStatus.WAITING
