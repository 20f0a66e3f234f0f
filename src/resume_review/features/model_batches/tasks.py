"""The job behind a batch: closes it, sends it, asks after it and takes its answers in, one step at a time.

No step waits for the vendor's models: it sends itself again for later. What is about to be sent is written down
before it is sent, so that a process that dies in between sends nothing twice.
"""

import uuid
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import (
    AnalysisRequest,
    LimitAnalysisError,
    ModelBatches,
    PromptError,
    Totals,
    batching,
)
from resume_review.core.clock import utc_now
from resume_review.database.enums import ModelBatchItemStatus, ModelBatchStatus
from resume_review.database.models import ModelBatch
from resume_review.database.session import driver_connection
from resume_review.features.model_batches.repository import LATE, BatchRepository, Question
from resume_review.features.model_batches.service import ADVANCE_JOB, BatchTimes
from resume_review.features.model_batches.settling import GoOn, Settling, payer_of
from resume_review.features.model_usage import reserve_in
from resume_review.infrastructure.maintenance import MaintenanceTask
from resume_review.infrastructure.queue import JobDefinition, JobQueue, Lane, Priority
from resume_review.infrastructure.transactions import Transactions

log = structlog.get_logger(__name__)

LONGEST_AT_A_VENDOR = timedelta(hours=48)
"""Vendors end every batch within a day; one that is not ended twice as long after is not asked for any more."""
KEPT = timedelta(days=7)

RequestFor = Callable[[uuid.UUID], Awaitable[AnalysisRequest | None]]


