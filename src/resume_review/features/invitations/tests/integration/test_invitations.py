import asyncio
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import ActivityAction, EntityType, UserRole
from resume_review.database.models import ActivityLog, Invitation, User
from resume_review.database.session import Database
from resume_review.features.auth import PasswordHasher, token_hash
from resume_review.features.invitations.errors import InvalidInvitationError
from resume_review.features.invitations.schemas import InvitationAccept, InvitationCreate
from resume_review.features.invitations.service import InvitationService, Registration
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.rate_limit import PostgresRateLimiter
from resume_review.testing.api import PASSWORD, People
from resume_review.testing.factories import make_user
from resume_review.testing.queries import QueryCounter

pytestmark = pytest.mark.integration

ROBIN = "robin@agency.example"
NEWCOMER = {"email": ROBIN, "first_name": "Robin", "last_name": "Sato", "password": PASSWORD, "role": "admin"}
CLIENT = ClientInfo("127.0.0.1", "test", "request")


@pytest.fixture
async def headers(people: People) -> dict[str, str]:
    return await people.headers()


async def invite(api: httpx2.AsyncClient, headers: dict[str, str], **fields: Any) -> dict[str, Any]:
    body = {"email": "Robin@Agency.example", "role": "senior_recruiter"} | fields
    answer = await api.post("/admin/invitations", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def accept(api: httpx2.AsyncClient, token: str, **fields: Any) -> httpx2.Response:
    body = {"token": token, "first_name": "Robin", "last_name": "Sato", "password": PASSWORD} | fields
    return await api.post("/auth/accept-invitation", json=body)


async def test_an_invited_person_opens_an_account_with_the_invited_role(
    api: httpx2.AsyncClient, headers: dict[str, str], people: People
) -> None:
    invitation = await invite(api, headers)

    answer = await accept(api, invitation["token"])

    assert answer.status_code == 201
    assert (answer.json()["email"], answer.json()["role"]) == (ROBIN, "senior_recruiter")
    assert (await people.login(ROBIN))["user"]["force_password_change"] is False


async def test_case_35_the_role_and_address_are_not_the_guests_to_choose(
    api: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    invitation = await invite(api, headers, role="junior_recruiter")

    answer = await accept(
        api, invitation["token"], role="admin", email="other@agency.example", is_active=False
    )

    assert (answer.json()["email"], answer.json()["role"]) == (ROBIN, "junior_recruiter")
    assert answer.json()["is_active"] is True


async def test_the_token_is_kept_as_a_hash_and_shown_once(
    api: httpx2.AsyncClient, headers: dict[str, str], session: AsyncSession
) -> None:
    invitation = await invite(api, headers)

    listed = await api.get("/admin/invitations", headers=headers)

    assert await session.scalar(select(Invitation.token_hash)) == token_hash(invitation["token"])
    assert invitation["token"] not in listed.text


async def test_case_23_the_link_names_no_host_whatever_the_request_says(
    api: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    poisoned = headers | {"host": "evil.example", "x-forwarded-host": "evil.example"}

    invitation = await invite(api, poisoned)

    assert invitation["path"] == f"/accept-invitation?token={invitation['token']}"
    assert "evil" not in str(invitation)


class TestRefusals:
    async def refused(self, api: httpx2.AsyncClient, token: str) -> tuple[int, str, str]:
        answer = await accept(api, token)
        return answer.status_code, answer.json()["code"], answer.json()["detail"]

    async def test_case_23_used_expired_revoked_and_unknown_look_alike(
        self, api: httpx2.AsyncClient, headers: dict[str, str], session: AsyncSession
    ) -> None:
        used = await invite(api, headers)
        await accept(api, used["token"])
        revoked = await invite(api, headers, email="b@agency.example")
        await api.delete(f"/admin/invitations/{revoked['id']}", headers=headers)
        expired = await invite(api, headers, email="c@agency.example")
        past = utc_now() - timedelta(seconds=1)
        await session.execute(
            update(Invitation)
            .where(Invitation.id == expired["id"])
            .values(created_at=past - timedelta(days=1), expires_at=past)
        )

        answers = {
            await self.refused(api, token)
            for token in (used["token"], revoked["token"], expired["token"], "unknown")
        }

        assert len(answers) == 1
        assert answers.pop()[:2] == (400, "invitations.invalid")
        assert await session.scalar(select(func.count(User.id))) == 2

    async def test_case_34_a_second_invitation_ends_the_first(
        self, api: httpx2.AsyncClient, headers: dict[str, str]
    ) -> None:
        first, second = await invite(api, headers), await invite(api, headers)

        assert (await self.refused(api, first["token"]))[0] == 400
        assert (await accept(api, second["token"])).status_code == 201

    async def test_a_weak_password_leaves_the_invitation_open(
        self, api: httpx2.AsyncClient, headers: dict[str, str]
    ) -> None:
        invitation = await invite(api, headers)

        weak = await accept(api, invitation["token"], password="short")

        assert (weak.status_code, weak.json()["code"]) == (400, "auth.weak_password")
        assert (await accept(api, invitation["token"])).status_code == 201

    async def test_an_address_with_an_account_is_not_invited(
        self, api: httpx2.AsyncClient, headers: dict[str, str], people: People
    ) -> None:
        await people.add(ROBIN)

        answer = await api.post("/admin/invitations", json={"email": ROBIN, "role": "admin"}, headers=headers)

        assert (answer.status_code, answer.json()["code"]) == (409, "invitations.has_account")

    async def test_an_account_opened_meanwhile_wins(
        self, api: httpx2.AsyncClient, headers: dict[str, str], people: People
    ) -> None:
        invitation = await invite(api, headers)
        await people.add(ROBIN)

        assert (await self.refused(api, invitation["token"]))[1] == "invitations.invalid"

    async def test_guessing_is_limited(self, api: httpx2.AsyncClient) -> None:
        answers = [(await accept(api, f"guess {number}")).status_code for number in range(21)]

        assert answers == [400] * 20 + [429]


class TestManaging:
    async def test_the_list_says_where_each_stands(
        self, api: httpx2.AsyncClient, headers: dict[str, str]
    ) -> None:
        accepted = await invite(api, headers, email="a@agency.example")
        await accept(api, accepted["token"])
        revoked = await invite(api, headers, email="b@agency.example")
        await api.delete(f"/admin/invitations/{revoked['id']}", headers=headers)
        await invite(api, headers, email="c@agency.example")

        listed = (await api.get("/admin/invitations", headers=headers)).json()

        assert [item["state"] for item in listed["invitations"]] == ["open", "revoked", "accepted"]
        assert listed["total_count"] == 3

    async def test_an_accepted_one_cannot_be_revoked(
        self, api: httpx2.AsyncClient, headers: dict[str, str]
    ) -> None:
        invitation = await invite(api, headers)
        await accept(api, invitation["token"])

        answer = await api.delete(f"/admin/invitations/{invitation['id']}", headers=headers)

        assert (answer.status_code, answer.json()["code"]) == (409, "invitations.accepted")

    async def test_an_unknown_one_is_404(self, api: httpx2.AsyncClient, headers: dict[str, str]) -> None:
        assert (await api.delete(f"/admin/invitations/{new_id()}", headers=headers)).status_code == 404

    @pytest.mark.parametrize("role", [UserRole.JUNIOR_RECRUITER, UserRole.SENIOR_RECRUITER])
    async def test_only_administrators_invite(
        self, api: httpx2.AsyncClient, people: People, role: UserRole
    ) -> None:
        await people.add(ROBIN, role)
        theirs = await people.headers(ROBIN)

        answers = [
            await api.get("/admin/invitations", headers=theirs),
            await api.post(
                "/admin/invitations", json={"email": "x@agency.example", "role": "admin"}, headers=theirs
            ),
            await api.delete(f"/admin/invitations/{new_id()}", headers=theirs),
        ]

        assert [answer.status_code for answer in answers] == [403, 403, 403]

    async def test_a_list_costs_three_queries(
        self, api: httpx2.AsyncClient, headers: dict[str, str], query_counter: QueryCounter
    ) -> None:
        for name in "abc":
            await invite(api, headers, email=f"{name}@agency.example")

        with query_counter() as queries:
            await api.get("/admin/invitations", headers=headers)

        assert queries.count == 3

    async def test_inviting_and_accepting_are_logged_without_the_token(
        self, api: httpx2.AsyncClient, headers: dict[str, str], session: AsyncSession
    ) -> None:
        invitation = await invite(api, headers)
        await accept(api, invitation["token"])

        statement = select(ActivityLog).where(ActivityLog.entity_type == EntityType.INVITATION)
        found = (await session.scalars(statement.order_by(ActivityLog.id))).all()

        assert [entry.action for entry in found] == [ActivityAction.CREATE, ActivityAction.ACCEPT]
        assert invitation["token"] not in str([entry.new_values for entry in found])


class TestRegistering:
    async def test_it_is_closed_once_there_is_an_administrator(self, api: httpx2.AsyncClient) -> None:
        answer = await api.post("/auth/register", json=NEWCOMER)

        assert (answer.status_code, answer.json()["code"]) == (403, "auth.registration_closed")
        assert "invitation" in answer.json()["detail"]

    async def test_case_21_a_known_address_is_refused_in_the_same_words(
        self, api: httpx2.AsyncClient, people: People, session: AsyncSession
    ) -> None:
        await people.add(ROBIN)
        closed = await api.post("/auth/register", json=NEWCOMER | {"email": "new@agency.example"})
        await session.execute(update(User).values(is_active=False))

        known = await api.post("/auth/register", json=NEWCOMER)

        assert (known.status_code, known.json()["detail"]) == (closed.status_code, closed.json()["detail"])

    async def test_case_35_a_role_from_outside_is_ignored(
        self, api: httpx2.AsyncClient, session: AsyncSession
    ) -> None:
        await session.execute(update(User).values(is_active=False))

        answer = await api.post("/auth/register", json=NEWCOMER)

        assert (answer.status_code, answer.json()["role"]) == (201, "junior_recruiter")

    async def test_it_is_limited(self, api: httpx2.AsyncClient) -> None:
        answers = [(await api.post("/auth/register", json=NEWCOMER)).status_code for _ in range(4)]

        assert answers == [403, 403, 403, 429]


async def test_case_34_of_two_who_accept_at_once_one_gets_the_account(committed_database: Database) -> None:
    admin = make_user(role=UserRole.ADMIN)
    async with committed_database.transaction() as session:
        session.add(admin)
        await session.flush()
        body = InvitationCreate(email=ROBIN, role=UserRole.JUNIOR_RECRUITER)
        _, token = await InvitationService(session, admin, client=CLIENT).create(body)
    given = InvitationAccept(token=token, first_name="Robin", last_name="Sato", password=PASSWORD)
    hasher, limiter = PasswordHasher(), PostgresRateLimiter(committed_database)

    async def take() -> bool:
        try:
            async with committed_database.transaction() as session:
                await Registration(session, hasher=hasher, limiter=limiter).accept(given, client=CLIENT)
        except InvalidInvitationError:
            return False
        return True

    outcomes = await asyncio.gather(*(take() for _ in range(4)))

    assert sorted(outcomes) == [False, False, False, True]
    async with committed_database.transaction() as session:
        assert await session.scalar(select(func.count(User.id))) == 2
