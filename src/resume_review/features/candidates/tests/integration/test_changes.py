from typing import Any, Protocol

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.database.enums import ActivityAction
from resume_review.database.models import ActivityLog, User
from resume_review.testing.queries import QueryCounter

pytestmark = pytest.mark.integration


class Desk(Protocol):
    user: User

    async def create(self, **fields: Any) -> dict[str, Any]: ...
    async def call(self, method: str, path: str, **content: Any) -> Any: ...


async def entries(session: AsyncSession, candidate_id: str) -> list[ActivityLog]:
    statement = select(ActivityLog).where(ActivityLog.entity_id == candidate_id).order_by(ActivityLog.id)
    return list((await session.scalars(statement)).all())


async def test_only_what_is_sent_is_changed(junior: Desk) -> None:
    jane = await junior.create(phone="1", email="jane@example.com")

    answer = await junior.call(
        "PATCH", f"/candidates/{jane['id']}", json={"phone": None, "current_company": "Contoso"}
    )

    assert answer.json() == jane | {"phone": None, "current_company": "Contoso"}


async def test_a_name_cannot_be_emptied(junior: Desk) -> None:
    jane = await junior.create()

    answer = await junior.call("PATCH", f"/candidates/{jane['id']}", json={"first_name": None})

    assert answer.json()["first_name"] == "Jane"


async def test_an_address_of_another_candidate_is_refused(junior: Desk) -> None:
    await junior.create(email="taken@example.com")
    jane = await junior.create()

    answer = await junior.call("PATCH", f"/candidates/{jane['id']}", json={"email": "Taken@example.com"})

    assert (answer.status_code, answer.json()["code"]) == (409, "candidates.email_taken")


async def test_ones_own_address_may_be_sent_again(junior: Desk) -> None:
    jane = await junior.create(email="jane@example.com")

    answer = await junior.call("PATCH", f"/candidates/{jane['id']}", json={"email": "jane@example.com"})

    assert answer.status_code == 200


@pytest.mark.parametrize("field", ["id", "created_by_user_id", "created_at", "search_text"])
async def test_case_35_fields_that_are_not_the_callers_are_ignored(junior: Desk, field: str) -> None:
    jane = await junior.create()

    answer = await junior.call("PATCH", f"/candidates/{jane['id']}", json={field: str(new_id())})

    assert answer.json() == jane


@pytest.mark.parametrize(
    ("method", "path"),
    [("PATCH", ""), ("POST", "/archive"), ("POST", "/restore"), ("GET", "/export"), ("GET", "/assignments")],
)
async def test_a_foreign_candidate_answers_like_an_unknown_one(
    junior: Desk, other: Desk, method: str, path: str
) -> None:
    theirs = await other.create()

    foreign = await junior.call(method, f"/candidates/{theirs['id']}{path}", json={"phone": "1"})
    unknown = await junior.call(method, f"/candidates/{new_id()}{path}", json={"phone": "1"})

    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json()["detail"] == unknown.json()["detail"]


async def test_an_archived_candidate_comes_back(junior: Desk) -> None:
    jane = await junior.create()

    archived = await junior.call("POST", f"/candidates/{jane['id']}/archive")
    restored = await junior.call("POST", f"/candidates/{jane['id']}/restore")

    assert (archived.json()["status"], restored.json()["status"]) == ("archived", "active")


async def test_the_log_names_what_changed_but_not_what_it_was(junior: Desk, session: AsyncSession) -> None:
    jane = await junior.create()
    path = f"/candidates/{jane['id']}"

    await junior.call("PATCH", path, json={"phone": "+44 1", "status": "placed"})
    await junior.call("POST", f"{path}/archive")
    await junior.call("POST", f"{path}/restore")
    await junior.call("GET", path)

    found = await entries(session, jane["id"])
    assert [entry.action for entry in found] == [
        ActivityAction.CREATE,
        ActivityAction.UPDATE,
        ActivityAction.ARCHIVE,
        ActivityAction.RESTORE,
        ActivityAction.VIEW,
    ]
    assert found[1].old_values == {"status": "active"}
    assert found[1].new_values == {"changed": ["phone", "status"], "status": "placed"}
    assert all(entry.user_id == junior.user.id and entry.ip_address for entry in found)


async def test_what_changes_nothing_is_not_logged(junior: Desk, session: AsyncSession) -> None:
    jane = await junior.create()

    await junior.call("POST", f"/candidates/{jane['id']}/restore")
    await junior.call("PATCH", f"/candidates/{jane['id']}", json={"first_name": "Jane"})

    assert len(await entries(session, jane["id"])) == 1


async def test_looking_costs_one_query_and_its_log_entry(junior: Desk, query_counter: QueryCounter) -> None:
    jane = await junior.create()

    with query_counter() as queries:
        await junior.call("GET", f"/candidates/{jane['id']}")

    assert queries.count == 3  # who asks, the candidate, the entry


async def test_a_change_costs_two_queries_and_its_log_entry(
    junior: Desk, query_counter: QueryCounter
) -> None:
    jane = await junior.create()

    with query_counter() as queries:
        await junior.call("PATCH", f"/candidates/{jane['id']}", json={"phone": "1"})

    assert queries.count == 4  # who asks, the candidate, the change, the entry
