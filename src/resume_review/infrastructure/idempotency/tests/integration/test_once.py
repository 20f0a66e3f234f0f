import asyncio
import uuid
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.session import Database
from resume_review.infrastructure.idempotency import (
    IdempotencyConflictError,
    InvalidIdempotencyKeyError,
    Once,
    purge_keys,
)
from resume_review.testing.factories import make_user

pytestmark = pytest.mark.integration

BODY, OTHER_BODY = "a" * 64, "b" * 64


class Receipt(BaseModel):
    """What the work answers."""

    number: uuid.UUID


class Works:
    """Counts how often it was really done."""

    def __init__(self) -> None:
        self.done = 0

    async def work(self) -> Receipt:
        self.done += 1
        return Receipt(number=new_id())


async def add_user(session: AsyncSession) -> uuid.UUID:
    user = make_user()
    session.add(user)
    await session.flush()
    return user.id


@pytest.fixture
async def user_id(session: AsyncSession) -> uuid.UUID:
    return await add_user(session)


@pytest.fixture
def works() -> Works:
    return Works()


Attempt = Callable[..., Awaitable[Receipt]]


@pytest.fixture
def attempt(session: AsyncSession, user_id: uuid.UUID, works: Works) -> Attempt:
    async def attempt(key: str | None = "key-1", body: str = BODY, route: str = "test") -> Receipt:
        once = Once(session=session, user_id=user_id, route=route, key=key, fingerprint=body)
        return await once.do(Receipt, works.work)

    return attempt


async def test_the_same_request_with_the_same_key_is_answered_again(attempt: Attempt, works: Works) -> None:
    first = await attempt()

    assert await attempt() == first
    assert works.done == 1


async def test_without_a_key_every_request_is_done(attempt: Attempt, works: Works) -> None:
    assert await attempt(None) != await attempt(None)
    assert works.done == 2


async def test_another_body_with_the_same_key_is_refused(attempt: Attempt, works: Works) -> None:
    await attempt()

    with pytest.raises(IdempotencyConflictError):
        await attempt(body=OTHER_BODY)

    assert works.done == 1


async def test_another_route_has_keys_of_its_own(attempt: Attempt, works: Works) -> None:
    assert await attempt() != await attempt(route="other")
    assert works.done == 2


@pytest.mark.parametrize("key", ["", " ", "two words", "schlüssel", "k" * 256, "line\nbreak"])
async def test_a_key_must_be_visible_ascii_of_some_length(attempt: Attempt, works: Works, key: str) -> None:
    with pytest.raises(InvalidIdempotencyKeyError):
        await attempt(key)

    assert works.done == 0


async def test_a_key_is_kept_for_a_day(
    attempt: Attempt, works: Works, session: AsyncSession, user_id: uuid.UUID
) -> None:
    first = await attempt()
    old = {"old": utc_now() - timedelta(hours=24, seconds=1)}
    await session.execute(text("UPDATE idempotency_keys SET created_at = :old"), old)

    assert await attempt(body=OTHER_BODY) != first
    assert works.done == 2


async def test_old_keys_are_purged(attempt: Attempt, session: AsyncSession) -> None:
    await attempt()
    await attempt("key-2")
    old = {"old": utc_now() - timedelta(hours=25)}
    await session.execute(text("UPDATE idempotency_keys SET created_at = :old WHERE key = 'key-1'"), old)

    await purge_keys(session)

    assert (await session.execute(text("SELECT key FROM idempotency_keys"))).scalars().all() == ["key-2"]


async def test_refused_work_leaves_the_key_free(committed_database: Database, works: Works) -> None:
    async with committed_database.transaction() as session:
        user_id = await add_user(session)

    async def refuse() -> Receipt:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        async with committed_database.transaction() as session:
            once = Once(session=session, user_id=user_id, route="test", key="k", fingerprint=BODY)
            await once.do(Receipt, refuse)
    async with committed_database.transaction() as session:
        once = Once(session=session, user_id=user_id, route="test", key="k", fingerprint=OTHER_BODY)
        await once.do(Receipt, works.work)

    assert works.done == 1


async def test_ten_at_once_do_the_work_once(committed_database: Database, works: Works) -> None:
    async with committed_database.transaction() as session:
        user_id = await add_user(session)

    async def attempt() -> Receipt:
        async with committed_database.transaction() as session:
            once = Once(session=session, user_id=user_id, route="test", key="k", fingerprint=BODY)
            return await once.do(Receipt, works.work)

    answers = await asyncio.gather(*(attempt() for _ in range(10)))

    assert works.done == 1
    assert len({answer.number for answer in answers}) == 1
