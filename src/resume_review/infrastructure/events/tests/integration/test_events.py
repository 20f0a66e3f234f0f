import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest

from resume_review.database.session import Database
from resume_review.infrastructure.events import Event, EventBus, Subscription, publish
from resume_review.infrastructure.events.bus import APPLICATION_NAME, WAITING_EVENTS
from resume_review.infrastructure.events.event import CHANNEL

pytestmark = pytest.mark.integration

NEVER = 60.0


@pytest.fixture
def conninfo(committed_database_url: str) -> str:
    return committed_database_url.replace("+psycopg", "")


@pytest.fixture
async def bus(conninfo: str) -> AsyncIterator[EventBus]:
    async with EventBus(conninfo).running() as bus:
        yield bus


async def say(database: Database, topic: str, number: int) -> None:
    async with database.transaction() as session:
        await publish(session, topic, {"number": number})


async def listening(subscription: Subscription) -> None:
    """Wait for the None that says that the connection listens."""
    async with asyncio.timeout(20):
        assert await anext(subscription) is None


async def test_a_committed_event_reaches_its_subscriber(bus: EventBus, committed_database: Database) -> None:
    async with bus.subscribe("reviews", poll_seconds=NEVER) as events:
        await listening(events)

        await say(committed_database, "reviews", 7)

        assert await anext(events) == Event("reviews", {"number": 7})


async def test_other_topics_are_not_heard(bus: EventBus, committed_database: Database) -> None:
    async with bus.subscribe("reviews", poll_seconds=NEVER) as events:
        await listening(events)

        await say(committed_database, "uploads", 1)
        await say(committed_database, "reviews", 2)

        assert await anext(events) == Event("reviews", {"number": 2})


async def test_a_rolled_back_transaction_tells_nobody(bus: EventBus, committed_database: Database) -> None:
    async with bus.subscribe("reviews", poll_seconds=NEVER) as events:
        await listening(events)

        with pytest.raises(ZeroDivisionError):
            async with committed_database.transaction() as session:
                await publish(session, "reviews", {"number": 1})
                raise ZeroDivisionError
        await say(committed_database, "reviews", 2)

        assert await anext(events) == Event("reviews", {"number": 2})


async def test_two_processes_both_hear(bus: EventBus, conninfo: str, committed_database: Database) -> None:
    async with (
        EventBus(conninfo).running() as other,
        bus.subscribe("reviews", poll_seconds=NEVER) as here,
        other.subscribe("reviews", poll_seconds=NEVER) as there,
    ):
        await listening(here)
        await listening(there)

        await say(committed_database, "reviews", 3)

        assert await anext(here) == await anext(there) == Event("reviews", {"number": 3})


async def test_a_lost_connection_is_made_anew_and_says_so(
    bus: EventBus, conninfo: str, committed_database: Database
) -> None:
    async with bus.subscribe("reviews", poll_seconds=NEVER) as events:
        await listening(events)

        async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as operator:
            await operator.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = %s"
                " AND datname = current_database()",
                [APPLICATION_NAME],
            )
        await listening(events)
        await say(committed_database, "reviews", 4)

        assert await anext(events) == Event("reviews", {"number": 4})


async def test_a_server_that_cannot_be_reached_leaves_polling() -> None:
    async with (
        EventBus("host=127.0.0.1 port=1").running() as bus,
        bus.subscribe("reviews", poll_seconds=0.01) as events,
    ):
        assert [await anext(events), await anext(events)] == [None, None]


async def test_a_slow_subscriber_is_told_to_look_for_itself(
    bus: EventBus, committed_database: Database
) -> None:
    async with (
        bus.subscribe("reviews", poll_seconds=NEVER) as slow,
        bus.subscribe("end", poll_seconds=NEVER) as end,
    ):
        await listening(slow)
        await listening(end)

        async with committed_database.transaction() as session:
            for number in range(WAITING_EVENTS + 1):
                await publish(session, "reviews", {"number": number})
            await publish(session, "end", {})
        await anext(end)

        assert await anext(slow) is None


async def test_noise_on_the_channel_is_passed_over(
    bus: EventBus, conninfo: str, committed_database: Database
) -> None:
    async with bus.subscribe("reviews", poll_seconds=NEVER) as events:
        await listening(events)

        async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as operator:
            await operator.execute("SELECT pg_notify(%s, 'not ours')", [CHANNEL])
        await say(committed_database, "reviews", 5)

        assert await anext(events) == Event("reviews", {"number": 5})


async def test_content_does_not_fit_into_an_event(committed_database: Database) -> None:
    async with committed_database.transaction() as session:
        with pytest.raises(ValueError, match="reviews is 8"):
            await publish(session, "reviews", {"number": "9" * 8_000})
