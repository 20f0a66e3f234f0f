import asyncio
from typing import Any, Protocol

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.database.enums import AssignmentType, UserRole
from resume_review.database.models import User, UserCandidateAssignment
from resume_review.database.session import Database
from resume_review.features.candidates.assignments import AssignmentService
from resume_review.infrastructure.http import ClientInfo
from resume_review.testing.factories import make_candidate, make_user
from resume_review.testing.queries import QueryCounter

pytestmark = pytest.mark.integration

CLIENT = ClientInfo("127.0.0.1", "test", "request")


class Desk(Protocol):
    user: User

    async def create(self, **fields: Any) -> dict[str, Any]: ...
    async def names(self, **query: Any) -> list[str]: ...
    async def call(self, method: str, path: str, **content: Any) -> Any: ...


def seat(candidate: dict[str, Any], desk: Desk) -> str:
    return f"/candidates/{candidate['id']}/assign/{desk.user.id}"


async def assignments(desk: Desk, candidate: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await desk.call("GET", f"/candidates/{candidate['id']}/assignments")
    return answer.raise_for_status().json()["assignments"]


async def test_an_assigned_junior_sees_the_candidate(senior: Desk, junior: Desk) -> None:
    jane = await senior.create()

    answer = await senior.call("POST", seat(jane, junior))

    assert answer.json()["success"] is True
    assert await junior.names() == ["Jane"]
    newest = (await assignments(junior, jane))[0]
    assert (newest["user_id"], newest["assignment_type"]) == (str(junior.user.id), "secondary")
    assert newest["assigned_by_user_id"] == str(senior.user.id)


async def test_assigning_again_changes_nothing(senior: Desk, junior: Desk) -> None:
    jane = await senior.create()

    for _ in range(2):
        await senior.call("POST", seat(jane, junior))

    assert len(await assignments(senior, jane)) == 2  # the creator's and the junior's


async def test_another_kind_of_assignment_keeps_the_old_one_as_history(senior: Desk, junior: Desk) -> None:
    jane = await senior.create()
    await senior.call("POST", seat(jane, junior))

    await senior.call("POST", seat(jane, junior), params={"assignment_type": "viewer"})

    kinds = [(item["assignment_type"], item["is_active"]) for item in await assignments(senior, jane)]
    assert kinds == [("viewer", True), ("secondary", False), ("primary", True)]


async def test_case_34_who_is_taken_off_sees_nothing_from_the_next_request_on(
    senior: Desk, junior: Desk
) -> None:
    jane = await junior.create()

    await senior.call("DELETE", seat(jane, junior), params={"reason": "Moved to another team"})

    assert await junior.names() == []
    assert (await junior.call("GET", f"/candidates/{jane['id']}")).status_code == 404
    ended = (await assignments(senior, jane))[0]
    assert (ended["is_active"], ended["unassigned_reason"]) == (False, "Moved to another team")
    assert ended["unassigned_at"] is not None


async def test_ending_takes_a_reason(senior: Desk, junior: Desk) -> None:
    jane = await junior.create()

    answer = await senior.call("DELETE", seat(jane, junior))

    assert answer.status_code == 422
    assert await junior.names() == ["Jane"]


async def test_nobody_can_be_taken_off_twice(senior: Desk, junior: Desk) -> None:
    jane = await senior.create()

    answer = await senior.call("DELETE", seat(jane, junior), params={"reason": "x"})

    assert (answer.status_code, answer.json()["code"]) == (404, "candidates.not_assigned")


async def test_an_inactive_colleague_is_not_assigned(
    senior: Desk, junior: Desk, session: AsyncSession
) -> None:
    jane = await senior.create()
    await session.execute(update(User).where(User.id == junior.user.id).values(is_active=False))

    answer = await senior.call("POST", seat(jane, junior))

    assert (answer.status_code, answer.json()["code"]) == (409, "candidates.colleague_inactive")


@pytest.mark.parametrize("unknown", ["candidate", "colleague"])
async def test_unknown_ids_are_404(senior: Desk, junior: Desk, unknown: str) -> None:
    jane = await senior.create()
    path = {
        "candidate": f"/candidates/{new_id()}/assign/{junior.user.id}",
        "colleague": f"/candidates/{jane['id']}/assign/{new_id()}",
    }[unknown]

    assert (await senior.call("POST", path)).status_code == 404


@pytest.mark.parametrize("method", ["POST", "DELETE"])
async def test_juniors_hand_out_nothing(junior: Desk, other: Desk, method: str) -> None:
    jane = await junior.create()

    answer = await junior.call(method, seat(jane, other), params={"reason": "x"})
    handed = {"from_user_id": str(junior.user.id), "to_user_id": str(other.user.id), "reason": "x"}

    assert answer.status_code == 403
    assert (await junior.call("POST", "/candidates/reassign", json=handed)).status_code == 403


async def test_an_assignment_costs_a_fixed_number_of_queries(
    senior: Desk, junior: Desk, query_counter: QueryCounter
) -> None:
    jane = await senior.create()

    with query_counter() as queries:
        await senior.call("POST", seat(jane, junior))

    assert queries.count == 6  # who asks, candidate, colleague, present one, the new one, the entry


class TestHandingOver:
    async def hand_over(self, desk: Desk, giver: Desk, taker: Desk, **fields: Any) -> Any:
        body = {
            "from_user_id": str(giver.user.id),
            "to_user_id": str(taker.user.id),
            "reason": "Parental leave",
        }
        return await desk.call("POST", "/candidates/reassign", json=body | fields)

    async def test_all_candidates_change_hands(self, senior: Desk, junior: Desk, other: Desk) -> None:
        for name in ("A", "B"):
            await junior.create(first_name=name)

        answer = await self.hand_over(senior, junior, other)

        assert answer.json()["total_count"] == 2
        assert (await junior.names(), await other.names()) == ([], ["B", "A"])

    async def test_only_those_named(self, senior: Desk, junior: Desk, other: Desk) -> None:
        named, kept = await junior.create(first_name="A"), await junior.create(first_name="B")

        await self.hand_over(senior, junior, other, candidate_ids=[named["id"]])

        assert (await junior.names(), await other.names()) == (["B"], ["A"])
        history = await assignments(senior, named)
        assert [(item["assignment_type"], item["is_active"]) for item in history] == [
            ("primary", True),
            ("primary", False),
        ]
        assert history[1]["unassigned_reason"] == "Parental leave"
        assert len(await assignments(senior, kept)) == 1

    async def test_who_has_the_candidate_already_keeps_one_assignment(
        self, senior: Desk, junior: Desk, other: Desk
    ) -> None:
        jane = await junior.create()
        await senior.call("POST", seat(jane, other))

        await self.hand_over(senior, junior, other)

        active = [item["user_id"] for item in await assignments(senior, jane) if item["is_active"]]
        assert active == [str(other.user.id)]

    async def test_a_candidate_of_somebody_else_stops_it_all(
        self, senior: Desk, junior: Desk, other: Desk
    ) -> None:
        mine, theirs = await junior.create(first_name="A"), await other.create(first_name="B")

        answer = await self.hand_over(senior, junior, other, candidate_ids=[mine["id"], theirs["id"]])

        assert (answer.status_code, answer.json()["code"]) == (404, "candidates.not_assigned")
        assert await junior.names() == ["A"]

    async def test_to_oneself_is_refused(self, senior: Desk, junior: Desk) -> None:
        assert (await self.hand_over(senior, junior, junior)).status_code == 422

    async def test_queries_do_not_grow_with_the_candidates(
        self, senior: Desk, junior: Desk, other: Desk, query_counter: QueryCounter
    ) -> None:
        for _ in range(5):
            await junior.create()

        with query_counter() as queries:
            await self.hand_over(senior, junior, other)

        # who asks, both colleagues, the ended ones, the new ones, the entries
        assert queries.count <= 11


async def test_two_who_assign_at_once_make_one_assignment(committed_database: Database) -> None:
    lead, colleague = make_user(role=UserRole.SENIOR_RECRUITER), make_user()
    candidate = make_candidate(lead)
    async with committed_database.transaction() as session:
        session.add_all([lead, colleague])
        await session.flush()
        session.add(candidate)

    async def assign() -> None:
        async with committed_database.transaction() as session:
            service = AssignmentService(session, lead, client=CLIENT)
            await service.assign(candidate.id, colleague.id, AssignmentType.SECONDARY)

    await asyncio.gather(*(assign() for _ in range(5)))

    async with committed_database.transaction() as session:
        assert await session.scalar(select(func.count(UserCandidateAssignment.id))) == 1
