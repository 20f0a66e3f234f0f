from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import ActivityAction, ApiKeyScope, EntityType, UserRole
from resume_review.database.models import ActivityLog, ApiKey, User
from resume_review.database.session import Database
from resume_review.features.auth import MissingScopeError, new_api_key, token_hash
from resume_review.features.auth.keys import KeyCheck
from resume_review.testing.api import ADMIN, PASSWORD, People
from resume_review.testing.factories import make_user
from resume_review.testing.queries import QueryCounter

pytestmark = pytest.mark.integration

JUNIOR = "junior@agency.example"
Headers = dict[str, str]
MakeKey = Callable[..., Awaitable[dict[str, Any]]]


def bearer(key: str) -> Headers:
    return {"authorization": f"Bearer {key}"}


@pytest.fixture
async def headers(people: People) -> Headers:
    """A signed-in junior."""
    await people.add(JUNIOR)
    return await people.headers(JUNIOR)


@pytest.fixture
async def admin(people: People) -> Headers:
    return await people.headers(ADMIN)


@pytest.fixture
def make_key(api: httpx2.AsyncClient) -> MakeKey:
    """Creates a key through the API."""

    async def make(headers: Headers, *scopes: str, **fields: Any) -> dict[str, Any]:
        body = {"name": "Import", "scopes": list(scopes or ["candidates:read"])} | fields
        answer = await api.post("/profile/api-keys", json=body, headers=headers)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return make


async def test_a_key_opens_what_its_scope_says(
    api: httpx2.AsyncClient, headers: Headers, make_key: MakeKey
) -> None:
    key = await make_key(headers, "candidates:read")

    reading = await api.get("/candidates", headers=bearer(key["key"]))
    writing = await api.post(
        "/candidates", json={"first_name": "A", "last_name": "B"}, headers=bearer(key["key"])
    )

    assert reading.status_code == 200
    assert (writing.status_code, writing.json()["code"]) == (403, "auth.missing_scope")
    assert "candidates:write" in writing.json()["detail"]


async def test_a_key_sees_what_its_user_sees(
    api: httpx2.AsyncClient, headers: Headers, admin: Headers, make_key: MakeKey
) -> None:
    await api.post("/candidates", json={"first_name": "Hidden", "last_name": "Doe"}, headers=admin)
    key = await make_key(headers, "candidates:read")

    assert (await api.get("/candidates", headers=bearer(key["key"]))).json()["total_count"] == 0


async def test_a_key_is_shown_once_and_kept_as_a_hash(
    api: httpx2.AsyncClient, headers: Headers, make_key: MakeKey, session: AsyncSession
) -> None:
    key = await make_key(headers)

    listed = (await api.get("/profile/api-keys", headers=headers)).json()
    stored = (await session.scalars(select(ApiKey))).one()

    assert key["key"].startswith("rr_")
    assert len(key["key"]) == 46
    assert key["key"] not in str(listed)
    assert listed["api_keys"][0]["hint"] == key["key"][:8]
    assert stored.key_hash == token_hash(key["key"])


async def test_a_revoked_key_is_refused_at_once(
    api: httpx2.AsyncClient, headers: Headers, make_key: MakeKey
) -> None:
    key = await make_key(headers)

    gone = await api.delete(f"/profile/api-keys/{key['id']}", headers=headers)

    assert gone.status_code == 200
    answer = await api.get("/candidates", headers=bearer(key["key"]))
    assert (answer.status_code, answer.json()["code"]) == (401, "auth.not_authenticated")


@pytest.mark.parametrize("key", ["rr_", "rr_unknown", "rr_" + "x" * 43])
async def test_an_unknown_key_is_401(api: httpx2.AsyncClient, key: str) -> None:
    assert (await api.get("/candidates", headers=bearer(key))).status_code == 401


async def test_an_expired_key_is_refused(
    api: httpx2.AsyncClient, headers: Headers, make_key: MakeKey, session: AsyncSession
) -> None:
    key = await make_key(headers, expires_at=(utc_now() + timedelta(hours=1)).isoformat())
    past = utc_now() - timedelta(seconds=1)
    await session.execute(update(ApiKey).values(created_at=past - timedelta(days=1), expires_at=past))

    assert (await api.get("/candidates", headers=bearer(key["key"]))).status_code == 401


async def test_case_27_the_key_of_a_switched_off_account_is_refused(
    api: httpx2.AsyncClient, headers: Headers, admin: Headers, make_key: MakeKey, session: AsyncSession
) -> None:
    key = await make_key(headers)
    user_id = await session.scalar(select(User.id).where(User.email == JUNIOR))

    await api.patch(f"/admin/users/{user_id}", json={"is_active": False}, headers=admin)

    assert (await api.get("/candidates", headers=bearer(key["key"]))).status_code == 401


