"""Redis killed, frozen and brought back while requests are served; case 53 of the list of abuse cases."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from resume_review.core.settings import load_settings
from resume_review.database.session import Database
from resume_review.database.startup import OpenDatabase
from resume_review.infrastructure.rate_limit import FallbackRateLimiter, Limit
from resume_review.infrastructure.stores import Stores
from resume_review.main import create_app, running_on
from resume_review.testing.api import ADMIN, PASSWORD
from resume_review.testing.redis import RedisServer

pytestmark = pytest.mark.integration

PATIENCE_SECONDS = 20
MANY = Limit("many", requests=1_000_000, seconds=3600)


@pytest.fixture
async def app(
    own_redis: RedisServer,
    tmp_path: Path,
    committed_database: Database,
    committed_database_url: str,
) -> AsyncIterator[FastAPI]:
    """The app on a Redis of its own and a database where requests run at once."""
    settings = load_settings(
        data_dir=tmp_path, workers=0, redis_url=own_redis.url, admin_email=ADMIN, admin_password=PASSWORD
    )
    app = create_app(settings)
    conninfo = committed_database_url.replace("+psycopg", "")
    async with running_on(app, OpenDatabase(committed_database, conninfo=conninfo)):
        yield app


async def parts(app: FastAPI) -> dict[str, str]:
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        ready = await client.get("/health/ready")
    assert ready.status_code == 200
    shown: dict[str, Any] = ready.json()["parts"]
    return {name: shown[name]["state"] for name in ("rate_limits", "cache")}


async def recovered(app: FastAPI) -> None:
    """Wait until limits are counted in Redis again."""
    stores: Stores = app.state.stores
    limiter = stores.rate_limiter
    assert isinstance(limiter, FallbackRateLimiter)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while limiter.degraded:
            await limiter.take(MANY, "probe")


async def test_53_no_request_fails_while_redis_is_killed_and_comes_back(
    app: FastAPI, api: httpx2.AsyncClient, own_redis: RedisServer
) -> None:
    login = {"email": ADMIN, "password": PASSWORD}
    signed_in = (await api.post("/auth/login", json=login)).json()
    headers = {"authorization": f"Bearer {signed_in['access_token']}"}
    answered = asyncio.Event()
    statuses: list[int] = []

    async def visitor() -> None:
        for _ in range(10):
            statuses.append((await api.get("/candidates", headers=headers)).status_code)
            if len(statuses) == 20:
                answered.set()

    with capture_logs() as logs:
        visitors = [asyncio.create_task(visitor()) for _ in range(8)]
        await answered.wait()
        own_redis.stop()
        await asyncio.gather(*visitors)
        stores: Stores = app.state.stores
        await asyncio.gather(*(stores.rate_limiter.take(MANY, "during") for _ in range(20)))
        during = await parts(app)
        own_redis.start()
        await recovered(app)

    assert statuses == [200] * 80
    assert during == {"rate_limits": "degraded", "cache": "degraded"}
    assert await parts(app) == {"rate_limits": "ok", "cache": "ok"}
    lost = [entry for entry in logs if entry["event"] == "redis_lost"]
    back = [entry for entry in logs if entry["event"] == "redis_back"]
    assert [entry["what"] for entry in lost] == ["rate limits"]
    assert [entry["what"] for entry in back] == ["rate limits"]


async def test_53_a_session_lives_through_the_loss_of_redis(
    api: httpx2.AsyncClient, own_redis: RedisServer
) -> None:
    login = {"email": ADMIN, "password": PASSWORD}
    signed_in = (await api.post("/auth/login", json=login)).json()
    own_redis.stop()

    refreshed = await api.post("/auth/refresh", json={"refresh_token": signed_in["refresh_token"]})
    me = await api.get("/auth/me", headers={"authorization": f"Bearer {refreshed.json()['access_token']}"})

    assert (refreshed.status_code, me.status_code) == (200, 200)


async def test_53_a_redis_that_hangs_delays_one_request_and_not_all(
    app: FastAPI, own_redis: RedisServer
) -> None:
    stores: Stores = app.state.stores
    own_redis.freeze()

    began = time.monotonic()
    await stores.rate_limiter.take(MANY, "first")
    first, began = time.monotonic() - began, time.monotonic()
    for _ in range(2):
        await stores.rate_limiter.take(MANY, "others")
    others = time.monotonic() - began

    assert first < 10
    assert others < 2
    assert await parts(app) == {"rate_limits": "degraded", "cache": "degraded"}
