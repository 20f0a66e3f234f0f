from typing import Any

import httpx2
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.database.enums import ActivityAction, UserRole
from resume_review.database.models import ActivityLog
from resume_review.testing.api import ADMIN, PASSWORD, People
from resume_review.testing.queries import QueryCounter

pytestmark = pytest.mark.integration

NEW = {
    "email": "Robin@agency.example",
    "first_name": "Robin",
    "last_name": "Sato",
    "role": "junior_recruiter",
    "temporary_password": "Password123!",
}


@pytest.fixture
async def headers(people: People) -> dict[str, str]:
    return await people.headers()


async def create(api: httpx2.AsyncClient, headers: dict[str, str], **fields: str) -> dict[str, Any]:
    response = await api.post("/admin/users", json=NEW | fields, headers=headers)
    assert response.status_code == 201, response.text
    return response.json()


async def change(
    api: httpx2.AsyncClient, headers: dict[str, str], user_id: str, **fields: object
) -> httpx2.Response:
    return await api.patch(f"/admin/users/{user_id}", json=fields, headers=headers)


async def my_id(api: httpx2.AsyncClient, headers: dict[str, str]) -> str:
    return (await api.get("/auth/me", headers=headers)).json()["id"]


async def test_a_new_account_signs_in_and_must_change_its_password(
    api: httpx2.AsyncClient, headers: dict[str, str], people: People
) -> None:
    await create(api, headers)

    login = await people.login("robin@agency.example", NEW["temporary_password"])
    blocked = await api.get("/candidates", headers={"authorization": f"Bearer {login['access_token']}"})

    assert login["user"]["force_password_change"] is True
    assert blocked.json()["code"] == "auth.password_change_required"


async def test_an_address_is_used_once(api: httpx2.AsyncClient, headers: dict[str, str]) -> None:
    await create(api, headers)

    again = await api.post("/admin/users", json=NEW, headers=headers)

    assert (again.status_code, again.json()["code"]) == (409, "admin.email_taken")


@pytest.mark.parametrize("search", ["sato", "robin s", "Sato Robin", "AGENCY.EXAMPLE"])
async def test_a_search_looks_in_name_and_address(
    api: httpx2.AsyncClient, headers: dict[str, str], search: str
) -> None:
    await create(api, headers)

    body = (await api.get("/admin/users", params={"search": search}, headers=headers)).json()

    assert "robin@agency.example" in [user["email"] for user in body["users"]]


async def test_a_percent_sign_is_no_wildcard(api: httpx2.AsyncClient, headers: dict[str, str]) -> None:
    body = (await api.get("/admin/users", params={"search": "%"}, headers=headers)).json()

    assert body["total"] == 0


async def test_pages_and_filters_have_true_totals(api: httpx2.AsyncClient, headers: dict[str, str]) -> None:
    for number in range(3):
        await create(api, headers, email=f"r{number}@agency.example")

    query = {"role": "junior_recruiter", "page": 2, "page_size": 2}
    body = (await api.get("/admin/users", params=query, headers=headers)).json()

    assert (len(body["users"]), body["total"], body["total_pages"]) == (1, 3, 2)


async def test_a_list_costs_three_queries(
    api: httpx2.AsyncClient, headers: dict[str, str], query_counter: QueryCounter
) -> None:
    for number in range(3):
        await create(api, headers, email=f"r{number}@agency.example")

    with query_counter() as queries:
        await api.get("/admin/users", headers=headers)

    assert queries.count == 3


