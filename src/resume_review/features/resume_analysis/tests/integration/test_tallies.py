"""The running totals are what counting would give, after whatever was done and however often they were rolled up."""

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import UserRole
from resume_review.database.session import Database
from resume_review.features.resume_analysis.filters import ReviewFilter
from resume_review.features.resume_analysis.history import HistoryRepository
from resume_review.features.resume_analysis.tasks import roll_up_tallies
from resume_review.testing.factories import make_candidate, make_resume, make_user

pytestmark = pytest.mark.integration

ADD = """
    INSERT INTO review_requests (id, resume_id, requested_by_user_id, target_industry, review_type, language, status,
        progress, attempt, requested_at, completed_at, overall_score, market_tier)
    SELECT gen_random_uuid(), resumes.id, uploaded_by_user_id, CAST(:industry AS text), 'comprehensive', 'en', CAST(:status AS text), 0, 0, now(),
        CASE WHEN CAST(:status AS text) = 'pending' THEN NULL ELSE now() END, CAST(:score AS integer), CAST(:tier AS text)
    FROM resumes, generate_series(1, :n)
"""
CHANGE = """
    UPDATE review_requests SET status = CAST(:status AS text), overall_score = CAST(:score AS integer), market_tier = CAST(:tier AS text),
        completed_at = CASE WHEN CAST(:status AS text) = 'pending' THEN NULL ELSE now() END
    WHERE id IN (SELECT id FROM review_requests ORDER BY id LIMIT :n)
"""
REMOVE = "DELETE FROM review_requests WHERE id IN (SELECT id FROM review_requests ORDER BY id LIMIT :n)"
UNCHANGED = "UPDATE review_requests SET progress = 50"
COUNTED = """
    SELECT target_industry, status, coalesce(market_tier, 'unknown'), count(*), count(overall_score),
        coalesce(sum(overall_score), 0)
    FROM review_requests GROUP BY 1, 2, 3
"""

VALUES = st.fixed_dictionaries(
    {
        "industry": st.sampled_from(["tech_consulting", "ma_finance"]),
        "status": st.sampled_from(["pending", "completed", "cancelled"]),
        "score": st.none() | st.integers(0, 100),
        "tier": st.sampled_from([None, "mid", "senior"]),
        "n": st.integers(1, 3),
    }
)
ROLL_UP = "roll up"
Step = tuple[str, dict[str, Any]]
STEPS = st.lists(st.tuples(st.sampled_from([ADD, CHANGE, REMOVE, UNCHANGED, ROLL_UP]), VALUES), max_size=8)


async def prepared(session: AsyncSession) -> None:
    user = make_user(role=UserRole.ADMIN)
    candidate = make_candidate(user)
    for row in (user, candidate, make_resume(candidate, user)):
        session.add(row)
        await session.flush()


async def totals(session: AsyncSession) -> set[tuple[Any, ...]]:
    found = await HistoryRepository(session).tallies(make_user(role=UserRole.ADMIN))
    rows = {(t.industry, t.status, t.tier, t.reviews, t.scored, t.score_sum) for t in found}
    return {row for row in rows if any(row[3:])}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_the_totals_are_what_counting_gives(session: AsyncSession, steps: list[Step]) -> None:
    example = await session.begin_nested()
    await prepared(session)

    for statement, values in steps:
        if statement == ROLL_UP:
            await HistoryRepository(session).roll_up()
        else:
            await session.execute(text(statement), values)

    counted = {tuple(row) for row in await session.execute(text(COUNTED))}
    assert await totals(session) == counted
    await example.rollback()


async def test_a_roll_up_leaves_no_changes_behind(committed_database: Database) -> None:
    async with committed_database.transaction() as session:
        await prepared(session)
        values = {"industry": "ma_finance", "status": "completed", "score": 50, "tier": "mid", "n": 3}
        await session.execute(text(ADD), values)

    await asyncio.gather(*(roll_up_tallies(committed_database) for _ in range(4)))

    async with committed_database.transaction() as session:
        left = await session.scalar(text("SELECT count(*) FROM review_tally_changes"))
        count = await HistoryRepository(session).count(make_user(role=UserRole.ADMIN), ReviewFilter())
        assert (left, count) == (0, 3)
        assert await totals(session) == {("ma_finance", "completed", "mid", 3, 3, 150)}
