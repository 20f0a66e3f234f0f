import asyncio
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, text

from resume_review.ai_agents.interface import Payer, Spending, Totals
from resume_review.core.clock import utc_now
from resume_review.database.models import ModelTurn
from resume_review.database.session import Database
from resume_review.features.model_usage import DatabaseLedger, SharedPacer
from resume_review.infrastructure.rate_limit import PostgresRateLimiter

pytestmark = pytest.mark.integration

ME, OTHER = Payer(review="r1", user="u1"), Payer(review="r2", user="u2")


def pacer(database: Database, *, at_once: int = 2) -> SharedPacer:
    limiter = PostgresRateLimiter(database)
    return SharedPacer(database, limiter, at_once=at_once, requests_per_minute=None, tokens_per_minute=None)


async def test_spending_is_kept_by_review_user_and_day(database: Database) -> None:
    ledger = DatabaseLedger(database)
    await ledger.record(ME, Totals(tokens=10, usd=Decimal("0.5")))
    await ledger.record(OTHER, Totals(tokens=1, usd=Decimal("0.25")))

    review, user, everyone = await ledger.spent(ME)

    assert (review.tokens, user.tokens, everyone.tokens) == (10, 10, 11)
    assert everyone.usd == Decimal("0.75")


async def test_yesterday_counts_for_the_review_alone(database: Database) -> None:
    ledger = DatabaseLedger(database)
    await ledger.record(ME, Totals(tokens=10))
    async with database.transaction() as session:
        await session.execute(text("UPDATE model_spend SET day = day - 1"))

    review, user, everyone = await ledger.spent(ME)

    assert (review.tokens, user.tokens, everyone.tokens) == (10, 0, 0)


async def test_spending_of_many_workers_adds_up(committed_database: Database) -> None:
    ledger = DatabaseLedger(committed_database)

    await asyncio.gather(*(ledger.record(ME, Totals(tokens=1)) for _ in range(20)))

    assert (await ledger.spent(ME))[2].tokens == 20


async def test_no_more_calls_at_once_than_turns(committed_database: Database) -> None:
    workers = [pacer(committed_database), pacer(committed_database)]
    running, most = 0, 0

    async def call(number: int) -> None:
        nonlocal running, most
        async with workers[number % 2].slot("openai:m", tokens=1):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            async with committed_database.transaction() as session:
                held = (await session.scalars(select(ModelTurn.holder))).all()
            assert len(held) <= 2
            running -= 1

    await asyncio.gather(*(call(number) for number in range(12)))

    assert most <= 2
    async with committed_database.transaction() as session:
        assert (await session.scalars(select(ModelTurn))).all() == []


async def test_turn_of_a_dead_worker_ends_by_itself(committed_database: Database) -> None:
    past = utc_now() - timedelta(seconds=1)
    async with committed_database.transaction() as session:
        session.add(ModelTurn(model="openai:m", turn=0, holder=uuid.uuid4(), ends_at=past))

    async with asyncio.timeout(10), pacer(committed_database, at_once=1).slot("openai:m", tokens=1):
        pass


async def test_requests_a_minute_are_shared(committed_database: Database) -> None:
    limiter = PostgresRateLimiter(committed_database)
    workers = [
        SharedPacer(committed_database, limiter, at_once=5, requests_per_minute=2, tokens_per_minute=None)
        for _ in range(2)
    ]
    for worker in workers:
        async with worker.slot("openai:m", tokens=1):
            pass

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3), workers[0].slot("openai:m", tokens=1):
            pass


async def test_reservations_of_many_workers_never_pass_the_ceiling(committed_database: Database) -> None:
    ledgers = [DatabaseLedger(committed_database) for _ in range(4)]

    def check(spent: Spending) -> None:
        if spent[2].tokens + 10 > 55:
            raise ValueError

    results = await asyncio.gather(
        *(ledgers[n % 4].reserve(ME, Totals(tokens=10), check) for n in range(20)), return_exceptions=True
    )

    assert results.count(None) == 5
    assert (await ledgers[0].spent(ME))[2].tokens == 50


async def test_what_was_not_used_is_given_back(database: Database) -> None:
    ledger = DatabaseLedger(database)
    await ledger.reserve(ME, Totals(tokens=10, usd=Decimal(1)), lambda _: None)

    await ledger.record(ME, Totals(tokens=3) - Totals(tokens=10, usd=Decimal(1)))

    assert (await ledger.spent(ME))[0] == Totals(tokens=3, usd=Decimal(0))


async def test_what_is_given_back_after_midnight_stops_at_zero(database: Database) -> None:
    ledger = DatabaseLedger(database)
    await ledger.record(ME, Totals(tokens=-10, usd=Decimal(-1)))

    assert (await ledger.spent(ME))[0] == Totals()
