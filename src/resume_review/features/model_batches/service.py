"""The database's side of the port through which questions go with a batch."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from resume_review.ai_agents.interface import batching
from resume_review.core.clock import utc_now
from resume_review.database.session import driver_connection
from resume_review.features.model_batches.repository import BatchRepository
from resume_review.infrastructure.queue import JobQueue, Lane, Priority
from resume_review.infrastructure.transactions import Transactions

ADVANCE_JOB = "model_batches.advance"

MOST_QUESTIONS = 600
"""Two for each of the 300 files that a bulk upload may have; far below what vendors take."""

_LONGEST_PAUSE = timedelta(minutes=1)
_PARTS_OF_THE_WAIT = 20


@dataclass(frozen=True, kw_only=True)
class BatchTimes:
    """How long a batch takes questions, how often the vendor is asked for it, and how long reviews wait for it."""

    gather: timedelta
    poll: timedelta
    wait: timedelta

    @classmethod
    def within(cls, minutes: float) -> "BatchTimes":
        """A minute for gathering and between questions to the vendor, less where the whole wait is short."""
        wait = timedelta(minutes=minutes)
        pause = min(_LONGEST_PAUSE, wait / _PARTS_OF_THE_WAIT)
        return cls(gather=pause, poll=pause, wait=wait)


class GatheredReviews(Protocol):
    """Says which reviews pause for a batch."""

    async def pauses(self, review_id: uuid.UUID) -> bool:
        """Whether the questions about a review are with a batch, or were."""
        ...

    async def takes(self, review_id: uuid.UUID) -> bool:
        """Whether its questions may go with one."""
        ...


class DatabaseGathering:
    """Batches shared by all workers on one database; also says which reviews take part."""

    def __init__(self, transactions: Transactions, times: BatchTimes, *, enabled: bool) -> None:
        """Where not `enabled`, what is under way is finished and nothing is added."""
        self._transactions = transactions
        self._times = times
        self._enabled = enabled

    async def pauses(self, review_id: uuid.UUID) -> bool:
        """See `GatheredReviews.pauses`."""
        return await self.standing(str(review_id)) is not batching.Standing.NOT_ASKED

    async def takes(self, review_id: uuid.UUID) -> bool:
        """See `GatheredReviews.takes`: those that a bulk upload asked for."""
        if not self._enabled:
            return False
        async with self._transactions.transaction() as session:
            return await BatchRepository(session).from_bulk(review_id)

    async def standing(self, review_id: str) -> batching.Standing:
        """See `Gathering.standing`."""
        async with self._transactions.transaction() as session:
            return await BatchRepository(session).standing(uuid.UUID(review_id))

    async def ask(self, review_id: str, questions: Sequence[batching.ToAsk]) -> None:
        """See `Gathering.ask`; a new batch gets its job in the same transaction."""
        now = utc_now()
        async with self._transactions.transaction() as session:
            batches = BatchRepository(session)
            batch, is_new = await batches.gathering(
                questions[0].model,
                now=now,
                gathers_for=self._times.gather,
                waits_for=self._times.wait,
                most=MOST_QUESTIONS,
            )
            await batches.add(batch.id, uuid.UUID(review_id), questions)
            if is_new:
                await JobQueue().enqueue(
                    await driver_connection(session),
                    ADVANCE_JOB,
                    subject=batch.id,
                    priority=Priority.BULK,
                    lane=Lane.SERVICE,
                    not_before=batch.closes_at,
                )

    async def answer(self, review_id: str, question: batching.ToAsk) -> batching.BatchAnswer | None:
        """See `Gathering.answer`."""
        async with self._transactions.transaction() as session:
            found = await BatchRepository(session).answer(uuid.UUID(review_id), question)
            if found is None:
                return None
            item, usage = found
            return batching.BatchAnswer(
                custom_id=str(item.id),
                text=usage.agent_response or "",
                finish=item.finish or "",
                model=usage.model or "",
                input_tokens=usage.input_tokens,
                output_tokens=usage.output_tokens,
                cached_input_tokens=usage.cached_input_tokens,
                latency_ms=usage.latency_ms or 0,
            )
