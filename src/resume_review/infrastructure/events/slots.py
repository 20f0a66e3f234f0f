"""How many streams one user may have open, of whatever kind: each costs a connection and a look now and then."""

import uuid
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from typing import Annotated, cast

from fastapi import Depends, Request

from resume_review.infrastructure.events.errors import TooManyStreamsError

STREAMS_PER_USER = 10
RETRY_AFTER_SECONDS = 5


class StreamSlots:
    """How many streams each user has open in this process."""

    def __init__(self) -> None:
        self._open: Counter[uuid.UUID] = Counter()

    @contextmanager
    def slot(self, user_id: uuid.UUID) -> Generator[None]:
        """One stream of the user while the block runs; to be entered while there is still a status to answer with.

        Raises:
            TooManyStreamsError: The user has as many as they may.
        """
        if self._open[user_id] >= STREAMS_PER_USER:
            raise TooManyStreamsError(retry_after=RETRY_AFTER_SECONDS)
        self._open[user_id] += 1
        try:
            yield
        finally:
            self._open[user_id] -= 1
            if not self._open[user_id]:
                del self._open[user_id]


async def _slots(request: Request) -> StreamSlots:
    return cast("StreamSlots", request.app.state.stream_slots)


Slots = Annotated[StreamSlots, Depends(_slots)]
"""The slots of this process; a route takes one in a dependency with `yield`, which lasts as long as its stream."""
