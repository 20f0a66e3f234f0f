"""What the first web client asks for, row by row, as far as the platform answers it today."""

import uuid
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from resume_review.ai_agents.rubric_analyzer import RubricAnalyzer
from resume_review.features.resume_analysis.tasks import AnalyseReview
from resume_review.testing.api import ADMIN, PASSWORD, People
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration

INDUSTRIES = [
    "strategy_consulting",
    "ma_finance",
    "tech_consulting",
    "full_service_consulting",
    "system_integrator",
]


async def register(api: httpx2.AsyncClient, headers: dict[str, str]) -> str:
    answer = await api.post("/candidates/", json={"first_name": "Jane", "last_name": "Doe"}, headers=headers)
    assert answer.status_code in {200, 201}
    return answer.json()["candidate"]["id"]


async def upload(api: httpx2.AsyncClient, headers: dict[str, str]) -> str:
    path = f"/resume_upload/candidates/{await register(api, headers)}/resumes"
    answer = await api.post(path, files={"file": ("cv.md", MARKDOWN.encode())}, headers=headers)
    assert answer.status_code in {200, 201}
    return answer.json()["id"]


async def test_login_and_me(api: httpx2.AsyncClient, people: People) -> None:
    body = await people.login()
    me = (await api.get("/auth/me", headers={"authorization": f"Bearer {body['access_token']}"})).json()

    user = {"id", "email", "first_name", "last_name", "role"}
    assert {"access_token", "refresh_token", "user", "token_type", "expires_in"} <= set(body)
    assert user <= set(body["user"])
    assert user <= set(me)


