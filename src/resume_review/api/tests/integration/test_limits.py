import httpx2
import pytest
from fastapi import FastAPI

from resume_review.infrastructure.rate_limit import Limit, PostgresRateLimiter, RequestLimits
from resume_review.testing.api import People

pytestmark = pytest.mark.integration

WIDE = Limit("wide", requests=1000, seconds=3600)
NARROW = Limit("narrow", requests=3, seconds=3600)


@pytest.fixture
def limited_users(app: FastAPI) -> None:
    app.state.request_limits = RequestLimits(PostgresRateLimiter(app.state.database), WIDE, NARROW)


@pytest.fixture
def limited_addresses(app: FastAPI) -> None:
    app.state.request_limits = RequestLimits(PostgresRateLimiter(app.state.database), NARROW, WIDE)


@pytest.mark.usefixtures("limited_users")
async def test_56_other_sessions_and_spellings_of_a_path_share_the_account_s_limit(
    api: httpx2.AsyncClient, people: People
) -> None:
    first, second = await people.headers(), await people.headers()

    statuses = [
        (await api.get("/auth/me", headers=first)).status_code,
        (await api.get("/auth/me/", headers=second)).status_code,
        (await api.get("/auth/sessions", headers=first)).status_code,
        (await api.get("/auth/me//", headers=second)).status_code,
    ]

    assert statuses == [200, 200, 200, 429]


@pytest.mark.usefixtures("limited_users")
async def test_the_answer_tells_how_the_limit_stands(api: httpx2.AsyncClient, people: People) -> None:
    headers = await people.headers()

    answers = [await api.get("/auth/me", headers=headers) for _ in range(4)]

    assert answers[0].headers["ratelimit-policy"] == '"narrow";q=3;w=3600'
    assert [answer.headers["ratelimit"].partition(";t=")[0] for answer in answers] == [
        '"narrow";r=2',
        '"narrow";r=1',
        '"narrow";r=0',
        '"narrow";r=0',
    ]
    assert 1100 < int(answers[3].headers["retry-after"]) <= 1200
    assert answers[3].json()["code"] == "rate_limited"


@pytest.mark.usefixtures("limited_addresses")
async def test_56_a_forwarding_header_of_a_stranger_changes_nothing(api: httpx2.AsyncClient) -> None:
    answers = [
        await api.post("/auth/refresh", json={}, headers={"x-forwarded-for": f"198.51.100.{number}"})
        for number in range(4)
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422, 429]


@pytest.mark.usefixtures("limited_addresses")
@pytest.mark.parametrize("settings", [{"trusted_proxies": "127.0.0.1"}], indirect=True)
async def test_56_addresses_of_one_ipv6_customer_are_one_caller_behind_a_proxy(
    api: httpx2.AsyncClient,
) -> None:
    async def ask(address: str) -> int:
        return (await api.post("/auth/refresh", json={}, headers={"x-forwarded-for": address})).status_code

    same = [await ask(f"2001:db8:1:2::{number}") for number in range(4)]
    other = await ask("2001:db8:1:3::1")

    assert (same, other) == ([422, 422, 422, 429], 422)


@pytest.mark.usefixtures("limited_addresses")
async def test_health_is_not_limited(app: FastAPI) -> None:
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        answers = [await client.get("/health") for _ in range(5)]

    assert {answer.status_code for answer in answers} == {200}
