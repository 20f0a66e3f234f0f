"""Following a review: every look is a short transaction of its own, and nothing is held while waiting."""

import uuid
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime, timedelta

from resume_review.core.clock import utc_now
from resume_review.core.settings import FeedbackLanguage
from resume_review.database.models import User
from resume_review.features.resume_analysis.progress import current_step, say, topic
from resume_review.features.resume_analysis.repository import OPEN, ReviewRepository, StatusRow
from resume_review.features.resume_analysis.schemas import ProgressEvent, ServedStatus
from resume_review.infrastructure.events import EventBus
from resume_review.infrastructure.transactions import Transactions

POLL_SECONDS = 5.0
# Long enough to be rare, short enough that whoever was signed out is gone soon; clients come back with their last id.
LONGEST = timedelta(minutes=5)


@dataclass(frozen=True)
class Seen:
    """What one look found: the event, the id under which a client remembers it, and whether it is the last."""

    event: ProgressEvent
    id: str
    ended: bool


@dataclass(frozen=True, kw_only=True)
class ReviewStream:
    """One user watching one review."""

    transactions: Transactions
    events: EventBus
    user: User
    review_id: uuid.UUID
    language: FeedbackLanguage | None
    poll_seconds: float = POLL_SECONDS

    async def follow(self, last_id: str | None) -> AsyncGenerator[Seen]:
        """Every change from now on, and at once how the review stands unless the client has seen that.

        The last event is sent even to those who have seen it, so that whoever comes back knows to stay away. It ends
        with the review, when the user may no longer see it, or after some minutes.
        """
        until = utc_now() + LONGEST
        expected: timedelta | None = None
        async with self.events.subscribe(topic(self.review_id), poll_seconds=self.poll_seconds) as changes:
            row = await self._look()
            if row is not None and row.status in OPEN:
                expected = await self._usual_time(row)
            while row is not None:
                seen = self._seen(row, expected)
                if seen.id != last_id or seen.ended:
                    yield seen
                    last_id = seen.id
                if seen.ended or utc_now() > until:
                    return
                await anext(changes)
                row = await self._look()

    async def _look(self) -> StatusRow | None:
        async with self.transactions.transaction() as session:
            return await ReviewRepository(session).status(self.review_id, self.user)

    async def _usual_time(self, row: StatusRow) -> timedelta | None:
        async with self.transactions.transaction() as session:
            return await ReviewRepository(session).usual_time(row.review_type)

    def _seen(self, row: StatusRow, expected: timedelta | None) -> Seen:
        step = current_step(row.status, row.step)
        ended: datetime = row.completed_at or utc_now()
        event = ProgressEvent(
            status=ServedStatus.of(row.status),
            step=step,
            progress=row.progress,
            message=say(step, self.language or FeedbackLanguage(row.language)),
            elapsed_ms=_milliseconds(ended - row.requested_at),
            expected_ms=None if expected is None else _milliseconds(expected),
        )
        # A retry starts over: its steps must not look like those the client saw before.
        started = row.started_at.timestamp() if row.started_at else 0
        return Seen(event, f"{started:.3f}-{step}-{row.progress}", row.status not in OPEN)


def _milliseconds(span: timedelta) -> int:
    return max(0, round(span.total_seconds() * 1000))
