"""Streams of progress: over real connections, since what a test rolls back is never told to anybody."""

import asyncio
import uuid
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import psycopg
import pytest
from sqlalchemy import text

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.core.settings import FeedbackLanguage
from resume_review.database.enums import ReviewRequestStatus, UserRole
from resume_review.database.models import ReviewRequest, User
from resume_review.database.session import Database
from resume_review.features.resume_analysis.progress import Step, announce
from resume_review.features.resume_analysis.repository import ReviewRepository
from resume_review.features.resume_analysis.streaming import (
    ReviewStream,
    Seen,
)
from resume_review.infrastructure.events import EventBus
from resume_review.testing.factories import (
    make_assignment,
    make_candidate,
    make_resume,
    make_review_request,
    make_user,
)

pytestmark = pytest.mark.integration

PATIENCE = 20.0
NEVER = 60.0


@dataclass
class Scene:
    """A waiting review, somebody who watches it and a worker that works on it by hand."""

    database: Database
    events: EventBus
    user: User
    review_id: uuid.UUID

    def stream(self, language: FeedbackLanguage | None = None, poll_seconds: float = NEVER) -> ReviewStream:
        return ReviewStream(
            transactions=self.database,
            events=self.events,
            user=self.user,
            review_id=self.review_id,
            language=language,
            poll_seconds=poll_seconds,
        )

    async def claim(self) -> ReviewRequest:
        async with self.database.transaction() as session:
            request = await ReviewRepository(session).claim(self.review_id, now=utc_now())
            await announce(session, self.review_id)
        assert request is not None
        return request

    async def advance(self, request: ReviewRequest) -> None:
        async with self.database.transaction() as session:
            await ReviewRepository(session).advance(request, Step.JUDGE)
            await announce(session, self.review_id)

    async def end(self, request: ReviewRequest) -> None:
        async with self.database.transaction() as session:
            await ReviewRepository(session).finish(
                request, status=ReviewRequestStatus.COMPLETED, now=utc_now()
            )
            await announce(session, self.review_id)

    async def review(self) -> None:
        request = await self.claim()
        await self.advance(request)
        await self.end(request)


@pytest.fixture
async def scene(committed_database: Database, committed_database_url: str) -> AsyncIterator[Scene]:
    user = make_user(role=UserRole.JUNIOR_RECRUITER)
    candidate = make_candidate(user)
    resume = make_resume(candidate, user)
    request = make_review_request(resume, user)
    async with committed_database.transaction() as session:
        for row in (user, candidate, make_assignment(user, candidate), resume, request):
            session.add(row)
            await session.flush()
    async with EventBus(committed_database_url.replace("+psycopg", "")).running() as events:
        yield Scene(committed_database, events, user, request.id)


@asynccontextmanager
async def following(stream: ReviewStream, last_id: str | None = None) -> AsyncGenerator[AsyncIterator[Seen]]:
    """The stream, closed at the end whatever was read of it."""
    async with AsyncExitStack() as stack:
        events = stream.follow(last_id)
        stack.push_async_callback(events.aclose)
        await stack.enter_async_context(asyncio.timeout(PATIENCE))
        yield events


async def rest(events: AsyncIterator[Seen]) -> list[Seen]:
    return [seen async for seen in events]


async def test_every_step_is_told_in_order_and_the_end_is_last(scene: Scene) -> None:
    async with following(scene.stream()) as events:
        steps = [(await anext(events)).event]
        request = await scene.claim()
        steps.append((await anext(events)).event)
        await scene.advance(request)
        steps.append((await anext(events)).event)
        await scene.end(request)
        steps += [seen.event for seen in await rest(events)]

    assert [event.step for event in steps] == ["queued", "read", "judge", "done"]
    assert [event.progress for event in steps] == [0, 10, 40, 100]
    assert [event.status for event in steps] == ["pending", "processing", "processing", "completed"]
    elapsed = [event.elapsed_ms for event in steps]
    assert elapsed == sorted(elapsed)


async def test_whoever_comes_late_learns_the_end_at_once(scene: Scene) -> None:
    await scene.review()

    async with following(scene.stream()) as events:
        seen = await rest(events)

    assert [each.event.status for each in seen] == ["completed"]


async def test_whoever_comes_back_is_not_told_again(scene: Scene) -> None:
    async with following(scene.stream()) as events:
        last_id = (await anext(events)).id

    async with following(scene.stream(), last_id) as events:
        upcoming = asyncio.ensure_future(anext(events))
        await scene.claim()
        seen = await upcoming

    assert seen.event.step == "read"


async def test_whoever_comes_back_after_the_end_is_told_the_end(scene: Scene) -> None:
    await scene.review()
    async with following(scene.stream()) as events:
        last = (await rest(events))[-1]

    async with following(scene.stream(), last.id) as events:
        assert [seen.event.status for seen in await rest(events)] == ["completed"]


async def test_a_lost_notification_only_delays(scene: Scene, committed_database_url: str) -> None:
    async with following(scene.stream(poll_seconds=0.05)) as events:
        await anext(events)
        async with await psycopg.AsyncConnection.connect(
            committed_database_url.replace("+psycopg", "")
        ) as operator:
            await operator.execute(
                "UPDATE review_requests SET status = 'cancelled', completed_at = now(), step = 'cancelled'"
            )
        seen = await rest(events)

    assert [each.event.status for each in seen] == ["cancelled"]


async def test_a_stream_ends_when_the_review_may_no_longer_be_seen(scene: Scene) -> None:
    async with following(scene.stream(poll_seconds=0.05)) as events:
        await anext(events)
        async with scene.database.transaction() as session:
            await session.execute(
                text("UPDATE user_candidate_assignments SET is_active = false, unassigned_at = now()")
            )
        assert await rest(events) == []


async def test_no_connection_is_held_while_waiting(scene: Scene, committed_database_url: str) -> None:
    one = Database.connect(committed_database_url, pool_size=1, max_overflow=0)
    scene.database, streams = one, AsyncExitStack()
    async with streams:
        streams.push_async_callback(one.dispose)
        for _ in range(5):
            events = await streams.enter_async_context(following(scene.stream()))
            await anext(events)

        await asyncio.wait_for(one.ping(), PATIENCE)


@pytest.mark.parametrize(
    ("language", "message"),
    [
        (FeedbackLanguage.ENGLISH, "Waiting for a free worker"),
        (FeedbackLanguage.JAPANESE, "順番を待っています"),
        (None, "Waiting for a free worker"),
    ],
)
async def test_steps_are_told_in_the_readers_language(
    scene: Scene, language: FeedbackLanguage | None, message: str
) -> None:
    async with following(scene.stream(language)) as events:
        assert (await anext(events)).event.message == message


async def test_the_usual_time_is_told_once_there_is_one(scene: Scene) -> None:
    async with following(scene.stream()) as events:
        before = (await anext(events)).event.expected_ms
    await scene.review()
    async with scene.database.transaction() as session:
        await session.execute(text("UPDATE review_requests SET completed_at = requested_at + interval '2 s'"))
        await session.execute(
            text("""INSERT INTO review_requests (id, resume_id, requested_by_user_id, target_industry, review_type,
                        language, status, progress, attempt, requested_at)
                    SELECT :id, resume_id, requested_by_user_id, target_industry, review_type, language, 'pending', 0,
                        0, now() FROM review_requests"""),
            {"id": (waiting := new_id())},
        )
    scene.review_id = waiting

    async with following(scene.stream()) as events:
        assert (before, (await anext(events)).event.expected_ms) == (None, 2000)
