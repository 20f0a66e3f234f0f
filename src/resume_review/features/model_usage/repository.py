"""Rows of spending, usage and turns."""

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.models import ModelSpend, ModelTurn, PromptUsage

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

    async def add_spending(self, payers: Sequence[str], *, day: date, tokens: int, usd: Decimal) -> None:
        """Add to each payer's day; always in one order, so that two workers never wait for each other."""
        rows = [{"payer": payer, "day": day, "tokens": tokens, "cost_usd": usd} for payer in sorted(payers)]
        statement = insert(ModelSpend).values(rows)
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=[ModelSpend.payer, ModelSpend.day],
                set_={
                    "tokens": ModelSpend.tokens + statement.excluded.tokens,
                    "cost_usd": ModelSpend.cost_usd + statement.excluded.cost_usd,
                },
            )
        )

    async def add_usage(self, rows: Sequence[PromptUsage]) -> None:
        """Store calls of models."""
        self._session.add_all(rows)
        await self._session.flush()

    async def take_turn(self, model: str, *, turns: int, holder: uuid.UUID, seconds: float) -> bool:
        """Take one of the turns at a model; false when all are taken."""
        values = {"model": model, "turns": turns, "holder": holder, "seconds": seconds}
        return (await self._session.execute(_TAKE_TURN, values)).scalar() is not None

    async def end_turn(self, model: str, *, holder: uuid.UUID) -> None:
        """Give a turn back."""
        await self._session.execute(
            delete(ModelTurn).where(ModelTurn.model == model, ModelTurn.holder == holder)
        )
