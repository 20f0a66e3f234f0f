"""Every list of reviews comes in its order from an index: a page costs the same however many reviews there are."""

import uuid

import pytest
from sqlalchemy import Select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import ReviewRequestStatus, UserRole
from resume_review.features.resume_analysis.filters import (
    Cursor,
    Order,
    ReviewFilter,
    Sort,
    matching,
    ordered,
)
from resume_review.rubric import ReviewType
from resume_review.testing.factories import make_user

pytestmark = pytest.mark.integration

ADMIN = make_user(role=UserRole.ADMIN)
FILTERS = {
    "all": ReviewFilter(),
    "status": ReviewFilter(status=ReviewRequestStatus.FAILED),
    "industry": ReviewFilter(industry="ma_finance"),
    "type": ReviewFilter(review_type=ReviewType.ATS_CHECK),
    "candidate": ReviewFilter(candidate_id=new_id()),
    "requester": ReviewFilter(requested_by=new_id()),
}


async def plan(session: AsyncSession, statement: Select[uuid.UUID]) -> str:
    """What the server would do if the table were too long to be read whole, or to be sorted."""
    for setting in ("enable_seqscan", "enable_bitmapscan", "enable_sort", "enable_incremental_sort"):
        await session.execute(text(f"SET LOCAL {setting} = off"))
    compiled = statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    sql = "EXPLAIN " + str(compiled).replace(":", "\\:")
    rows = await session.execute(text(sql))
    return "\n".join(row[0] for row in rows)


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("wanted", FILTERS.values(), ids=FILTERS.keys())
async def test_a_list_by_date_is_read_from_an_index(
    session: AsyncSession, wanted: ReviewFilter, order: Order
) -> None:
    found = await plan(session, ordered(ADMIN, wanted, sort=Sort.DATE, order=order).limit(25))

    assert "Seq Scan" not in found
    assert "Sort" not in found


@pytest.mark.parametrize("order", list(Order))
async def test_a_list_by_score_is_read_from_an_index(session: AsyncSession, order: Order) -> None:
    found = await plan(session, ordered(ADMIN, ReviewFilter(), sort=Sort.SCORE, order=order).limit(25))

    assert "ix_review_requests_overall_score_requested_at_id" in found
    assert "Sort" not in found


async def test_the_next_page_starts_where_the_last_one_ended(session: AsyncSession) -> None:
    after = Cursor(utc_now(), new_id())

    found = await plan(
        session, ordered(ADMIN, ReviewFilter(), sort=Sort.DATE, order=Order.DESCENDING, after=after).limit(25)
    )

    assert "Index Cond: (ROW(requested_at, id) <" in found


async def test_the_reviews_of_a_junior_are_counted_from_an_index(session: AsyncSession) -> None:
    junior = make_user(role=UserRole.JUNIOR_RECRUITER)

    found = await plan(session, matching(junior, ReviewFilter(status=ReviewRequestStatus.FAILED)))

    # Which index it is depends on what the server knows of these small tables.
    assert "Seq Scan" not in found
    assert "ix_review_requests" in found
