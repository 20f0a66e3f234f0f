"""How patient, how careful and how expensive calls of models may be."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """Attempts in all per model, and the pauses between them.

    Attributes:
        base_s: First pause, doubling; half of each is random.
        longest_wait_s: A vendor that asks for more patience than this is given up at once.
    """

    attempts: int = 3
    base_s: float = 0.5
    longest_wait_s: float = 20.0


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Ceilings, checked before a call is sent; null means none."""

    review_tokens: int | None = 60_000
    review_usd: Decimal | None = Decimal("0.50")
    user_day_tokens: int | None = 3_000_000
    user_day_usd: Decimal | None = Decimal(20)
    day_usd: Decimal | None = Decimal(200)


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How fast a vendor may be called by all workers together; null means no limit of ours."""

    at_once: int = 8
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Everything above; `deadline_s` is the time for one agent's answer, retries, repair and fallback included."""

    deadline_s: float = 120.0
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    budget: Budget = field(default_factory=Budget)
    pace: Pace = field(default_factory=Pace)
