"""Budgets and the breaker, without any call."""

from datetime import date
from decimal import Decimal

import pytest

from resume_review.ai_agents.interface import Payer, Totals
from resume_review.ai_agents.providers.base import BudgetError
from resume_review.ai_agents.providers.breaker import FAILURES, PAUSE_S, CircuitBreaker
from resume_review.ai_agents.providers.ledger import MemoryLedger, reserve_budget
from resume_review.ai_agents.providers.policy import Budget

pytestmark = pytest.mark.unit

ME = Payer(review="r1", user="u1")


async def test_what_would_pass_the_ceiling_is_refused_and_not_set_aside() -> None:
    ledger = MemoryLedger()
    await reserve_budget(ledger, Budget(user_day_tokens=100), ME, Totals(tokens=60))

    with pytest.raises(BudgetError, match="tokens of this user today"):
        await reserve_budget(ledger, Budget(user_day_tokens=100), ME, Totals(tokens=60))

    assert (await ledger.spent(ME))[1] == Totals(tokens=60)


async def test_what_a_process_spent_is_forgotten_at_night() -> None:
    days = [date(2026, 11, 21)]
    ledger = MemoryLedger(lambda: days[0])
    await ledger.record(ME, Totals(tokens=60, usd=Decimal(1)))
    days[0] = date(2026, 11, 22)

    assert (await ledger.spent(ME))[2] == Totals()


def test_a_model_rests_after_failures_in_a_row_until_the_pause_is_over() -> None:
    now = [0.0]
    breaker = CircuitBreaker(now=lambda: now[0])
    for _ in range(FAILURES):
        breaker.record(success=False)

    rested = breaker.rests
    now[0] = PAUSE_S

    assert (rested, breaker.rests) == (True, False)


def test_asking_whether_a_model_rests_is_no_trial() -> None:
    now = [0.0]
    breaker = CircuitBreaker(now=lambda: now[0])
    for _ in range(FAILURES):
        breaker.record(success=False)
    now[0] = PAUSE_S

    assert not breaker.rests
    assert breaker.lets_through
