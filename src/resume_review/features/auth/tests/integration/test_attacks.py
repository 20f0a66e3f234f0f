"""What must not work at the door."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.errors import AppError
from resume_review.database.enums import ActivityAction, UserRole
from resume_review.database.models import ActivityLog, RefreshToken, User
from resume_review.database.session import Database
from resume_review.features.auth import AuthService, PasswordHasher, TokenSigner
from resume_review.features.auth.service import LOCK_AFTER, LOGINS_BY_ADDRESS
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.rate_limit import PostgresRateLimiter
from resume_review.testing.api import ADMIN, PASSWORD, People

pytestmark = pytest.mark.integration

ROBIN = "robin@agency.example"


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


async def attempt(api: httpx2.AsyncClient, email: str, password: str) -> httpx2.Response:
    return await api.post("/auth/login", json={"email": email, "password": password})


class TestGuessing:
    async def guess(self, app: FastAPI, address: str) -> int:
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False, client=(address, 1))
        async with httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
            return (await attempt(client, ADMIN, "a guess")).status_code

    async def test_case_20_guesses_from_many_addresses_lock_the_account(self, app: FastAPI) -> None:
        answers = [await self.guess(app, f"203.0.113.{number}") for number in range(LOCK_AFTER + 5)]

        assert answers == [401] * LOCK_AFTER + [423] * 5

    async def test_case_20_guesses_from_one_address_are_throttled(
        self, api: httpx2.AsyncClient, app: FastAPI
    ) -> None:
        limiter = app.state.rate_limiter
        for _ in range(LOGINS_BY_ADDRESS.requests):
            await limiter.take(LOGINS_BY_ADDRESS, "127.0.0.1")

        answer = await attempt(api, "anybody@agency.example", "a guess")

        assert answer.status_code == 429

    async def test_case_20_the_owner_works_on_and_is_not_locked_for_good(
        self, api: httpx2.AsyncClient, app: FastAPI, people: People, session: AsyncSession
    ) -> None:
        token = (await people.login())["access_token"]
        for number in range(LOCK_AFTER + 1):
            await self.guess(app, f"203.0.113.{number}")

        meanwhile = await api.get("/auth/me", headers=bearer(token))
        await session.execute(update(User).values(locked_until=utc_now() - timedelta(seconds=1)))

        assert meanwhile.status_code == 200
        assert (await attempt(api, ADMIN, PASSWORD)).status_code == 200

    async def test_case_20_a_forwarding_header_makes_no_new_address(
        self, api: httpx2.AsyncClient, app: FastAPI
    ) -> None:
        for _ in range(LOGINS_BY_ADDRESS.requests):
            await app.state.rate_limiter.take(LOGINS_BY_ADDRESS, "127.0.0.1")

        answer = await api.post(
            "/auth/login",
            json={"email": ADMIN, "password": PASSWORD},
            headers={"x-forwarded-for": "203.0.113.9"},
        )

        assert answer.status_code == 429


async def test_case_20_every_failed_sign_in_is_logged(api: httpx2.AsyncClient, session: AsyncSession) -> None:
    for _ in range(LOCK_AFTER + 1):
        await attempt(api, ADMIN, "wrong")
    await attempt(api, "nobody@agency.example", "wrong")

    statement = select(func.count(ActivityLog.id), func.count(ActivityLog.user_id)).where(
        ActivityLog.action == ActivityAction.LOGIN_FAILED
    )
    assert tuple((await session.execute(statement)).one()) == (LOCK_AFTER + 2, LOCK_AFTER + 1)


class TestPasswords:
    async def change(self, api: httpx2.AsyncClient, token: str, new: str) -> httpx2.Response:
        body = {"current_password": PASSWORD, "new_password": new}
        return await api.post("/profile/change-password", json=body, headers=bearer(token))

    @pytest.mark.parametrize(
        ("password", "status"),
        [
            ("short phrase", 200),
            ("a phrase of15c!", 200),
            ("ab cd ef gh " * 5 + "wxyz", 200),
            ("ab cd ef gh " * 10 + "12345678", 200),
            ("ab cd ef gh " * 10 + "123456789", 400),
            ("qwertyqwerty", 400),
            ("eleven char", 400),
        ],
        ids=["12", "15", "64", "128", "129", "common", "11"],
    )
    async def test_case_22_length_decides(
        self, api: httpx2.AsyncClient, people: People, password: str, status: int
    ) -> None:
        token = (await people.login())["access_token"]

        assert (await self.change(api, token, password)).status_code == status

    async def test_case_22_a_password_typed_on_another_keyboard_is_the_same(
        self, api: httpx2.AsyncClient, people: People
    ) -> None:
        token = (await people.login())["access_token"]
        await self.change(api, token, "ｃａｆｅ́ with ﬁne phrases")

        assert (await attempt(api, ADMIN, "café with fine phrases")).status_code == 200

    async def test_case_22_an_endless_password_is_refused_before_it_is_hashed(
        self, api: httpx2.AsyncClient
    ) -> None:
        assert (await attempt(api, ADMIN, "x" * 1_001)).status_code == 422


@pytest.mark.parametrize("form", ["refresh", "signed by another key", "with an end added"])
async def test_case_24_what_is_no_access_token_of_ours_is_refused(
    api: httpx2.AsyncClient, people: People, form: str
) -> None:
    tokens = await people.login()
    header, body, signature = tokens["access_token"].split(".")
    token = {
        "refresh": tokens["refresh_token"],
        "signed by another key": f"{header}.{body}.{signature[::-1]}",
        "with an end added": tokens["access_token"] + ".x",
    }[form]

    answer = await api.get("/auth/me", headers=bearer(token))

    assert answer.status_code == 401


async def test_case_26_tabs_that_refresh_at_once_all_stay_signed_in(
    committed_database: Database, people_of: User
) -> None:
    auth_hasher, limiter = PasswordHasher(), PostgresRateLimiter(committed_database)
    signer, client = TokenSigner(b"k" * 32), ClientInfo("127.0.0.1", "test", "request")

    async def with_service(name: str, *arguments: Any) -> Any:
        async with committed_database.transaction() as session:
            service = AuthService(session, hasher=auth_hasher, signer=signer, limiter=limiter)
            try:
                return await getattr(service, name)(*arguments, client=client)
            except AppError as error:
                return error

    issued = await with_service("sign_in_operator", people_of.email)
    answers = await asyncio.gather(*(with_service("refresh", issued.refresh_token) for _ in range(4)))

    assert not [answer for answer in answers if isinstance(answer, AppError)]
    async with committed_database.transaction() as session:
        sessions = await session.scalar(select(func.count(func.distinct(RefreshToken.session_id))))
    assert sessions == 1


@pytest.fixture
async def people_of(committed_database: Database) -> User:
    """Somebody with an account in a database where commits are real."""
    user = User(
        email=ROBIN, password_hash="x", first_name="Robin", last_name="Sato", role=UserRole.JUNIOR_RECRUITER
    )
    async with committed_database.transaction() as session:
        session.add(user)
    return user


class TestOldAccess:
    """Case 27: what ends access ends it with the next request."""

    async def test_case_27_a_password_reset(self, api: httpx2.AsyncClient, people: People) -> None:
        user = await people.add(ROBIN)
        tokens, admin = await people.login(ROBIN), await people.headers()

        await api.post(
            f"/admin/users/{user.id}/reset-password", json={"new_password": "Password123!"}, headers=admin
        )

        assert await self.outcome(api, tokens) == (401, 401)

    @pytest.mark.parametrize("change", [{"is_active": False}, {"role": "senior_recruiter"}])
    async def test_case_27_a_change_of_the_account(
        self, api: httpx2.AsyncClient, people: People, change: dict[str, object]
    ) -> None:
        user = await people.add(ROBIN)
        tokens, admin = await people.login(ROBIN), await people.headers()

        await api.patch(f"/admin/users/{user.id}", json=change, headers=admin)

        assert await self.outcome(api, tokens) == (401, 401)

    async def outcome(self, api: httpx2.AsyncClient, tokens: dict[str, Any]) -> tuple[int, int]:
        me = await api.get("/auth/me", headers=bearer(tokens["access_token"]))
        again = await api.post("/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
        return me.status_code, again.status_code


async def test_case_28_every_sign_in_is_a_new_session_without_cookies(
    api: httpx2.AsyncClient, people: People, session: AsyncSession
) -> None:
    answers = [await attempt(api, ADMIN, PASSWORD) for _ in range(2)]

    sessions = (await session.scalars(select(RefreshToken.session_id))).all()

    assert len(set(sessions)) == 2
    assert all("set-cookie" not in answer.headers for answer in answers)


async def test_case_33_a_session_of_somebody_else_cannot_be_ended(
    api: httpx2.AsyncClient, people: People
) -> None:
    await people.add(ROBIN)
    admin, robin = await people.headers(), await people.headers(ROBIN)
    mine = (await api.get("/auth/sessions", headers=admin)).json()["sessions"][0]["session_id"]

    answer = await api.post("/auth/sessions/revoke", json={"session_id": mine}, headers=robin)

    assert (answer.status_code, answer.json()["code"]) == (404, "auth.session_not_found")
    assert (await api.get("/auth/me", headers=admin)).status_code == 200


async def test_a_changed_name_is_logged_with_old_and_new(
    api: httpx2.AsyncClient, people: People, session: AsyncSession
) -> None:
    headers = await people.headers()

    await api.patch("/profile/me", json={"first_name": "Ada", "last_name": "Admin"}, headers=headers)

    statement = select(ActivityLog).where(ActivityLog.action == ActivityAction.UPDATE)
    entry = (await session.scalars(statement)).one()
    assert (entry.old_values, entry.new_values) == ({"first_name": "First"}, {"first_name": "Ada"})