async def test_case_27_a_key_loses_what_its_user_loses(
    api: httpx2.AsyncClient, people: People, admin: Headers, make_key: MakeKey
) -> None:
    second = await people.add("second@agency.example", UserRole.ADMIN)
    key = await make_key(await people.headers("second@agency.example"), "admin")
    before = await api.get("/admin/users", headers=bearer(key["key"]))

    await api.patch(f"/admin/users/{second.id}", json={"role": "junior_recruiter"}, headers=admin)

    assert before.status_code == 200
    assert (await api.get("/admin/users", headers=bearer(key["key"]))).status_code == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/profile/api-keys"),
        ("POST", "/profile/api-keys"),
        ("POST", "/profile/change-password"),
        ("GET", "/auth/sessions"),
        ("POST", "/auth/sessions/revoke"),
        ("POST", "/auth/logout"),
        ("GET", "/admin/users"),
        ("POST", "/admin/invitations"),
        ("GET", "/admin/audit"),
    ],
)
async def test_a_key_for_work_manages_no_accounts(
    api: httpx2.AsyncClient, admin: Headers, make_key: MakeKey, method: str, path: str
) -> None:
    key = await make_key(admin, "candidates:read", "candidates:write", "reviews:write", "resumes:write")

    answer = await api.request(method, path, json={}, headers=bearer(key["key"]))

    assert (answer.status_code, answer.json()["code"]) == (403, "auth.missing_scope")


