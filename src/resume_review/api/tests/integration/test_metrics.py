"""Metrics on the port that the internet may reach."""

import re

import httpx2
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

pytestmark = pytest.mark.integration

TOKEN = "a token of this test alone"


async def scrape(app: FastAPI, **headers: str) -> httpx2.Response:
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.get("/metrics", headers=headers)


async def test_without_a_token_there_are_no_metrics_not_even_for_this_machine(app: FastAPI) -> None:
    answer = await scrape(app)

    assert "resume_review_" not in answer.text
    assert answer.status_code == 404


@pytest.mark.parametrize("settings", [{"metrics_token": SecretStr(TOKEN)}], indirect=True)
async def test_with_a_token_they_are_shown_to_whoever_has_it(app: FastAPI) -> None:
    refused = await scrape(app, authorization="Bearer not the token")
    shown = await scrape(app, authorization=f"Bearer {TOKEN}")

    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert "resume_review_" not in refused.text
    assert 'resume_review_part_state{part="database",state="ok"} 1.0' in shown.text
    assert "resume_review_database_up 1.0" in shown.text


@pytest.mark.parametrize("settings", [{"metrics_token": SecretStr(TOKEN)}], indirect=True)
async def test_what_is_refused_counts_by_the_name_of_the_limit(app: FastAPI, api: httpx2.AsyncClient) -> None:
    wrong = {"email": "nobody@agency.example", "password": "wrong"}
    while (await api.post("/auth/login", json=wrong)).status_code != 429:
        continue

    shown = await scrape(app, authorization=f"Bearer {TOKEN}")

    assert re.search(r'^resume_review_rate_limited_total{limit="[^"]*login', shown.text, re.MULTILINE)
