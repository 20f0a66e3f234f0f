"""Rows of spending, usage and turns."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.models import ModelSpend, ModelTurn, PromptUsage

_SPENDING_LOCK = 4_183_550_927_716_031
# A free turn is one nobody has taken yet, or whose holder did not give it back in time.
_TAKE_TURN = text("""
    INSERT INTO model_turns AS t (model, turn, holder, ends_at)
    SELECT cast(:model AS varchar), free.turn, cast(:holder AS uuid), clock_timestamp() + make_interval(secs => cast(:seconds AS double precision))
    FROM generate_series(0, cast(:turns AS integer) - 1) AS free (turn)
    WHERE NOT EXISTS (
        SELECT FROM model_turns AS taken
        WHERE taken.model = cast(:model AS varchar) AND taken.turn = free.turn AND taken.ends_at > clock_timestamp())
    ORDER BY random()
    LIMIT 1
    ON CONFLICT (model, turn) DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at
        WHERE t.ends_at <= clock_timestamp()
    RETURNING turn
""")


class UsageRepository:
    """Reads and writes usage; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def spent(self, payer: str, *, day: date | None) -> tuple[int, Decimal]:
        """Tokens and US dollars of a payer, on one day or in all."""
        statement = select(
            func.coalesce(func.sum(ModelSpend.tokens), 0), func.coalesce(func.sum(ModelSpend.cost_usd), 0)
        ).where(ModelSpend.payer == payer)
        if day is not None:
            statement = statement.where(ModelSpend.day == day)
        tokens, usd = (await self._session.execute(statement)).one()
        return int(tokens), Decimal(usd)

    async def one_at_a_time(self) -> None:
        """Wait until no other transaction that asked for this is under way."""
        await self._session.execute(select(func.pg_advisory_xact_lock(_SPENDING_LOCK)))

    async def add_spending(self, payers: Sequence[str], *, day: date, tokens: int, usd: Decimal) -> None:
        """Add to each payer's day; always in one order, so that two workers never wait for each other.

        What is given back on another day than it was reserved on stops at zero.
        """
        first = {"tokens": max(tokens, 0), "cost_usd": max(usd, Decimal(0))}
        rows = [{"payer": payer, "day": day, **first} for payer in sorted(payers)]
        statement = insert(ModelSpend).values(rows)
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=[ModelSpend.payer, ModelSpend.day],
                set_={
                    "tokens": func.greatest(ModelSpend.tokens + tokens, 0),
                    "cost_usd": func.greatest(ModelSpend.cost_usd + usd, 0),
                },
            )
        )

    async def add_usage(self, rows: Sequence[PromptUsage]) -> None:
        """Store calls of models."""
        self._session.add_all(rows)
        await self._session.flush()

    async def latest(self, *, since: datetime, most: int) -> Sequence[tuple[str, str | None]]:
        """The newest calls since then: `vendor:model`, and the fault of each that went wrong."""
        statement = (
            select(PromptUsage.provider, PromptUsage.model, PromptUsage.error_code)
            .where(PromptUsage.used_at >= since)
            .order_by(PromptUsage.used_at.desc())
            .limit(most)
        )
        rows = (await self._session.execute(statement)).all()
        return [(f"{row.provider}:{row.model}", row.error_code) for row in rows]

    async def take_turn(self, model: str, *, turns: int, holder: uuid.UUID, seconds: float) -> bool:
        """Take one of the turns at a model; false when all are taken."""
        values = {"model": model, "turns": turns, "holder": holder, "seconds": seconds}
        return (await self._session.execute(_TAKE_TURN, values)).scalar() is not None

    async def end_turn(self, model: str, *, holder: uuid.UUID) -> None:
        """Give a turn back."""
        await self._session.execute(
            delete(ModelTurn).where(ModelTurn.model == model, ModelTurn.holder == holder)
        )
