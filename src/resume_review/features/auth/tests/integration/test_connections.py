"""A signed-in request holds one connection at a time: requests that come together never wait for each other."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI

from resume_review.core.settings import Settings
from resume_review.database.session import Database
from resume_review.database.startup import OpenDatabase
from resume_review.main import create_app, running_on
from resume_review.testing.api import People

pytestmark = pytest.mark.integration


@pytest.fixture
async def app(settings: Settings, committed_database_url: str) -> AsyncIterator[FastAPI]:
    """The app with a single connection to its database."""
    database = Database.connect(committed_database_url, pool_size=1, max_overflow=0)
    app = create_app(settings)
    async with running_on(app, OpenDatabase(database, conninfo="")):
        yield app
    await database.dispose()


async def test_a_token_is_checked_and_counted_on_one_connection(
    api: httpx2.AsyncClient, people: People
) -> None:
    response = await api.get("/candidates", headers=await people.headers())

    assert response.status_code == 200


async def test_an_api_key_is_checked_noted_and_counted_on_one_connection(
    api: httpx2.AsyncClient, people: People
) -> None:
    created = await api.post(
        "/profile/api-keys",
        json={"name": "export", "scopes": ["candidates:read"]},
        headers=await people.headers(),
    )

    response = await api.get("/candidates", headers={"authorization": f"Bearer {created.json()['key']}"})

    assert response.status_code == 200
