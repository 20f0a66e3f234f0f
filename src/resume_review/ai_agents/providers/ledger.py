"""Who may still spend how much: asked before every call, told after it."""

from decimal import Decimal

from resume_review.ai_agents.interface import Payer, SpendLedger, Totals
from resume_review.ai_agents.providers.base import BudgetError
from resume_review.ai_agents.providers.policy import Budget

_PER_TOKEN_GUESS = 3
"""Characters of English a token holds at least, so that estimates err on the dear side; Japanese has fewer."""


class MemoryLedger:
    """For one process and the command line; forgets with it and knows no days."""

    def __init__(self) -> None:
        self._totals: dict[str, Totals] = {}

    async def spent(self, payer: Payer) -> tuple[Totals, Totals, Totals]:
        """See `SpendLedger.spent`."""
        review, user, everyone = (self._totals.get(key, Totals()) for key in _keys(payer))
        return review, user, everyone

    async def record(self, payer: Payer, spent: Totals) -> None:
        """See `SpendLedger.record`."""
        for key in _keys(payer):
            before = self._totals.get(key, Totals())
            self._totals[key] = Totals(tokens=before.tokens + spent.tokens, usd=before.usd + spent.usd)


async def check_budget(
    ledger: SpendLedger, budget: Budget, payer: Payer, *, tokens: int, usd: Decimal | None
) -> None:
    """Refuse a call that would go over a ceiling, before it is sent.

    Raises:
        BudgetError: Which ceiling it is.
    """
    review, user, everyone = await ledger.spent(payer)
    ceilings = (
        ("tokens of this review", review.tokens + tokens, budget.review_tokens),
        ("money of this review", review.usd + (usd or 0), budget.review_usd),
        ("tokens of this user today", user.tokens + tokens, budget.user_day_tokens),
        ("money of this user today", user.usd + (usd or 0), budget.user_day_usd),
        ("money of today", everyone.usd + (usd or 0), budget.day_usd),
    )
    for name, value, ceiling in ceilings:
        if ceiling is not None and value > ceiling:
            raise BudgetError(f"The ceiling for the {name} is reached; nothing was sent.")


def estimated_tokens(*texts: str) -> int:
    """An upper guess of the tokens of texts, cheap and without a tokeniser."""
    wide = sum(len(text.encode()) - len(text) for text in texts) // 2
    return (sum(map(len, texts)) + _PER_TOKEN_GUESS - 1) // _PER_TOKEN_GUESS + wide


def _keys(payer: Payer) -> tuple[str, str, str]:
    return f"review:{payer.review}", f"user:{payer.user}", "all"
