"""Who may still spend how much: asked before every call, told after it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from resume_review.ai_agents.interface import Payer, Spending, SpendLedger, Totals
from resume_review.ai_agents.providers.base import BudgetError
from resume_review.ai_agents.providers.policy import Budget

_PER_TOKEN_GUESS = 3
"""Characters of English a token holds at least, so that estimates err on the dear side; Japanese has fewer."""


class MemoryLedger:
    """For one process and the command line; forgets with it, and every night (UTC)."""

    def __init__(self, today: Callable[[], date] = lambda: datetime.now(UTC).date()) -> None:
        self._today = today
        self._day = today()
        self._totals: dict[str, Totals] = {}

    async def spent(self, payer: Payer) -> Spending:
        """See `SpendLedger.spent`."""
        if self._today() != self._day:
            self._day = self._today()
            self._totals.clear()
        review, user, everyone = (self._totals.get(key, Totals()) for key in _keys(payer))
        return review, user, everyone

    async def reserve(self, payer: Payer, amount: Totals, check: Callable[[Spending], None]) -> None:
        """See `SpendLedger.reserve`."""
        check(await self.spent(payer))
        await self.record(payer, amount)

    async def record(self, payer: Payer, spent: Totals) -> None:
        """See `SpendLedger.record`."""
        for key in _keys(payer):
            before = self._totals.get(key, Totals())
            self._totals[key] = Totals(tokens=before.tokens + spent.tokens, usd=before.usd + spent.usd)


async def reserve_budget(ledger: SpendLedger, budget: Budget, payer: Payer, amount: Totals) -> None:
    """Set aside what a call may cost, or refuse one that would go over a ceiling, before it is sent.

    Raises:
        BudgetError: Which ceiling it is.
    """
    await ledger.reserve(payer, amount, ceilings_for(budget, amount))


def ceilings_for(budget: Budget, amount: Totals) -> Callable[[Spending], None]:
    """What raises a `BudgetError` where the amount would go over a ceiling."""

    def check(spent: Spending) -> None:
        review, user, everyone = spent
        ceilings = (
            ("tokens of this review", review.tokens + amount.tokens, budget.review_tokens),
            ("money of this review", review.usd + amount.usd, budget.review_usd),
            ("tokens of this user today", user.tokens + amount.tokens, budget.user_day_tokens),
            ("money of this user today", user.usd + amount.usd, budget.user_day_usd),
            ("money of today", everyone.usd + amount.usd, budget.day_usd),
        )
        for name, value, ceiling in ceilings:
            if ceiling is not None and value > ceiling:
                raise BudgetError(f"The ceiling for the {name} is reached; nothing was sent.")

    return check


def estimated_tokens(*texts: str) -> int:
    """An upper guess of the tokens of texts, cheap and without a tokeniser."""
    wide = sum(len(text.encode()) - len(text) for text in texts) // 2
    return (sum(map(len, texts)) + _PER_TOKEN_GUESS - 1) // _PER_TOKEN_GUESS + wide


def _keys(payer: Payer) -> tuple[str, str, str]:
    return f"review:{payer.review}", f"user:{payer.user}", "all"
