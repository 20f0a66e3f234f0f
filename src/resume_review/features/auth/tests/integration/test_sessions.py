from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction
from resume_review.database.models import ActivityLog, RefreshToken, User
from resume_review.testing.api import ADMIN, PASSWORD, People
from resume_review.testing.queries import QueryCounter

pytestmark = pytest.mark.integration

LONG_AGO = timedelta(seconds=11)


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


async def refresh(api: httpx2.AsyncClient, token: str) -> httpx2.Response:
    return await api.post("/auth/refresh", json={"refresh_token": token})


async def me(api: httpx2.AsyncClient, token: str) -> int:
    return (await api.get("/auth/me", headers=bearer(token))).status_code


async def age_rotations(session: AsyncSession) -> None:
    await session.execute(update(RefreshToken).values(rotated_at=RefreshToken.rotated_at - LONG_AGO))


async def test_me_is_the_signed_in_user(api: httpx2.AsyncClient, people: People) -> None:
    response = await api.get("/auth/me", headers=await people.headers())

    assert response.json()["email"] == ADMIN


async def test_me_costs_one_query(
    api: httpx2.AsyncClient, people: People, query_counter: QueryCounter
) -> None:
    headers = await people.headers()

    with query_counter() as queries:
        await api.get("/auth/me", headers=headers)

    assert queries.count == 1


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer x"}, {"authorization": "Basic YTpi"}])
async def test_without_a_valid_token_nobody_is_signed_in(
    api: httpx2.AsyncClient, people: People, headers: dict[str, str]
) -> None:
    response = await api.get("/auth/me", headers=headers)

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["code"] == "auth.not_authenticated"


async def test_a_refresh_token_buys_a_new_pair(api: httpx2.AsyncClient, people: People) -> None:
    old = await people.login()

    new = (await refresh(api, old["refresh_token"])).json()

    assert new["refresh_token"] != old["refresh_token"]
    assert await me(api, new["access_token"]) == 200


async def test_two_tabs_may_use_the_same_token_within_ten_seconds(
    api: httpx2.AsyncClient, people: People
) -> None:
    old = await people.login()

    first, second = [await refresh(api, old["refresh_token"]) for _ in range(2)]

    assert (first.status_code, second.status_code) == (200, 200)
    assert (await refresh(api, first.json()["refresh_token"])).status_code == 200
    assert (await refresh(api, second.json()["refresh_token"])).status_code == 200


async def test_case_25_later_reuse_ends_the_session_for_everybody(
    api: httpx2.AsyncClient, people: People, session: AsyncSession
) -> None:
    old = await people.login()
    new = (await refresh(api, old["refresh_token"])).json()
    await age_rotations(session)

    reused = await refresh(api, old["refresh_token"])

    assert reused.status_code == 401
    assert (await refresh(api, new["refresh_token"])).status_code == 401
    assert await me(api, new["access_token"]) == 401
    assert ActivityAction.TOKEN_REUSE in (await session.scalars(select(ActivityLog.action))).all()


async def test_reuse_of_one_session_leaves_others_alone(
    api: httpx2.AsyncClient, people: People, session: AsyncSession
) -> None:
    stolen, other = await people.login(), await people.login()
    await refresh(api, stolen["refresh_token"])
    await age_rotations(session)

    await refresh(api, stolen["refresh_token"])

    assert await me(api, other["access_token"]) == 200


async def test_an_expired_or_unknown_refresh_token_is_refused(
    api: httpx2.AsyncClient, people: People, session: AsyncSession
) -> None:
    tokens = await people.login()
    past = utc_now() - timedelta(seconds=1)
    await session.execute(update(RefreshToken).values(expires_at=past, created_at=past - timedelta(days=7)))

    assert (await refresh(api, tokens["refresh_token"])).status_code == 401
    assert (await refresh(api, "unknown")).status_code == 401
    assert await me(api, tokens["access_token"]) == 401


async def test_case_27_logout_ends_access_and_refresh_at_once(
    api: httpx2.AsyncClient, people: People
) -> None:
    tokens = await people.login()

    response = await api.post("/auth/logout", headers=bearer(tokens["access_token"]))

    assert response.status_code == 200
    assert await me(api, tokens["access_token"]) == 401
    assert (await refresh(api, tokens["refresh_token"])).status_code == 401


async def test_sessions_are_listed_newest_first_with_the_current_one_marked(
    api: httpx2.AsyncClient, people: People
) -> None:
    await people.login()
    tokens = await people.login()
    await refresh(api, tokens["refresh_token"])

    body = (await api.get("/auth/sessions", headers=bearer(tokens["access_token"]))).json()

    assert (body["total_sessions"], body["max_sessions"]) == (2, 3)
    assert [item["is_current"] for item in body["sessions"]] == [True, False]


