from datetime import timedelta

import bcrypt
import httpx2
import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction
from resume_review.database.models import ActivityLog, User
from resume_review.features.auth.service import LOCK_AFTER
from resume_review.testing.api import ADMIN, PASSWORD, People

pytestmark = pytest.mark.integration


async def attempt(api: httpx2.AsyncClient, email: str, password: str) -> httpx2.Response:
    return await api.post("/auth/login", json={"email": email, "password": password})


async def test_the_first_admin_signs_in(api: httpx2.AsyncClient, people: People) -> None:
    body = await people.login()

    assert body["token_type"] == "bearer"
    assert body["expires_in"] == 1800
    assert body["user"]["email"] == ADMIN
    assert body["user"]["role"] == "admin"
    assert body["user"]["full_name"] == "First Admin"


async def test_the_address_may_be_typed_in_capitals(people: People) -> None:
    assert (await people.login(f"  {ADMIN.upper()} "))["user"]["email"] == ADMIN


async def test_case_21_wrong_password_and_unknown_address_look_alike(
    api: httpx2.AsyncClient, people: People
) -> None:
    wrong = await attempt(api, ADMIN, "not the password")
    unknown = await attempt(api, "nobody@agency.example", "not the password")

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["detail"] == unknown.json()["detail"]
    assert wrong.json()["code"] == unknown.json()["code"] == "auth.invalid_credentials"


@pytest.mark.parametrize("email", [ADMIN, "nobody@agency.example"], ids=["known", "unknown"])
async def test_an_account_locks_after_five_failures_whether_it_exists_or_not(
    api: httpx2.AsyncClient, people: People, email: str
) -> None:
    failures = [(await attempt(api, email, "wrong")).status_code for _ in range(LOCK_AFTER)]

    locked = await attempt(api, email, PASSWORD)

    assert failures == [401] * LOCK_AFTER
    assert locked.status_code == 423
    assert "15 minutes" in locked.json()["detail"]


async def test_a_lock_ends_by_itself(api: httpx2.AsyncClient, people: People, session: AsyncSession) -> None:
    for _ in range(LOCK_AFTER):
        await attempt(api, ADMIN, "wrong")
    await session.execute(update(User).values(locked_until=utc_now() - timedelta(seconds=1)))

    assert (await attempt(api, ADMIN, PASSWORD)).status_code == 200


async def test_a_success_forgets_earlier_failures(api: httpx2.AsyncClient, people: People) -> None:
    for _ in range(2):
        for _ in range(LOCK_AFTER - 1):
            await attempt(api, ADMIN, "wrong")
        assert (await attempt(api, ADMIN, PASSWORD)).status_code == 200


async def test_an_inactive_account_cannot_sign_in(
    api: httpx2.AsyncClient, people: People, session: AsyncSession
) -> None:
    await session.execute(update(User).values(is_active=False))

    assert (await attempt(api, ADMIN, PASSWORD)).status_code == 401


async def test_an_old_bcrypt_hash_verifies_and_is_replaced(
    api: httpx2.AsyncClient, people: People, session: AsyncSession
) -> None:
    old = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(rounds=4)).decode()
    await session.execute(update(User).values(password_hash=old))

    first = await attempt(api, ADMIN, PASSWORD)
    stored = await session.scalar(select(User.password_hash))

    assert first.status_code == 200
    assert (stored or "").startswith("$argon2id$")
    assert (await attempt(api, ADMIN, PASSWORD)).status_code == 200


async def test_sign_ins_and_failures_are_in_the_audit_log(
    api: httpx2.AsyncClient, people: People, session: AsyncSession
) -> None:
    await attempt(api, ADMIN, "wrong")
    await attempt(api, ADMIN, PASSWORD)

    actions = (await session.scalars(select(ActivityLog.action).order_by(ActivityLog.id))).all()

    assert actions[-2:] == [ActivityAction.LOGIN_FAILED, ActivityAction.LOGIN]


async def test_too_many_attempts_from_one_address_are_refused_with_the_time_to_wait(
    api: httpx2.AsyncClient, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    from resume_review.features.auth import service
    from resume_review.infrastructure.rate_limit import Limit

    monkeypatch.setattr(service, "LOGINS_BY_ADDRESS", Limit("login_address", requests=2, seconds=600))
    await attempt(api, "a@agency.example", "wrong")
    await attempt(api, "b@agency.example", "wrong")

    refused = await attempt(api, ADMIN, PASSWORD)

    assert refused.status_code == 429
    assert 290 < int(refused.headers["retry-after"]) <= 300


@pytest.mark.parametrize(
    "body", [{}, {"email": ADMIN}, {"email": ADMIN, "password": "x" * 1001}, {"email": "", "password": "x"}]
)
async def test_a_malformed_body_is_explained_in_one_string(
    api: httpx2.AsyncClient, people: People, body: dict[str, str]
) -> None:
    response = await api.post("/auth/login", json=body)

    assert response.status_code == 422
    assert isinstance(response.json()["detail"], str)
    assert response.json()["errors"]
    assert response.json()["request_id"] == response.headers["x-request-id"]
