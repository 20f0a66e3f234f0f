"""What models cost whom, and whose turn it is to call one."""

import uuid
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resume_review.database.base import Base, not_negative


class ModelSpend(Base):
    """Tokens and US dollars spent on a day (UTC) for one payer: a review, a user, or all of them."""

    __tablename__ = "model_spend"
    __table_args__ = (
        not_negative("tokens"),
        not_negative("cost_usd"),
        sa.Index("ix_model_spend_day", "day"),
    )

    payer: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    tokens: Mapped[int] = mapped_column(sa.BigInteger)
    cost_usd: Mapped[Decimal] = mapped_column(sa.Numeric(14, 6))


class ModelTurn(Base):
    """One of the calls that all workers together may make at once; a turn whose holder died ends by itself.

    Unlogged: after a crash of the database all turns are free.
    """

    __tablename__ = "model_turns"
    __table_args__ = (
        not_negative("turn"),
        {"prefixes": ["UNLOGGED"]},
    )

    model: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    turn: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True)
    holder: Mapped[uuid.UUID] = mapped_column()
    ends_at: Mapped[datetime] = mapped_column()
