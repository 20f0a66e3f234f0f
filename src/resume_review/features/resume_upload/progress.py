"""Telling whoever waits for a resume how far its reading has come."""

import time
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import ResumeStatus
from resume_review.infrastructure.events import EventBus, publish

POLL_SECONDS = 2.0
LONGEST_SECONDS = 300.0


class Ending(Protocol):
    """A state that knows whether another one follows."""

    @property
    def ended(self) -> bool: ...


S = TypeVar("S", bound=Ending)


def topic(resume_id: uuid.UUID) -> str:
    """Where the reading of a resume is spoken of."""
    return f"resume.{resume_id}"


async def tell(session: AsyncSession, resume_id: uuid.UUID, status: ResumeStatus) -> None:
    """Wake those who wait, once this transaction is committed."""
    await publish(session, topic(resume_id), {"status": status.value})


async def follow(
    events: EventBus,
    about: str,
    look: Callable[[], Awaitable[S | None]],
    *,
    poll_seconds: float = POLL_SECONDS,
) -> AsyncGenerator[S]:
    """Every state that differs from the one before, until one has ended or there is none to look at any more.

    A notification only says when to look, so that a lost one costs `poll_seconds` and nothing else. `look` opens a
    transaction of its own: no connection is held while waiting. After five minutes the client has to come back,
    and to prove again who it is.
    """
    last: S | None = None
    until = time.monotonic() + LONGEST_SECONDS
    async with events.subscribe(about, poll_seconds=poll_seconds) as waiting:
        while (state := await look()) is not None:
            if state != last:
                yield state
            if state.ended or time.monotonic() > until:
                return
            last = state
            await anext(waiting)
