"""Generated from the routes themselves: a new one is closed to strangers and to keys without its scope."""

import re

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.database.models import ApiKey
from resume_review.features.auth import new_api_key
from resume_review.testing.api import ADMIN, People

pytestmark = pytest.mark.integration

PREFIX = "/api/v1"
PUBLIC = {
    "POST /auth/login",
    "POST /auth/refresh",
    "POST /auth/browser/login",
    "POST /auth/browser/refresh",
    "POST /auth/register",
    "POST /auth/accept-invitation",
    "GET /analysis/config/limits",
    "GET /analysis/health",
}


def operations(app: FastAPI) -> list[tuple[str, str]]:
    """Methods and paths behind the prefix, as the description of the API lists them."""
    return [
        (method.upper(), path.removeprefix(PREFIX))
        for path, methods in app.openapi()["paths"].items()
        for method in methods
        if path.startswith(PREFIX)
    ]


def filled(path: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: "1" if name[1] in {"n", "page"} else str(new_id()), path)


def closed(app: FastAPI) -> list[tuple[str, str]]:
    return [(method, path) for method, path in operations(app) if f"{method} {path}" not in PUBLIC]


async def test_there_are_routes_to_look_at(app: FastAPI) -> None:
    assert len(closed(app)) > 40


async def test_a_stranger_is_told_to_sign_in(app: FastAPI, api: httpx2.AsyncClient) -> None:
    answers = {
        f"{method} {path}": (await api.request(method, filled(path), json={})).status_code
        for method, path in closed(app)
    }

    assert {name: status for name, status in answers.items() if status != 401} == {}


async def test_a_key_without_scopes_opens_nothing(
    app: FastAPI, api: httpx2.AsyncClient, people: People, session: AsyncSession
) -> None:
    fresh = new_api_key()
    me = (await people.login(ADMIN))["user"]["id"]
    session.add(ApiKey(user_id=me, name="Empty", key_hash=fresh.hashed, hint=fresh.hint, scopes=[]))
    await session.flush()
    headers = {"authorization": f"Bearer {fresh.plain}"}

    answers = {
        f"{method} {path}": await api.request(method, filled(path), json={}, headers=headers)
        for method, path in closed(app)
    }

    open_ones = {name: answer.text for name, answer in answers.items() if answer.status_code != 403}
    assert open_ones == {}
    assert {answer.json()["code"] for answer in answers.values()} == {"auth.missing_scope"}
