from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.models import MaintenanceRun, PromptUsage
from resume_review.database.session import Database, driver_connection
from resume_review.infrastructure.queue import JobQueue, Lane
from resume_review.testing.api import People
from resume_review.testing.factories import make_candidate, make_resume, make_user

pytestmark = pytest.mark.integration

CHAIN = {"engine": "openai", "model": "gpt-5", "openai_api_key": "sk-test", "fallback": "openai:gpt-5-mini"}


@pytest.fixture
async def admin(api: httpx2.AsyncClient, people: People) -> httpx2.AsyncClient:
    api.headers.update(await people.headers())
    return api


async def state(admin: httpx2.AsyncClient) -> dict[str, Any]:
    return (await admin.get("/admin/system")).raise_for_status().json()


async def test_a_new_platform_is_empty_and_says_what_it_judges_with(admin: httpx2.AsyncClient) -> None:
    shown = await state(admin)

    assert (shown["engine"], shown["models"], shown["live_workers"]) == ("rubric", [], 0)
    assert shown["rate_limits"] is True
    assert (shown["storage"]["files"], shown["storage"]["file_bytes"]) == (0, 0)
    assert shown["storage"]["database_bytes"] > 1_000_000
    assert {lane["lane"]: lane["waiting"] for lane in shown["lanes"]} == {"work": 0, "service": 0}


async def test_waiting_jobs_are_told_by_lane_with_their_age(
    admin: httpx2.AsyncClient, database: Database
) -> None:
    async with database.transaction() as session:
        await JobQueue().enqueue(
            await driver_connection(session), "webhooks.deliver", subject=new_id(), lane=Lane.SERVICE
        )
        await session.execute(text("UPDATE procrastinate_events SET at = now() - interval '40 seconds'"))

    lanes = {lane["lane"]: lane for lane in (await state(admin))["lanes"]}

    assert (lanes["service"]["waiting"], lanes["work"]["waiting"]) == (1, 0)
    assert 40 <= lanes["service"]["oldest_waiting_seconds"] < 100


@pytest.mark.parametrize("settings", [CHAIN], indirect=True)
async def test_models_are_told_apart_by_how_they_fared(admin: httpx2.AsyncClient, database: Database) -> None:
    calls = [("gpt-5-2026-08-01", "OverloadedError")] * 5 + [("gpt-5-mini", None)]
    async with database.transaction() as session:
        for model, fault in calls:
            session.add(
                PromptUsage(
                    agent_name="appeal",
                    prompt_name="appeal_analysis",
                    prompt_version="1.0.0",
                    content_hash="0" * 64,
                    provider="openai",
                    model=model,
                    error_code=fault,
                )
            )

    models = (await state(admin))["models"]

    assert [(one["model"], one["state"], one["calls"], one["last_fault"]) for one in models] == [
        ("openai:gpt-5", "failing", 5, "OverloadedError"),
        ("openai:gpt-5-mini", "ok", 1, None),
    ]


@pytest.mark.parametrize("settings", [CHAIN], indirect=True)
async def test_a_model_that_nobody_asked_lately_is_unused(admin: httpx2.AsyncClient) -> None:
    assert {one["state"] for one in (await state(admin))["models"]} == {"unused"}


async def test_files_that_versions_share_count_once(admin: httpx2.AsyncClient, database: Database) -> None:
    async with database.transaction() as session:
        user = make_user()
        session.add(user)
        await session.flush()
        candidate = make_candidate(user)
        session.add(candidate)
        await session.flush()
        first, second = make_resume(candidate, user), make_resume(candidate, user, version=2)
        second.stored_filename = first.stored_filename
        session.add_all([first, second])

    storage = (await state(admin))["storage"]

    assert (storage["files"], storage["file_bytes"]) == (1, first.file_size)


async def test_failed_chores_are_named(admin: httpx2.AsyncClient, database: Database) -> None:
    async with database.transaction() as session:
        session.add(MaintenanceRun(name="cache.purge", started_at=utc_now(), fault="OSError"))
        session.add(MaintenanceRun(name="jobs.purge", started_at=utc_now()))

    assert [(chore["name"], chore["fault"]) for chore in (await state(admin))["failed_chores"]] == [
        ("cache.purge", "OSError")
    ]