async def test_the_detail_counts_what_the_account_did(
    api: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    await api.post("/candidates", json={"first_name": "Jane", "last_name": "Doe"}, headers=headers)

    body = (await api.get(f"/admin/users/{await my_id(api, headers)}", headers=headers)).json()

    assert (body["assigned_candidates_count"], body["total_resumes_uploaded"], body["is_locked"]) == (
        1,
        0,
        False,
    )


async def test_a_switched_off_account_is_out_at_once(
    api: httpx2.AsyncClient, headers: dict[str, str], people: People
) -> None:
    user = await people.add("robin@agency.example")
    theirs = await people.headers("robin@agency.example")

    response = await change(api, headers, str(user.id), is_active=False)

    assert response.json()["is_active"] is False
    assert (await api.get("/auth/me", headers=theirs)).status_code == 401


async def test_a_new_role_needs_a_new_sign_in(
    api: httpx2.AsyncClient, headers: dict[str, str], people: People
) -> None:
    user = await people.add("robin@agency.example")
    theirs = await people.headers("robin@agency.example")

    await change(api, headers, str(user.id), role="senior_recruiter")

    assert (await api.get("/auth/me", headers=theirs)).status_code == 401
    assert (await people.login("robin@agency.example"))["user"]["role"] == "senior_recruiter"


@pytest.mark.parametrize("fields", [{"role": "junior_recruiter"}, {"is_active": False}])
async def test_the_last_admin_stays_one(
    api: httpx2.AsyncClient, headers: dict[str, str], fields: dict[str, object]
) -> None:
    response = await change(api, headers, await my_id(api, headers), **fields)

    assert (response.status_code, response.json()["code"]) == (409, "admin.last_admin")


async def test_one_of_two_admins_may_go(
    api: httpx2.AsyncClient, headers: dict[str, str], people: People
) -> None:
    await people.add("second@agency.example", UserRole.ADMIN)

    response = await change(api, headers, await my_id(api, headers), role="senior_recruiter")

    assert response.status_code == 200


async def test_a_reset_ends_sessions_and_lifts_a_lock(
    api: httpx2.AsyncClient, headers: dict[str, str], people: People
) -> None:
    user = await people.add("robin@agency.example")
    theirs = await people.headers("robin@agency.example")
    for _ in range(5):
        await api.post("/auth/login", json={"email": "robin@agency.example", "password": "wrong"})

    body = {"new_password": "Password123!", "force_password_change": True}
    response = await api.post(f"/admin/users/{user.id}/reset-password", json=body, headers=headers)

    assert response.json()["success"] is True
    assert (await api.get("/auth/me", headers=theirs)).status_code == 401
    assert (await people.login("robin@agency.example", "Password123!"))["access_token"]


async def test_a_lasting_password_must_be_strong(
    api: httpx2.AsyncClient, headers: dict[str, str], people: People
) -> None:
    user = await people.add("robin@agency.example")

    body = {"new_password": "Password123!", "force_password_change": False}
    response = await api.post(f"/admin/users/{user.id}/reset-password", json=body, headers=headers)

    assert (response.status_code, response.json()["code"]) == (400, "auth.weak_password")


async def test_a_lock_can_be_lifted(api: httpx2.AsyncClient, headers: dict[str, str], people: People) -> None:
    user = await people.add("robin@agency.example")
    for _ in range(5):
        await api.post("/auth/login", json={"email": "robin@agency.example", "password": "wrong"})

    await api.post(f"/admin/users/{user.id}/unlock", headers=headers)

    assert (await people.login("robin@agency.example", PASSWORD))["access_token"]


@pytest.mark.parametrize(
    ("role", "users", "directory"),
    [
        (UserRole.JUNIOR_RECRUITER, 403, 403),
        (UserRole.SENIOR_RECRUITER, 403, 200),
        (UserRole.ADMIN, 200, 200),
    ],
)
async def test_who_may_look(
    api: httpx2.AsyncClient, people: People, role: UserRole, users: int, directory: int
) -> None:
    await people.add("robin@agency.example", role)
    headers = await people.headers("robin@agency.example")

    answers = [await api.get(path, headers=headers) for path in ("/admin/users", "/admin/directory")]

    assert [answer.status_code for answer in answers] == [users, directory]


async def test_the_directory_lists_colleagues_by_name(
    api: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    await create(api, headers)

    body = (await api.get("/admin/directory", headers=headers)).json()

    assert [user["full_name"] for user in body["users"]] == ["First Admin", "Robin Sato"]
    assert body["total"] == 2


async def test_an_unknown_account_is_404(api: httpx2.AsyncClient, headers: dict[str, str]) -> None:
    response = await change(api, headers, str(new_id()), first_name="X")

    assert (response.status_code, response.json()["code"]) == (404, "admin.user_not_found")


async def test_changes_are_in_the_audit_log_with_old_and_new(
    api: httpx2.AsyncClient, headers: dict[str, str], people: People, session: AsyncSession
) -> None:
    user = await people.add("robin@agency.example")
    await change(api, headers, str(user.id), role="senior_recruiter")

    statement = select(ActivityLog).where(ActivityLog.action == ActivityAction.UPDATE)
    entry = (await session.scalars(statement.order_by(ActivityLog.id.desc()))).first()

    assert entry is not None
    assert (entry.old_values, entry.new_values) == (
        {"role": "junior_recruiter"},
        {"role": "senior_recruiter"},
    )
    assert entry.entity_id == user.id


class TestProfile:
    async def test_my_name_can_be_changed(self, api: httpx2.AsyncClient, headers: dict[str, str]) -> None:
        await api.patch("/profile/me", json={"first_name": "Ada", "last_name": "King"}, headers=headers)

        assert (await api.get("/auth/me", headers=headers)).json()["full_name"] == "Ada King"
        assert (await api.get("/profile/me", headers=headers)).json()["email"] == ADMIN

    async def test_my_role_cannot(self, api: httpx2.AsyncClient, people: People) -> None:
        await people.add("robin@agency.example")
        headers = await people.headers("robin@agency.example")

        await api.patch("/profile/me", json={"first_name": "Ada", "role": "admin"}, headers=headers)

        assert (await api.get("/auth/me", headers=headers)).json()["role"] == "junior_recruiter"


async def test_lifting_a_lock_is_logged_as_such(
    api: httpx2.AsyncClient, headers: dict[str, str], people: People, session: AsyncSession
) -> None:
    user = await people.add("robin@agency.example")

    await api.post(f"/admin/users/{user.id}/unlock", headers=headers)

    statement = select(ActivityLog.entity_id).where(ActivityLog.action == ActivityAction.UNLOCK)
    assert (await session.scalars(statement)).all() == [user.id]


async def test_sending_what_is_there_already_ends_no_session_and_is_not_logged(
    api: httpx2.AsyncClient, headers: dict[str, str], people: People, session: AsyncSession
) -> None:
    user = await people.add("robin@agency.example")
    theirs = await people.headers("robin@agency.example")

    await change(api, headers, str(user.id), role="junior_recruiter", is_active=True, first_name="Robin")

    assert (await api.get("/auth/me", headers=theirs)).status_code == 200
    statement = select(ActivityLog.id).where(ActivityLog.action == ActivityAction.UPDATE)
    assert (await session.scalars(statement)).all() == []


@pytest.mark.parametrize("field", ["password_hash", "failed_login_attempts", "id", "created_at"])
async def test_case_35_what_is_not_the_administrators_to_set_is_ignored(
    api: httpx2.AsyncClient, headers: dict[str, str], people: People, field: str
) -> None:
    user = await people.add("robin@agency.example")
    before = (await api.get(f"/admin/users/{user.id}", headers=headers)).json()

    after = (await change(api, headers, str(user.id), **{field: "x"})).json()

    assert after == before


async def test_no_answer_holds_a_hash(
    api: httpx2.AsyncClient, headers: dict[str, str], people: People
) -> None:
    user = await people.add("robin@agency.example")

    answers = [await api.get(path, headers=headers) for path in ("/admin/users", f"/admin/users/{user.id}")]

    assert all("argon2" not in answer.text for answer in answers)


async def test_a_change_costs_a_fixed_number_of_queries(
    api: httpx2.AsyncClient, headers: dict[str, str], people: People, query_counter: QueryCounter
) -> None:
    user = await people.add("robin@agency.example")

    with query_counter() as queries:
        await change(api, headers, str(user.id), first_name="Rob")

    assert queries.count == 5  # who asks, the account, the change, its figures, the entry