async def test_only_administrators_give_the_admin_scope(api: httpx2.AsyncClient, headers: Headers) -> None:
    body = {"name": "x", "scopes": ["admin"]}

    answer = await api.post("/profile/api-keys", json=body, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (403, "api_keys.scope_not_grantable")


async def test_a_key_makes_no_key_that_may_more(
    api: httpx2.AsyncClient, admin: Headers, make_key: MakeKey
) -> None:
    key = await make_key(admin, "admin")
    body = {"name": "x", "scopes": ["reviews:read"]}

    answer = await api.post("/profile/api-keys", json=body, headers=bearer(key["key"]))

    assert answer.status_code == 403


async def test_a_temporary_password_stops_keys_too(
    api: httpx2.AsyncClient, headers: Headers, make_key: MakeKey, session: AsyncSession
) -> None:
    key = await make_key(headers)
    await session.execute(update(User).values(force_password_change=True))

    answer = await api.get("/candidates", headers=bearer(key["key"]))

    assert (answer.status_code, answer.json()["code"]) == (403, "auth.password_change_required")


async def test_signing_out_with_a_key_ends_no_session(
    api: httpx2.AsyncClient, admin: Headers, make_key: MakeKey
) -> None:
    key = await make_key(admin, "admin")

    await api.post("/auth/logout", headers=bearer(key["key"]))

    assert (await api.get("/auth/me", headers=admin)).status_code == 200


async def test_the_last_use_is_noted_once_a_minute(
    api: httpx2.AsyncClient,
    headers: Headers,
    make_key: MakeKey,
    session: AsyncSession,
    query_counter: QueryCounter,
) -> None:
    key = await make_key(headers)
    with query_counter() as first:
        await api.get("/candidates", headers=bearer(key["key"]))
    with query_counter() as second:
        await api.get("/candidates", headers=bearer(key["key"]))

    used = await session.scalar(select(ApiKey.last_used_at))

    assert used is not None
    assert any("UPDATE api_keys" in statement for statement in first.statements)
    assert second.count == first.count - 1 == 3  # whose key, the page, its total


async def test_a_use_that_was_refused_is_noted_too(committed_database: Database) -> None:
    fresh, user = new_api_key(), make_user()
    async with committed_database.transaction() as session:
        session.add(user)
        await session.flush()
        session.add(ApiKey(user_id=user.id, name="x", key_hash=fresh.hashed, hint=fresh.hint, scopes=[]))

    async with committed_database.transaction() as session:
        with pytest.raises(MissingScopeError):
            await KeyCheck(session, committed_database).identify(fresh.plain, needs=ApiKeyScope.ADMIN)
        await session.rollback()

    async with committed_database.transaction() as session:
        assert await session.scalar(select(ApiKey.last_used_at)) is not None


class TestManaging:
    async def test_anothers_key_answers_like_an_unknown_one(
        self, api: httpx2.AsyncClient, headers: Headers, admin: Headers, make_key: MakeKey
    ) -> None:
        theirs = await make_key(admin)

        foreign = await api.delete(f"/profile/api-keys/{theirs['id']}", headers=headers)
        unknown = await api.delete(f"/profile/api-keys/{new_id()}", headers=headers)

        assert foreign.status_code == unknown.status_code == 404
        assert foreign.json()["detail"] == unknown.json()["detail"]
        assert (await api.get("/candidates", headers=bearer(theirs["key"]))).status_code == 200

    async def test_administrators_see_and_revoke_all(
        self, api: httpx2.AsyncClient, headers: Headers, admin: Headers, make_key: MakeKey
    ) -> None:
        key = await make_key(headers)

        listed = (await api.get("/admin/api-keys", headers=admin)).json()
        await api.delete(f"/admin/api-keys/{key['id']}", headers=admin)

        assert [item["user_email"] for item in listed["api_keys"]] == [JUNIOR]
        assert (await api.get("/candidates", headers=bearer(key["key"]))).status_code == 401

    async def test_others_do_not(self, api: httpx2.AsyncClient, headers: Headers) -> None:
        answers = [
            await api.get("/admin/api-keys", headers=headers),
            await api.delete(f"/admin/api-keys/{new_id()}", headers=headers),
        ]

        assert [answer.status_code for answer in answers] == [403, 403]

    @pytest.mark.parametrize(
        "fields",
        [
            {"name": ""},
            {"scopes": []},
            {"scopes": ["everything"]},
            {"expires_at": "2020-01-01T00:00:00Z"},
            {"expires_at": "2120-01-01T00:00:00"},
        ],
        ids=["no name", "no scope", "unknown scope", "in the past", "no time zone"],
    )
    async def test_a_wrong_field_is_refused(
        self, api: httpx2.AsyncClient, headers: Headers, fields: dict[str, Any]
    ) -> None:
        body = {"name": "x", "scopes": ["reviews:read"]} | fields

        assert (await api.post("/profile/api-keys", json=body, headers=headers)).status_code == 422

    async def test_there_is_an_end_to_keys(
        self, api: httpx2.AsyncClient, headers: Headers, make_key: MakeKey
    ) -> None:
        keys = [await make_key(headers) for _ in range(20)]

        refused = await api.post(
            "/profile/api-keys", json={"name": "x", "scopes": ["reviews:read"]}, headers=headers
        )
        await api.delete(f"/profile/api-keys/{keys[-1]['id']}", headers=headers)

        assert (refused.status_code, refused.json()["code"]) == (409, "api_keys.too_many")
        await make_key(headers)

    async def test_making_and_revoking_are_logged_without_the_key(
        self, api: httpx2.AsyncClient, headers: Headers, make_key: MakeKey, session: AsyncSession
    ) -> None:
        key = await make_key(headers)
        await api.delete(f"/profile/api-keys/{key['id']}", headers=headers)

        statement = select(ActivityLog).where(ActivityLog.entity_type == EntityType.API_KEY)
        found = (await session.scalars(statement.order_by(ActivityLog.id))).all()

        assert [entry.action for entry in found] == [ActivityAction.CREATE, ActivityAction.DELETE]
        assert key["key"] not in str([entry.new_values for entry in found])


async def test_case_30_a_key_in_the_address_opens_nothing_and_is_in_no_log(
    api: httpx2.AsyncClient, headers: Headers, make_key: MakeKey, caplog: pytest.LogCaptureFixture
) -> None:
    key = (await make_key(headers))["key"]

    in_address = await api.get("/candidates", params={"api_key": key, "token": key})
    await api.get("/candidates", headers=bearer(key))
    refused = await api.get("/admin/users", headers=bearer(key))

    assert in_address.status_code == 401
    assert caplog.records
    assert key[3:] not in caplog.text + in_address.text + refused.text


async def test_case_29_no_cookie_signs_anybody_in(
    api: httpx2.AsyncClient, headers: Headers, make_key: MakeKey
) -> None:
    key = (await make_key(headers, "candidates:write"))["key"]
    token = headers["authorization"].removeprefix("Bearer ")
    cookies = "; ".join(f"{name}={value}" for name in ("token", "access_token") for value in (key, token))

    answer = await api.post(
        "/candidates", json={"first_name": "A", "last_name": "B"}, headers={"cookie": cookies}
    )

    assert answer.status_code == 401
    assert (
        "set-cookie"
        not in (await api.post("/auth/login", json={"email": ADMIN, "password": PASSWORD})).headers
    )