async def test_a_fourth_session_ends_the_oldest(api: httpx2.AsyncClient, people: People) -> None:
    tokens = [await people.login() for _ in range(4)]

    assert [await me(api, pair["access_token"]) for pair in tokens] == [401, 200, 200, 200]


async def test_one_of_several_sessions_can_be_ended(api: httpx2.AsyncClient, people: People) -> None:
    other, mine = await people.login(), await people.login()
    listed = (await api.get("/auth/sessions", headers=bearer(mine["access_token"]))).json()["sessions"]
    other_id = next(item["session_id"] for item in listed if not item["is_current"])

    response = await api.post(
        "/auth/sessions/revoke", json={"session_id": other_id}, headers=bearer(mine["access_token"])
    )

    assert response.status_code == 200
    assert await me(api, other["access_token"]) == 401
    assert await me(api, mine["access_token"]) == 200


async def test_the_session_of_somebody_else_does_not_exist(api: httpx2.AsyncClient, people: People) -> None:
    await people.add("robin@agency.example")
    theirs, mine = await people.login("robin@agency.example"), await people.login()
    listed = (await api.get("/auth/sessions", headers=bearer(theirs["access_token"]))).json()["sessions"]

    response = await api.post(
        "/auth/sessions/revoke",
        json={"session_id": listed[0]["session_id"]},
        headers=bearer(mine["access_token"]),
    )

    assert response.status_code == 404
    assert await me(api, theirs["access_token"]) == 200


async def test_a_deactivated_user_is_out_at_once(
    api: httpx2.AsyncClient, people: People, session: AsyncSession
) -> None:
    tokens = await people.login()
    await session.execute(update(User).values(is_active=False))

    assert await me(api, tokens["access_token"]) == 401
    assert (await refresh(api, tokens["refresh_token"])).status_code == 401


class TestChangePassword:
    NEW = "another phrase for tests"

    async def change(self, api: httpx2.AsyncClient, path: str, token: str, **body: str) -> httpx2.Response:
        given = {"current_password": PASSWORD, "new_password": self.NEW} | body
        return await api.post(path, json=given, headers=bearer(token))

    async def test_the_profile_page_keeps_its_session_and_ends_the_others(
        self, api: httpx2.AsyncClient, people: People
    ) -> None:
        other, mine = await people.login(), await people.login()

        response = await self.change(api, "/profile/change-password", mine["access_token"])

        assert response.status_code == 200
        assert await me(api, mine["access_token"]) == 200
        assert await me(api, other["access_token"]) == 401
        assert (await people.login(password=self.NEW))["access_token"]

    async def test_the_other_route_ends_all_sessions(self, api: httpx2.AsyncClient, people: People) -> None:
        mine = await people.login()

        response = await self.change(api, "/auth/change-password", mine["access_token"])

        assert response.status_code == 200
        assert await me(api, mine["access_token"]) == 401

    async def test_a_wrong_current_password_is_400_and_ends_nothing(
        self, api: httpx2.AsyncClient, people: People
    ) -> None:
        mine = await people.login()

        response = await self.change(
            api, "/profile/change-password", mine["access_token"], current_password="wrong"
        )

        assert response.status_code == 400
        assert response.json()["code"] == "auth.wrong_password"
        assert await me(api, mine["access_token"]) == 200

    async def test_a_weak_new_password_is_refused(self, api: httpx2.AsyncClient, people: People) -> None:
        mine = await people.login()

        response = await self.change(
            api, "/profile/change-password", mine["access_token"], new_password="short"
        )

        assert (response.status_code, response.json()["code"]) == (400, "auth.weak_password")


class TestTemporaryPassword:
    async def test_it_must_be_changed_before_anything_else(
        self, api: httpx2.AsyncClient, people: People, session: AsyncSession
    ) -> None:
        await session.execute(update(User).values(force_password_change=True))
        token = (await people.login())["access_token"]

        blocked = await api.get("/candidates", headers=bearer(token))

        assert (blocked.status_code, blocked.json()["code"]) == (403, "auth.password_change_required")
        assert await me(api, token) == 200

    async def test_changing_it_opens_the_rest(
        self, api: httpx2.AsyncClient, people: People, session: AsyncSession
    ) -> None:
        await session.execute(update(User).values(force_password_change=True))
        token = (await people.login())["access_token"]

        await TestChangePassword().change(api, "/profile/change-password", token)

        assert (await api.get("/candidates", headers=bearer(token))).status_code == 200
