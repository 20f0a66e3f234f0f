from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from resume_review.core.settings import Settings, load_settings
from resume_review.database.session import Database
from resume_review.database.startup import OpenDatabase
from resume_review.main import create_app, running_on
from resume_review.testing.redis import RedisServer

pytestmark = pytest.mark.integration


def of(app: FastAPI) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test")


async def test_a_working_platform_is_healthy_and_ready(app: FastAPI) -> None:
    async with of(app) as client:
        live, ready = await client.get("/health"), await client.get("/health/ready")

    assert live.json()["status"] == "healthy"
    assert live.json()["services"] == {"database": "ok", "rate_limiter": "ok"}
    assert (ready.status_code, ready.json()["ready"]) == (200, True)


async def test_every_part_that_is_off_says_why(app: FastAPI) -> None:
    async with of(app) as client:
        parts = (await client.get("/health/ready")).json()["parts"]

    assert {name for name, part in parts.items() if part["state"] == "off"} == {"queue", "scanner"}
    assert all(part["reason"] for part in parts.values() if part["state"] == "off")


@pytest.mark.parametrize("settings", [{"rate_limits": "off"}], indirect=True)
async def test_switched_off_rate_limits_are_shown(app: FastAPI) -> None:
    async with of(app) as client:
        parts = (await client.get("/health/ready")).json()["parts"]

    assert parts["rate_limits"]["state"] == "off"


async def test_a_lost_database_makes_it_unready_but_not_dead(app: FastAPI) -> None:
    lost = Database.connect("postgresql://nobody@/nothing?host=/nonexistent")
    app.state.database = lost
    async with of(app) as client:
        live, ready = await client.get("/health"), await client.get("/health/ready")
    await lost.dispose()

    assert (live.status_code, live.json()["status"]) == (200, "degraded")
    assert (ready.status_code, ready.json()["parts"]["database"]["state"]) == (503, "failed")


async def test_53_a_lost_redis_degrades_limits_and_cache_and_the_platform_stays_ready(
    own_redis: RedisServer, tmp_path: Path, database: Database
) -> None:
    settings = load_settings(data_dir=tmp_path, workers=0, redis_url=own_redis.url)
    app = create_app(settings)
    async with running_on(app, OpenDatabase(database, conninfo="")), of(app) as client:
        before = (await client.get("/health/ready")).json()["parts"]
        own_redis.stop()
        ready = await client.get("/health/ready")

    after = ready.json()["parts"]
    assert (before["rate_limits"]["state"], before["cache"]["state"]) == ("ok", "ok")
    assert (after["rate_limits"]["state"], after["cache"]["state"]) == ("degraded", "degraded")
    assert ready.status_code == 200


async def test_a_lost_file_store_makes_it_unready(app: FastAPI, settings: Settings) -> None:
    settings.files_dir.rmdir()
    async with of(app) as client:
        ready = await client.get("/health/ready")

    assert (ready.status_code, ready.json()["parts"]["storage"]["state"]) == (503, "failed")


async def test_the_root_tells_where_to_look(app: FastAPI) -> None:
    async with of(app) as client:
        body = (await client.get("/")).json()

    assert (body["documentation"], body["health"]) == ("/docs", "/health")
