"""What cannot be written down does not happen."""

import httpx2
import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import UserRole
from resume_review.database.models import User
from resume_review.testing.api import People

pytestmark = pytest.mark.integration

NEW = {
    "email": "sasha@agency.example",
    "first_name": "Robin",
    "last_name": "Sato",
    "role": "admin",
    "temporary_password": "Password123!",
}
REFUSE = """
    CREATE FUNCTION refuse_entries() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the disk of the audit log is full' USING ERRCODE = 'disk_full'; END $$
"""


@pytest.fixture
async def headers(people: People) -> dict[str, str]:
    return await people.headers()


@pytest.fixture
async def robin(people: People) -> User:
    return await people.add("robin@agency.example")


@pytest.fixture
async def full_log(headers: dict[str, str], robin: User, session: AsyncSession) -> None:
    """From now on no entry can be written."""
    await session.execute(text(REFUSE))
    await session.execute(
        text("CREATE TRIGGER refusing BEFORE INSERT ON activity_logs EXECUTE FUNCTION refuse_entries()")
    )
    await session.commit()


async def test_60_an_account_is_not_made_when_the_audit_log_refuses_its_entry(
    api: httpx2.AsyncClient, headers: dict[str, str], full_log: None, session: AsyncSession
) -> None:
    refused = await api.post("/admin/users", json=NEW, headers=headers)

    made = await session.scalar(select(User.id).where(User.email == NEW["email"]))
    assert refused.status_code == 503
    assert made is None


async def test_60_a_role_is_not_raised_when_the_audit_log_refuses_its_entry(
    api: httpx2.AsyncClient,
    headers: dict[str, str],
    robin: User,
    full_log: None,
    session: AsyncSession,
) -> None:
    refused = await api.patch(f"/admin/users/{robin.id}", json={"role": "admin"}, headers=headers)

    role = await session.scalar(select(User.role).where(User.id == robin.id))
    assert refused.status_code == 503
    assert role is UserRole.JUNIOR_RECRUITER


async def test_60_what_needs_no_entry_is_served_all_the_same(
    api: httpx2.AsyncClient, headers: dict[str, str], full_log: None
) -> None:
    answer = await api.get("/candidates", headers=headers)

    assert answer.status_code == 200