class AdvanceBatch:
    """May be started any number of times for the same batch; whatever costs money happens once."""

    def __init__(
        self,
        transactions: Transactions,
        models: ModelBatches,
        times: BatchTimes,
        *,
        request_for: RequestFor,
        go_on: GoOn,
    ) -> None:
        """`request_for` says how a review was asked for; null when it is gone."""
        self._transactions = transactions
        self._models = models
        self._times = times
        self._request_for = request_for
        self._settling = Settling(transactions, models, go_on)

    def definition(self) -> JobDefinition:
        """The job as workers register it."""
        return JobDefinition(
            name=ADVANCE_JOB,
            run=self.run,
            give_up=self.give_up,
            unfinished=self.unfinished,
            lane=Lane.SERVICE,
        )

    async def run(self, batch_id: uuid.UUID) -> None:
        """Do what is next, and send the job again for what comes after it."""
        async with self._transactions.transaction() as session:
            batch = await BatchRepository(session).claim(batch_id)
            if batch is not None and batch.status is ModelBatchStatus.GATHERING:
                if batch.closes_at > utc_now():
                    await self._later(session, batch, batch.closes_at)
                    return
                batch.status = ModelBatchStatus.SUBMITTING
        if batch is None:
            return
        provider = self._models.provider(batch.model)
        if provider is None:
            await self._end(batch, "not_configured")
        elif batch.vendor_id is None:
            await self._send(batch, provider)
        else:
            await self._follow(batch, batch.vendor_id, provider)

    async def give_up(self, batch_id: uuid.UUID, reason: str) -> None:
        """Leave the questions to single calls; what is at the vendor is still asked for, for its price."""
        async with self._transactions.transaction() as session:
            batch = await BatchRepository(session).claim(batch_id)
            if batch is None:
                return
            log.warning("batch_given_up", batch_id=str(batch_id), reason=reason)
            await self._settling.let_go(session, batch_id, LATE)
            if batch.submitted_at is None:
                _ended(batch, "gave_up")
            else:
                batch.status, batch.fault = ModelBatchStatus.STOPPING, "gave_up"
                await self._later(session, batch, utc_now() + self._times.poll)

    async def unfinished(self, before: datetime) -> Sequence[uuid.UUID]:
        """Batches that were closed before this time and have not ended."""
        async with self._transactions.transaction() as session:
            return await BatchRepository(session).unfinished(before)

    async def _send(self, batch: ModelBatch, provider: batching.BatchProvider) -> None:
        """Bring the batch to the vendor, unless it may be there already."""
        if batch.submitted_at is None:
            if await self._too_late(batch):
                await self._end(batch, LATE)
            else:
                await self._submit(batch, provider)
            return
        arrived = batch.submitted_at + timedelta(seconds=provider.settles_after_s)
        if utc_now() < arrived:
            await self._again(batch, arrived)
            return
        async with self._transactions.transaction() as session:
            batches = BatchRepository(session)
            questions = await batches.questions(batch.id)
            known = await batches.known_ids(batch.model, but=batch.id)
        try:
            found = await provider.find(
                str(batch.id),
                since=batch.submitted_at,
                size=batch.questions,
                custom_ids={str(question.item.id) for question in questions},
                known=known,
            )
        except batching.BatchError as error:
            log.warning("batch_not_looked_up", batch_id=str(batch.id), fault=type(error).__name__)
            found = batching.Found(unclear=True)
        if found.vendor_id is not None:
            await self._is_there(batch, found.vendor_id)
            if batch.status is ModelBatchStatus.STOPPING:
                await self._stop_at_vendor(batch, found.vendor_id, provider)
        elif found.unclear:
            await self._wait_or_let_go(batch)
        else:
            # It never arrived, so it may be sent, or left alone where nobody waits for it any more.
            await self._forget_sending(batch)

    async def _submit(self, batch: ModelBatch, provider: batching.BatchProvider) -> None:
        questions = await self._written(batch)
        if not questions:
            await self._end(batch, "nothing_to_ask")
            return
        mark = str(batch.id)
        try:
            upload_id = await provider.stage(mark, questions)
            if not await self._intend(batch, upload_id, len(questions)):
                # Another start has taken over and sends a file of its own.
                await provider.discard(None, upload_id)
                return
            vendor_id = await provider.submit(mark, questions, upload_id)
        except batching.BatchRefusedError as error:
            await self._end(batch, type(error).__name__, provider)
        except batching.BatchLaterError:
            await self._forget_sending(batch)
        except batching.BatchError:
            await self._again(batch, utc_now() + self._times.poll)
        else:
            await self._is_there(batch, vendor_id)

    async def _written(self, batch: ModelBatch) -> list[batching.BatchQuestion]:
        """The questions of reviews that have not ended and can be paid for, with their price set aside."""
        async with self._transactions.transaction() as session:
            asked = await BatchRepository(session).questions(batch.id)
        reviews: dict[uuid.UUID, list[Question]] = {}
        for question in asked:
            if question.item.status is ModelBatchItemStatus.WAITING:
                reviews.setdefault(question.item.review_request_id, []).append(question)
        written: list[batching.BatchQuestion] = []
        for review_id, questions in reviews.items():
            ready, fault = await self._written_for(batch, review_id, questions)
            if fault is None and not await self._reserved(batch, questions, ready):
                fault = "BudgetError"
            if fault is None:
                written += ready
            else:
                async with self._transactions.transaction() as session:
                    ids = [question.item.id for question in questions]
                    await self._settling.let_go(session, batch.id, fault, only=ids)
        return written

    async def _written_for(
        self, batch: ModelBatch, review_id: uuid.UUID, questions: Sequence[Question]
    ) -> tuple[Sequence[batching.BatchQuestion], str | None]:
        """What is asked about one review, or why nothing is."""
        if not all(question.review_open for question in questions):
            return (), "review_ended"
        request = await self._request_for(review_id)
        if request is None:
            return (), "review_ended"
        custom_ids = {question.item.agent: str(question.item.id) for question in questions}
        try:
            ready = await self._models.questions(request, batch.model, custom_ids, batch.left_out)
        except PromptError:
            return (), "PromptError"
        return ready, None if len(ready) == len(questions) else "question_lost"

    async def _reserved(
        self, batch: ModelBatch, questions: Sequence[Question], ready: Sequence[batching.BatchQuestion]
    ) -> bool:
        """Whether the questions about one review can be paid for, which is set aside; once, however often asked."""
        amounts = {uuid.UUID(one.custom_id): Totals(tokens=one.tokens, usd=one.usd) for one in ready}
        try:
            async with self._transactions.transaction() as session:
                held = await BatchRepository(session).questions(batch.id, lock=True, ids=list(amounts))
                for question in held:
                    if question.reserved == Totals():
                        amount = amounts[question.item.id]
                        check = self._models.ceilings(amount)
                        await reserve_in(session, payer_of(question), amount, check)
                        question.item.reserved_tokens = amount.tokens
                        question.item.reserved_usd = amount.usd
        except LimitAnalysisError:
            return False
        return len(held) == len(questions)

    async def _intend(self, batch: ModelBatch, upload_id: str | None, questions: int) -> bool:
        """Write down what is about to be sent; false when another start has taken over."""
        async with self._transactions.transaction() as session:
            held = await BatchRepository(session).held(batch)
            if held is None or held.submitted_at is not None:
                return False
            held.upload_id, held.questions, held.submitted_at = upload_id, questions, utc_now()
        return True

    async def _is_there(self, batch: ModelBatch, vendor_id: str) -> None:
        async with self._transactions.transaction() as session:
            await BatchRepository(session).submitted(batch.id, vendor_id)
            await self._later(session, batch, utc_now() + self._times.poll)
        log.info("batch_submitted", batch_id=str(batch.id), model=batch.model)

    async def _forget_sending(self, batch: ModelBatch) -> None:
        """The vendor has nothing; send it later."""
        async with self._transactions.transaction() as session:
            held = await BatchRepository(session).held(batch)
            if held is not None:
                held.submitted_at = None
                await self._later(session, batch, utc_now() + self._times.poll)

    async def _follow(self, batch: ModelBatch, vendor_id: str, provider: batching.BatchProvider) -> None:
        """Ask how far it is; take in what has come, and stop what nobody waits for."""
        try:
            polled = await provider.poll(vendor_id)
            if not polled.ended:
                await self._wait_or_let_go(batch, provider)
                return
            collected = await provider.collect(vendor_id)
        except batching.BatchKeyError:
            await self._wait_or_let_go(batch, provider)
            return
        except batching.BatchRefusedError:
            await self._end(batch, "batch_gone")
            return
        except batching.BatchError as error:
            log.warning("batch_not_followed", batch_id=str(batch.id), fault=type(error).__name__)
            await self._wait_or_let_go(batch, provider)
            return
        await self._settling.take_in(batch, collected)
        async with self._transactions.transaction() as session:
            held = await BatchRepository(session).held(batch)
            if held is None:
                return
            held.left_out = sorted({*held.left_out, *collected.refused})
        await self._end(batch, polled.fault, provider)

    async def _wait_or_let_go(
        self, batch: ModelBatch, provider: batching.BatchProvider | None = None
    ) -> None:
        """Look again later. Reviews that waited long enough go on, and the vendor is asked to stop."""
        now = utc_now()
        if batch.status is ModelBatchStatus.STOPPING:
            if now > batch.gives_up_at + LONGEST_AT_A_VENDOR:
                await self._end(batch, batch.fault)
                return
        elif await self._too_late(batch):
            async with self._transactions.transaction() as session:
                held = await BatchRepository(session).held(batch)
                if held is None:
                    return
                held.status, held.fault = ModelBatchStatus.STOPPING, LATE
                await self._settling.let_go(session, batch.id, LATE)
            if batch.vendor_id is not None and provider is not None:
                await self._stop_at_vendor(batch, batch.vendor_id, provider)
        await self._again(batch, now + self._times.poll)

    async def _too_late(self, batch: ModelBatch) -> bool:
        """Whether nobody waits for it any more: the time is up, or all its reviews have ended."""
        if utc_now() >= batch.gives_up_at:
            return True
        async with self._transactions.transaction() as session:
            return not await BatchRepository(session).waited_for(batch.id)

    async def _stop_at_vendor(
        self, batch: ModelBatch, vendor_id: str, provider: batching.BatchProvider
    ) -> None:
        try:
            await provider.cancel(vendor_id)
        except batching.BatchError as error:
            log.warning("batch_not_cancelled", batch_id=str(batch.id), fault=type(error).__name__)

    async def _end(
        self, batch: ModelBatch, fault: str | None, provider: batching.BatchProvider | None = None
    ) -> None:
        """Settle what is left, start the reviews again, and have the vendor delete what it keeps."""
        async with self._transactions.transaction() as session:
            held = await BatchRepository(session).held(batch)
            if held is None:
                return
            goes_on = held.status is not ModelBatchStatus.STOPPING
            held.status, held.fault = ModelBatchStatus.STOPPING, fault
            await self._settling.let_go(session, batch.id, fault or "no_answer", only=None if goes_on else [])
            upload_id, vendor_id = held.upload_id, held.vendor_id
        if provider is not None:
            try:
                await provider.discard(vendor_id, upload_id)
            except batching.BatchError as error:
                log.warning("batch_not_discarded", batch_id=str(batch.id), fault=type(error).__name__)
        async with self._transactions.transaction() as session:
            held = await BatchRepository(session).held(batch)
            if held is not None:
                _ended(held, fault)
        log.info("batch_ended", batch_id=str(batch.id), fault=fault)

    async def _again(self, batch: ModelBatch, at: datetime) -> None:
        async with self._transactions.transaction() as session:
            await self._later(session, batch, at)

    async def _later(self, session: AsyncSession, batch: ModelBatch, at: datetime) -> None:
        """Send the job again, unless one waits already: a rescued job and its successor become one."""
        await BatchRepository(session).held(batch)
        connection, queue = await driver_connection(session), JobQueue()
        if not await queue.waits(connection, ADVANCE_JOB, batch.id):
            await queue.enqueue(
                connection,
                ADVANCE_JOB,
                subject=batch.id,
                priority=Priority.BULK,
                lane=Lane.SERVICE,
                not_before=at,
            )


def _ended(batch: ModelBatch, fault: str | None) -> None:
    batch.status, batch.fault, batch.ended_at = ModelBatchStatus.ENDED, fault, utc_now()


def purging_batches(transactions: Transactions) -> MaintenanceTask:
    """The chore that deletes what is long over."""

    async def run() -> None:
        async with transactions.transaction() as session:
            await BatchRepository(session).purge(utc_now() - KEPT)

    return MaintenanceTask("model_batches.purge", timedelta(hours=1), run)
