"""What becomes of a batch's questions: answered and paid for, or given back to single calls."""

import uuid
from collections.abc import Awaitable, Callable, Sequence
from decimal import Decimal

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import ModelBatches, ModelUse, Payer, Totals, batching
from resume_review.core.clock import utc_now
from resume_review.database.enums import ModelBatchItemStatus
from resume_review.database.models import ModelBatch, ModelBatchItem
from resume_review.features.model_batches.repository import LATE, BatchRepository, Question
from resume_review.features.model_usage import add_use, record_in
from resume_review.infrastructure.transactions import Transactions

log = structlog.get_logger(__name__)

GoOn = Callable[[AsyncSession, Sequence[uuid.UUID]], Awaitable[None]]
"""Has paused reviews started again once the open transaction commits."""

_AT_ONCE = 50
_LONGEST_FAULT = 64


class Settling:
    """Every question is settled once, and its money with it in one transaction."""

    def __init__(self, transactions: Transactions, models: ModelBatches, go_on: GoOn) -> None:
        self._transactions = transactions
        self._models = models
        self._go_on = go_on

    async def take_in(self, batch: ModelBatch, collected: batching.Collected) -> None:
        """Write down what came back, answers that nobody waits for included; they were paid for as well."""
        # By our own spelling of the id; what is none was never asked by us.
        answers = {
            uuid.UUID(answer.custom_id): answer for answer in collected.answers if _is_id(answer.custom_id)
        }
        known, keys = 0, list(answers)
        for start in range(0, len(keys), _AT_ONCE):
            async with self._transactions.transaction() as session:
                questions = await BatchRepository(session).questions(
                    batch.id, lock=True, ids=keys[start : start + _AT_ONCE]
                )
                for question in questions:
                    await self._take_in_one(session, batch, question, answers[question.item.id])
                known += len(questions)
        if collected.unreadable or known < len(collected.answers):
            log.warning(
                "batch_lines_ignored",
                batch_id=str(batch.id),
                unreadable=collected.unreadable,
                strange=len(collected.answers) - known,
            )

    async def let_go(
        self,
        session: AsyncSession,
        batch_id: uuid.UUID,
        fault: str,
        *,
        only: Sequence[uuid.UUID] | None = None,
    ) -> None:
        """Leave waiting questions to single calls, give back what is set aside, and start the reviews again."""
        questions = await BatchRepository(session).questions(batch_id, lock=True, ids=only)
        for question in questions:
            if question.item.status is ModelBatchItemStatus.WAITING:
                await _fail(session, question, fault)
        await session.flush()
        await self.go_on(session, questions)

    async def go_on(self, session: AsyncSession, questions: Sequence[Question]) -> None:
        """Start reviews again, but not those that have ended."""
        reviews = dict.fromkeys(
            question.item.review_request_id for question in questions if question.review_open
        )
        await self._go_on(session, list(reviews))

    async def _take_in_one(
        self, session: AsyncSession, batch: ModelBatch, question: Question, answer: batching.BatchAnswer
    ) -> None:
        item = question.item
        waits = item.status is ModelBatchItemStatus.WAITING
        late = item.status is ModelBatchItemStatus.FAILED and item.fault == LATE
        if item.usage_id is not None or not (waits or late):
            return
        if answer.fault is not None:
            if waits:
                await _fail(session, question, answer.fault)
            return
        cost = self._models.cost(batch.model, answer)
        spent = Totals(tokens=answer.input_tokens + answer.output_tokens, usd=cost or Decimal(0))
        await record_in(session, payer_of(question), spent - question.reserved)
        item.reserved_tokens, item.reserved_usd = 0, Decimal(0)
        use = _use(batch, item, answer, cost)
        item.usage_id = await add_use(session, item.review_request_id, use)
        item.finish = answer.finish
        if waits:
            item.status = ModelBatchItemStatus.ANSWERED
        await session.flush()


async def _fail(session: AsyncSession, question: Question, fault: str) -> None:
    item = question.item
    if question.reserved != Totals():
        await record_in(session, payer_of(question), Totals() - question.reserved)
    item.status, item.fault = ModelBatchItemStatus.FAILED, fault[:_LONGEST_FAULT]
    item.reserved_tokens, item.reserved_usd = 0, Decimal(0)


def payer_of(question: Question) -> Payer:
    """Who pays, as for single calls about the same review."""
    return Payer(review=str(question.item.review_request_id), user=str(question.user_id))


def _use(
    batch: ModelBatch, item: ModelBatchItem, answer: batching.BatchAnswer, cost: Decimal | None
) -> ModelUse:
    vendor, _, model = batch.model.partition(":")
    waited = utc_now() - (batch.submitted_at or utc_now())
    return ModelUse(
        agent=item.agent,
        prompt_name=item.prompt_name,
        prompt_version=item.prompt_version,
        prompt_hash=item.prompt_hash,
        vendor=vendor,
        model=answer.model or model,
        variables=item.variables,
        answer=answer.text,
        input_tokens=answer.input_tokens,
        output_tokens=answer.output_tokens,
        cached_input_tokens=answer.cached_input_tokens,
        cost_usd=cost,
        latency_ms=round(waited.total_seconds() * 1000),
        fault=None,
        variant=None,
    )


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
