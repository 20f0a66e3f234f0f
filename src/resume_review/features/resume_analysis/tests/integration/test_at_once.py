"""Starts of one review that arrive at the same time, on real connections."""

import asyncio
from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from resume_review.core.settings import Settings
from resume_review.database.session import Database
from resume_review.database.startup import OpenDatabase
from resume_review.main import create_app, running_on
from resume_review.testing.api import People
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration

COUNTS = text("""
    SELECT (SELECT count(*) FROM review_requests),
           (SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'resume_analysis.analyse')
""")


@pytest.fixture
async def live(
    committed_database: Database, committed_database_url: str, settings: Settings
) -> AsyncIterator[tuple[FastAPI, httpx2.AsyncClient]]:
    """The app where every request has a transaction of its own; the client is signed in."""
    app = create_app(settings)
    opened = OpenDatabase(committed_database, conninfo=committed_database_url.replace("+psycopg", ""))
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        running_on(app, opened),
        httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1") as api,
    ):
        api.headers |= await People(app, api).headers()
        yield app, api


async def test_case_49_ten_starts_with_one_key_are_one_review(
    live: tuple[FastAPI, httpx2.AsyncClient],
) -> None:
    app, api = live
    created = await api.post("/candidates", json={"first_name": "Jane", "last_name": "Doe"})
    path = f"/resume_upload/candidates/{created.json()['candidate']['id']}/resumes"
    resume = (await api.post(path, files={"file": ("cv.md", MARKDOWN.encode())})).json()
    path, key = f"/analysis/resumes/{resume['id']}/analyze", {"idempotency-key": "one"}

    answers = await asyncio.gather(
        *(api.post(path, json={"industry": "ma_finance"}, headers=key) for _ in range(10))
    )
    other = await api.post(path, json={"industry": "tech_consulting"}, headers=key)

    async with app.state.database.transaction() as session:
        counts = tuple((await session.execute(COUNTS)).one())
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["analysis_id"] for answer in answers}) == 1
    assert (other.status_code, other.json()["code"]) == (409, "idempotency.conflict")
    assert counts == (1, 1)
