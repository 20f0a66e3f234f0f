import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.core.settings import Settings
from resume_review.database.session import Database, driver_connection
from resume_review.infrastructure.queue import JobQueue
from resume_review.testing.api import People

pytestmark = pytest.mark.integration

_FULL = """
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'No space left' USING ERRCODE = 'disk_full'; END $$
"""
_REFUSE = """
    CREATE TRIGGER full_disk BEFORE INSERT ON procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION full_disk()
"""


async def test_an_unknown_path_is_a_problem_too(api: httpx2.AsyncClient) -> None:
    response = await api.get("/nothing")

    assert response.status_code == 404
    assert set(response.json()) == {"detail", "code", "request_id"}


async def test_a_wrong_method_is_a_problem_too(api: httpx2.AsyncClient) -> None:
    response = await api.delete("/auth/login")

    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
    assert response.headers["allow"]


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff\xfe", b"null"])
async def test_a_body_that_is_not_the_json_asked_for_is_explained(
    api: httpx2.AsyncClient, body: bytes
) -> None:
    response = await api.post("/auth/login", content=body, headers={"content-type": "application/json"})

    assert 400 <= response.status_code < 500
    assert isinstance(response.json()["detail"], str)


@pytest.mark.parametrize("settings", [{"max_upload_mb": 1}], indirect=True)
async def test_an_oversized_body_is_cut_off(api: httpx2.AsyncClient, settings: Settings) -> None:
    response = await api.post("/auth/login", content=b"x" * 1_200_000)

    assert (response.status_code, response.json()["code"]) == (413, "too_large")


async def test_a_lost_database_is_503_and_says_to_try_again(
    app: FastAPI, api: httpx2.AsyncClient, people: People
) -> None:
    headers = await people.headers()
    lost = Database.connect("postgresql://nobody@/nothing?host=/nonexistent")
    app.state.database = lost

    response = await api.get("/auth/me", headers=headers)
    await lost.dispose()

    assert (response.status_code, response.json()["code"]) == (503, "database.unavailable")
    assert response.headers["retry-after"] == "5"


async def test_a_job_that_finds_no_room_is_503_and_says_to_try_again(
    app: FastAPI, api: httpx2.AsyncClient, session: AsyncSession
) -> None:
    await session.execute(text(_FULL))
    await session.execute(text(_REFUSE))

    async def send() -> None:
        await JobQueue().enqueue(await driver_connection(session), "job", subject=new_id())

    app.add_api_route("/api/v1/full", send)
    response = await api.get("/full")

    assert (response.status_code, response.json()["code"]) == (503, "database.unavailable")


async def test_an_unforeseen_error_shows_nothing_of_itself(app: FastAPI, api: httpx2.AsyncClient) -> None:
    app.state.token_signer = None

    response = await api.get("/auth/me", headers={"authorization": "Bearer secret-token"})

    assert (response.status_code, response.json()["code"]) == (500, "internal.error")
    assert "secret-token" not in response.text
    assert "NoneType" not in response.text


async def test_every_answer_names_its_request_and_is_not_sniffed(api: httpx2.AsyncClient) -> None:
    responses = [await api.get("/auth/me") for _ in range(2)]

    assert len({response.headers["x-request-id"] for response in responses}) == 2
    assert all(response.headers["x-content-type-options"] == "nosniff" for response in responses)
