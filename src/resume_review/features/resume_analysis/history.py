"""Lists, counts and totals of reviews, at a cost that does not follow the size of the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, String, case, cast, func, literal, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.models import (
    Candidate,
    Resume,
    ReviewRequest,
    ReviewTally,
    ReviewTallyChange,
    User,
)
from resume_review.features.resume_analysis.filters import (
    Cursor,
    Order,
    ReviewFilter,
    Sort,
    matching,
    ordered,
    ordering,
    sees_all,
)

HistoryRow = Row[*tuple[Any, ...]]

UNKNOWN_TIER = "unknown"

_ROW: Select[*tuple[Any, ...]] = (
    select(
        ReviewRequest.id,
        ReviewRequest.resume_id,
        Resume.original_filename,
        Candidate.id.label("candidate_id"),
        Candidate.first_name,
        Candidate.last_name,
        ReviewRequest.target_industry,
        ReviewRequest.review_type,
        ReviewRequest.language,
        ReviewRequest.overall_score,
        ReviewRequest.market_tier,
        ReviewRequest.status,
        ReviewRequest.requested_at,
        ReviewRequest.completed_at,
        ReviewRequest.requested_by_user_id,
        ReviewRequest.reused_from_id,
    )
    .join(Resume, Resume.id == ReviewRequest.resume_id)
    .join(Candidate, Candidate.id == ReviewRequest.candidate_id)
)

# Two processes must not take the same changes; whoever comes second leaves them to the first.
_LOCK = text("SELECT pg_try_advisory_xact_lock(hashtext('review_tallies'))")
_ROLL_UP = text("""
    WITH taken AS (
        DELETE FROM review_tally_changes RETURNING *
    )
    INSERT INTO review_tallies AS tally
    SELECT target_industry, status, review_type, market_tier, sum(reviews), sum(scored), sum(score_sum)
    FROM taken GROUP BY 1, 2, 3, 4
    ON CONFLICT (target_industry, status, review_type, market_tier) DO UPDATE
    SET reviews = tally.reviews + excluded.reviews,
        scored = tally.scored + excluded.scored,
        score_sum = tally.score_sum + excluded.score_sum
""")


@dataclass(frozen=True)
class Tally:
    """How many reviews of one kind there are, and what their scores add up to."""

    industry: str
    status: str
    tier: str
    reviews: int
    scored: int
    score_sum: int


class HistoryRepository:
    """Reads many reviews at a time; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def page(
        self,
        user: User,
        wanted: ReviewFilter,
        *,
        sort: Sort,
        order: Order,
        limit: int,
        offset: int = 0,
        after: Cursor | None = None,
    ) -> Sequence[HistoryRow]:
        """Reviews the user may see. The ids are found first, so that rows skipped over are never joined."""
        ids = (
            ordered(user, wanted, sort=sort, order=order, after=after).limit(limit).offset(offset).subquery()
        )
        statement = _ROW.join(ids, ids.c.id == ReviewRequest.id).order_by(*ordering(sort, order))
        return (await self._session.execute(statement)).all()

    async def count(self, user: User, wanted: ReviewFilter) -> int:
        """How many reviews the user may see: from the running totals where they know, counted otherwise."""
        if not (wanted.is_tallied and sees_all(user)):
            counted = select(func.count()).select_from(matching(user, wanted).subquery())
            return await self._session.scalar(counted) or 0
        tally = _tallies()
        statement = select(func.coalesce(func.sum(tally.c.reviews), 0))
        for column, value in (
            (tally.c.target_industry, wanted.industry),
            (tally.c.status, wanted.status),
            (tally.c.review_type, wanted.review_type),
        ):
            if value is not None:
                statement = statement.where(column == value)
        return int(await self._session.scalar(statement) or 0)

    async def tallies(self, user: User) -> list[Tally]:
        """All the user's reviews by industry, status and tier."""
        source = _tallies() if sees_all(user) else _counted(user)
        kinds = (source.c.target_industry, source.c.status, source.c.market_tier)
        sums = (func.sum(source.c[name]) for name in ("reviews", "scored", "score_sum"))
        rows = await self._session.execute(select(*kinds, *sums).group_by(*kinds))
        return [Tally(row[0], row[1], row[2], int(row[3]), int(row[4]), int(row[5])) for row in rows]

    async def roll_up(self) -> None:
        """Sum the changes up; readers see the same totals before and after."""
        if (await self._session.execute(_LOCK)).scalar():
            await self._session.execute(_ROLL_UP)


def _tallies() -> Any:
    def columns(model: type[ReviewTally] | type[ReviewTallyChange]) -> Select[*tuple[Any, ...]]:
        return select(
            model.target_industry,
            model.status,
            model.review_type,
            model.market_tier,
            model.reviews,
            model.scored,
            model.score_sum,
        )

    return union_all(columns(ReviewTally), columns(ReviewTallyChange)).subquery()


def _counted(user: User) -> Any:
    """The same columns for those whose reviews are few enough to be counted."""
    return (
        matching(user, ReviewFilter())
        .with_only_columns(
            ReviewRequest.target_industry,
            cast(ReviewRequest.status, String).label("status"),
            func.coalesce(cast(ReviewRequest.market_tier, String), UNKNOWN_TIER).label("market_tier"),
            literal(1).label("reviews"),
            case((ReviewRequest.overall_score.is_(None), 0), else_=1).label("scored"),
            func.coalesce(ReviewRequest.overall_score, 0).label("score_sum"),
        )
        .subquery()
    )
