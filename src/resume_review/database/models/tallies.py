"""How many reviews there are of each kind, without counting them."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resume_review.database.base import Base


class ReviewTally(Base):
    """Sums up to the last roll-up; the truth is these and `ReviewTallyChange` together, read in one statement.

    `market_tier` is `unknown` for reviews without one; `score_sum` is over the `scored` reviews.
    """

    __tablename__ = "review_tallies"

    target_industry: Mapped[str] = mapped_column(sa.String(50), primary_key=True)
    status: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    review_type: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    market_tier: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    reviews: Mapped[int] = mapped_column(sa.BigInteger)
    scored: Mapped[int] = mapped_column(sa.BigInteger)
    score_sum: Mapped[int] = mapped_column(sa.BigInteger)


class ReviewTallyChange(Base):
    """What one statement changed, written by a trigger; rolled up into `ReviewTally` and deleted."""

    __tablename__ = "review_tally_changes"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(always=True), primary_key=True, init=False)
    target_industry: Mapped[str] = mapped_column(sa.String(50))
    status: Mapped[str] = mapped_column(sa.String(32))
    review_type: Mapped[str] = mapped_column(sa.String(32))
    market_tier: Mapped[str] = mapped_column(sa.String(32))
    reviews: Mapped[int] = mapped_column(sa.BigInteger)
    scored: Mapped[int] = mapped_column(sa.BigInteger)
    score_sum: Mapped[int] = mapped_column(sa.BigInteger)
