from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx2
import pytest

from resume_review.core.clock import utc_now
from resume_review.database.enums import UsagePurpose
from resume_review.database.models import PromptUsage, ReviewRequest
from resume_review.database.session import Database
from resume_review.testing.api import People
from resume_review.testing.factories import (
    make_candidate,
    make_resume,
    make_review_request,
    make_review_result,
    make_user,
)

pytestmark = pytest.mark.integration


@pytest.fixture
async def admin(api: httpx2.AsyncClient, people: People) -> httpx2.AsyncClient:
    api.headers.update(await people.headers())
    return api


def call(at: datetime, *, review: ReviewRequest | None = None, **changed: Any) -> PromptUsage:
    """A call of 150 tokens for a cent."""
    values: dict[str, Any] = {
        "provider": "openai",
        "model": "gpt-test",
        "tokens_used": 150,
        "cost_usd": Decimal("0.01"),
        "latency_ms": 100,
        "used_at": at,
    }
    return PromptUsage(
        agent_name="appeal",
        prompt_name="appeal_analysis",
        prompt_version="1.0.0",
        content_hash="0" * 64,
        review_request_id=review.id if review else None,
        **values | changed,
    )


async def reviewed(database: Database, *, degraded: bool = False) -> ReviewRequest:
    """A review that ended today."""
    async with database.transaction() as session:
        user = make_user()
        session.add(user)
        await session.flush()
        candidate = make_candidate(user)
        session.add(candidate)
        await session.flush()
        resume = make_resume(candidate, user)
        session.add(resume)
        await session.flush()
        request = make_review_request(resume, user)
        session.add(request)
        await session.flush()
        result = make_review_result(request)
        result.degraded, result.degraded_reason = degraded, "appeal: TimedOutError" if degraded else None
        session.add(result)
        return request


async def add(database: Database, *calls: PromptUsage) -> None:
    async with database.transaction() as session:
        session.add_all(calls)


async def test_sums_are_by_day_model_and_user(admin: httpx2.AsyncClient, database: Database) -> None:
    review, now = await reviewed(database), utc_now()
    yesterday = now - timedelta(days=1)
    await add(
        database,
        call(now, review=review),
        call(yesterday, error_code="TimedOutError", tokens_used=0, cost_usd=None),
        call(now, provider="anthropic", model="claude-test", purpose=UsagePurpose.TRIAL),
        call(now - timedelta(days=8), tokens_used=9_999),
    )

    usage = (await admin.get("/admin/usage", params={"days": 7})).json()

    assert (usage["total"]["calls"], usage["total"]["tokens"], usage["total"]["failed"]) == (3, 300, 1)
    assert (Decimal(usage["total"]["cost_usd"]), usage["total"]["calls_without_price"]) == (
        Decimal("0.02"),
        1,
    )
    assert len(usage["days"]) == 7
    assert [(day["calls"], day["tokens"]) for day in usage["days"][-2:]] == [(1, 0), (2, 300)]
    assert {(one["provider"], one["calls"], one["latency_ms"]) for one in usage["models"]} == {
        ("openai", 2, 100),
        ("anthropic", 1, 100),
    }
    assert {one["user_id"]: one["tokens"] for one in usage["users"]} == {
        str(review.requested_by_user_id): 150,
        None: 150,
    }


async def test_cost_that_is_not_known_is_null_and_not_zero(
    admin: httpx2.AsyncClient, database: Database
) -> None:
    await add(database, call(utc_now(), cost_usd=None))

    usage = (await admin.get("/admin/usage")).json()

    assert (usage["total"]["cost_usd"], usage["total"]["calls_without_price"]) == (None, 1)
    assert (usage["models"][0]["cost_usd"], usage["days"][-1]["cost_usd"]) == (None, None)


async def test_degraded_reviews_are_counted(admin: httpx2.AsyncClient, database: Database) -> None:
    await reviewed(database)
    await reviewed(database, degraded=True)

    usage = (await admin.get("/admin/usage", params={"days": 1})).json()

    assert (usage["reviews"], usage["degraded"]) == (2, 1)
    assert (usage["days"][0]["reviews"], usage["days"][0]["degraded"]) == (2, 1)


@pytest.mark.parametrize("days", [0, 91, "all"])
async def test_days_have_bounds(admin: httpx2.AsyncClient, days: Any) -> None:
    assert (await admin.get("/admin/usage", params={"days": days})).status_code == 422


@pytest.mark.parametrize("path", ["/admin/usage", "/admin/system"])
async def test_only_administrators_look(api: httpx2.AsyncClient, people: People, path: str) -> None:
    await people.add("junior@agency.example")
    api.headers.update(await people.headers("junior@agency.example"))

    assert (await api.get(path)).status_code == 403