async def test_a_page_that_refreshes_twice_at_once_stays_signed_in(
    api: httpx2.AsyncClient, people: People
) -> None:
    token = (await people.login())["refresh_token"]

    answers = [await api.post("/auth/refresh", json={"refresh_token": token}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all({"access_token", "refresh_token"} <= set(answer.json()) for answer in answers)


async def test_logout_takes_an_empty_body(api: httpx2.AsyncClient, people: People) -> None:
    assert (await api.post("/auth/logout", headers=await people.headers())).is_success


async def test_the_candidate_picker(api: httpx2.AsyncClient, people: People) -> None:
    headers = await people.headers()
    candidate_id = await register(api, headers)

    body = (await api.get("/candidates", headers=headers)).json()

    assert body["candidates"][0]["id"] == candidate_id
    assert {"id", "first_name", "last_name", "email"} <= set(body["candidates"][0])
    assert {"total_count", "limit", "offset"} <= set(body)
    assert body["limit"] >= 10


@pytest.mark.parametrize("industry", INDUSTRIES)
async def test_a_review_from_upload_to_result(
    api: httpx2.AsyncClient, app: FastAPI, people: People, industry: str
) -> None:
    headers = await people.headers()
    resume_id = await upload(api, headers)
    body = {"industry": industry, "analysis_depth": "standard", "compare_to_market": False}
    started = await api.post(f"/analysis/resumes/{resume_id}/analyze", json=body, headers=headers)
    review_id = started.json()["analysis_id"]
    path = f"/analysis/analysis/{review_id}/status"
    waiting: dict[str, Any] = (await api.get(path, headers=headers)).json()

    await AnalyseReview(app.state.database, RubricAnalyzer()).run(uuid.UUID(review_id))

    done: dict[str, Any] = (await api.get(path, headers=headers)).json()
    assert (waiting["status"], waiting["result"]) == ("pending", None)
    assert done["status"] == "completed"
    assert done["result"]["industry"] == industry
    assert isinstance(done["result"]["overall_score"], int)
    assert {"structure_analysis", "appeal_analysis"} <= set(done["result"]["detailed_scores"])


async def test_a_failed_review_is_served_as_error(
    api: httpx2.AsyncClient, app: FastAPI, people: People
) -> None:
    headers = await people.headers()
    resume_id = await upload(api, headers)
    started = await api.post(
        f"/analysis/resumes/{resume_id}/analyze", json={"industry": "ma_finance"}, headers=headers
    )
    review_id = started.json()["analysis_id"]

    await AnalyseReview(app.state.database, RubricAnalyzer()).give_up(uuid.UUID(review_id), "No luck.")

    assert (await api.get(f"/analysis/analysis/{review_id}/status", headers=headers)).json()[
        "status"
    ] == "error"


async def test_the_history(api: httpx2.AsyncClient, people: People) -> None:
    headers = await people.headers()
    resume_id = await upload(api, headers)
    await api.post(f"/analysis/resumes/{resume_id}/analyze", json={"industry": "ma_finance"}, headers=headers)

    body = (await api.get("/analysis/?page=1&page_size=25", headers=headers)).json()

    fields = {"id", "candidate_name", "file_name", "industry", "overall_score", "status", "created_at"}
    assert fields <= set(body["analyses"][0])
    assert (body["total_count"], body["page"], body["page_size"]) == (1, 1, 25)


async def test_a_wrong_current_password_is_400_because_401_means_refresh(
    api: httpx2.AsyncClient, people: People
) -> None:
    body = {"current_password": "wrong", "new_password": "another good phrase"}

    answer = await api.post("/profile/change-password", json=body, headers=await people.headers())

    assert answer.status_code == 400


async def test_the_account_screen(api: httpx2.AsyncClient, people: People) -> None:
    headers = await people.headers()
    new = {
        "email": "robin@agency.example",
        "first_name": "Robin",
        "last_name": "Sato",
        "role": "junior_recruiter",
    }
    created = await api.post(
        "/admin/users", json=new | {"temporary_password": "TempPass123!"}, headers=headers
    )
    path = f"/admin/users/{created.json()['id']}"
    edit = {"first_name": "Rob", "last_name": "Sato", "is_active": True, "role": "senior_recruiter"}
    reset = {"new_password": "TempPass123!", "force_password_change": True}

    answers = [
        await api.patch(path, json=edit, headers=headers),
        await api.patch(path, json={"is_active": False}, headers=headers),
        await api.post(f"{path}/reset-password", json=reset, headers=headers),
    ]
    listed = (await api.get("/admin/users?page=1&page_size=20&search=rob", headers=headers)).json()

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    fields = {"id", "email", "first_name", "last_name", "role", "is_active", "last_login_at"}
    assert fields <= set(listed["users"][0])
    assert (listed["total"], listed["total_pages"]) == (1, 1)


async def test_others_get_403_from_the_account_screen(api: httpx2.AsyncClient, people: People) -> None:
    await people.add("robin@agency.example")

    answer = await api.get(
        "/admin/users?page=1&page_size=20", headers=await people.headers("robin@agency.example")
    )

    assert answer.status_code == 403


async def test_the_profile_screen(api: httpx2.AsyncClient, people: People) -> None:
    headers = await people.headers()

    changed = await api.patch("/profile/me", json={"first_name": "Ada", "last_name": "King"}, headers=headers)

    assert changed.status_code == 200
    assert (await api.get("/auth/me", headers=headers)).json()["first_name"] == "Ada"


async def test_detail_is_always_a_string(api: httpx2.AsyncClient, people: People) -> None:
    headers = await people.headers()
    answers = [
        await api.post("/auth/login", json={}),
        await api.post("/auth/login", json={"email": ADMIN, "password": PASSWORD + "x"}),
        await api.get("/candidates/not-an-id", headers=headers),
        await api.get("/nowhere"),
    ]

    assert all(isinstance(answer.json()["detail"], str) for answer in answers)


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
async def test_another_origin_may_call_with_a_token(api: httpx2.AsyncClient, method: str) -> None:
    asked = {
        "origin": "http://localhost:3000",
        "access-control-request-method": method,
        "access-control-request-headers": "authorization,content-type",
    }

    answer = await api.options("/candidates", headers=asked)

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "http://localhost:3000"
    assert "authorization" in answer.headers["access-control-allow-headers"].lower()


async def test_a_foreign_origin_may_not(api: httpx2.AsyncClient) -> None:
    asked = {"origin": "https://evil.example", "access-control-request-method": "GET"}

    answer = await api.options("/candidates", headers=asked)

    assert "access-control-allow-origin" not in answer.headers
