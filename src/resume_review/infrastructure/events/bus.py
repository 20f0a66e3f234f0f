"""The receiving side: one connection a process that listens, any number of subscribers in memory."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import msgspec
import psycopg
import structlog

from resume_review.infrastructure.events.event import CHANNEL, Event

log = structlog.get_logger(__name__)

APPLICATION_NAME = "resume-review-events"
RECONNECT_SECONDS = 0.5
CONNECT_TIMEOUT_S = 10
WAITING_EVENTS = 256


class Subscription:
    """Events of one topic as an endless async iterator.

    It also yields None, which means "look for yourself": when nothing came for the polling interval, when the
    connection was made anew, and when the subscriber was so slow that events were dropped. A subscriber that looks
    at the rows on every turn therefore misses nothing; a lost notification only delays it.
    """

    def __init__(self, poll_seconds: float) -> None:
        self._poll_seconds = poll_seconds
        self._waiting: asyncio.Queue[Event | None] = asyncio.Queue(WAITING_EVENTS)

    def offer(self, event: Event | None) -> None:
        """Hand over an event; when too many wait already, they all become one None."""
        if self._waiting.full():
            while not self._waiting.empty():
                self._waiting.get_nowait()
            event = None
        self._waiting.put_nowait(event)

    def __aiter__(self) -> "Subscription":
        return self

    async def __anext__(self) -> Event | None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._poll_seconds):
                return await self._waiting.get()
        return None


class EventBus:
    """Hears what any process publishes; while nobody subscribes it needs no connection."""

    def __init__(self, conninfo: str) -> None:
        """`conninfo` is a libpq connection string that leads to the server itself, not to a transaction pooler."""
        self._conninfo = conninfo
        self._subscriptions: defaultdict[str, set[Subscription]] = defaultdict(set)
        self._wanted = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator["EventBus"]:
        """Listen in the background while the block runs."""
        task = asyncio.create_task(self._listen())
        try:
            yield self
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    @asynccontextmanager
    async def subscribe(self, topic: str, *, poll_seconds: float) -> AsyncGenerator[Subscription]:
        """The events of one topic from now on, and a None at least every `poll_seconds`."""
        subscription = Subscription(poll_seconds)
        self._subscriptions[topic].add(subscription)
        self._wanted.set()
        try:
            yield subscription
        finally:
            self._subscriptions[topic].discard(subscription)
            if not self._subscriptions[topic]:
                del self._subscriptions[topic]

    async def _listen(self) -> None:
        await self._wanted.wait()
        while True:
            try:
                await self._listen_connected()
            except (psycopg.Error, OSError) as fault:
                log.warning("events_connection_lost", fault=type(fault).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen_connected(self) -> None:
        connecting = psycopg.AsyncConnection.connect(
            self._conninfo,
            autocommit=True,
            application_name=APPLICATION_NAME,
            connect_timeout=CONNECT_TIMEOUT_S,
            # Through a network that drops silently, a dead connection shows after about a minute.
            keepalives_idle=30,
            keepalives_interval=10,
            keepalives_count=3,
        )
        async with await connecting as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            self._wake_all()
            async for notification in connection.notifies():
                self._deliver(notification.payload)

    def _wake_all(self) -> None:
        for subscriptions in self._subscriptions.values():
            for subscription in subscriptions:
                subscription.offer(None)

    def _deliver(self, message: str) -> None:
        try:
            event = msgspec.json.decode(message, type=Event)
        except msgspec.DecodeError:
            log.warning("events_unreadable", bytes=len(message))
            return
        for subscription in self._subscriptions.get(event.topic, ()):
            subscription.offer(event)
