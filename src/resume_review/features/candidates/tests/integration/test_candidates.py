from typing import Any

import httpx2
import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import UserRole
from resume_review.database.models import UserCandidateAssignment
from resume_review.testing.api import People
from resume_review.testing.queries import QueryCounter

pytestmark = pytest.mark.integration

JANE = {"first_name": "Jane", "last_name": "Doe"}
JUNIOR, OTHER, SENIOR = "junior@agency.example", "other@agency.example", "senior@agency.example"


@pytest.fixture
async def staff(people: People) -> dict[str, dict[str, str]]:
    """Headers of two juniors and a senior."""
    await people.add(JUNIOR)
    await people.add(OTHER)
    await people.add(SENIOR, UserRole.SENIOR_RECRUITER)
    return {email: await people.headers(email) for email in (JUNIOR, OTHER, SENIOR)}


async def create(api: httpx2.AsyncClient, headers: dict[str, str], **fields: Any) -> dict[str, Any]:
    response = await api.post("/candidates/", json=JANE | fields, headers=headers)
    response.raise_for_status()
    return response.json()["candidate"]


async def names(api: httpx2.AsyncClient, headers: dict[str, str]) -> list[str]:
    body = (await api.get("/candidates", headers=headers)).json()
    return [candidate["first_name"] for candidate in body["candidates"]]


async def test_a_candidate_needs_only_a_name(api: httpx2.AsyncClient, people: People) -> None:
    response = await api.post("/candidates/", json=JANE, headers=await people.headers())

    assert response.status_code == 200
    body = response.json()
    assert (body["success"], body["error"]) == (True, None)
    assert body["candidate"]["status"] == "active"


async def test_both_forms_of_the_path_answer_without_a_redirect(
    api: httpx2.AsyncClient, people: People
) -> None:
    headers = await people.headers()

    answers = [await api.get(path, headers=headers) for path in ("/candidates", "/candidates/")]

    assert [answer.status_code for answer in answers] == [200, 200]


async def test_the_newest_comes_first_and_the_total_counts_all_pages(
    api: httpx2.AsyncClient, people: People
) -> None:
    headers = await people.headers()
    for name in ("A", "B", "C"):
        await create(api, headers, first_name=name)

    body = (await api.get("/candidates", params={"limit": 2, "offset": 1}, headers=headers)).json()

    assert [candidate["first_name"] for candidate in body["candidates"]] == ["B", "A"]
    assert (body["total_count"], body["limit"], body["offset"]) == (3, 2, 1)


async def test_a_list_costs_four_queries_however_long_it_is(
    api: httpx2.AsyncClient, people: People, query_counter: QueryCounter
) -> None:
    headers = await people.headers()
    for _ in range(5):
        await create(api, headers)

    with query_counter() as queries:
        await api.get("/candidates", headers=headers)

    assert queries.count == 4


async def test_an_email_belongs_to_one_candidate_whatever_its_case(
    api: httpx2.AsyncClient, people: People
) -> None:
    headers = await people.headers()
    await create(api, headers, email="Jane@Example.com")

    again = await api.post("/candidates", json=JANE | {"email": "jane@example.COM"}, headers=headers)

    assert (again.status_code, again.json()["code"]) == (409, "candidates.email_taken")


@pytest.mark.parametrize(
    "fields",
    [
        {"first_name": ""},
        {"email": "nonsense"},
        {"years_experience": 51},
        {"last_name": "a\x00b"},
        {"phone": "1" * 51},
    ],
    ids=["no name", "no address", "too many years", "control character", "endless phone"],
)
async def test_a_wrong_field_is_named(
    api: httpx2.AsyncClient, people: People, fields: dict[str, Any]
) -> None:
    response = await api.post("/candidates", json=JANE | fields, headers=await people.headers())

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == next(iter(fields))


async def test_fields_that_are_not_the_callers_to_set_are_ignored(
    api: httpx2.AsyncClient, people: People
) -> None:
    candidate = await create(api, await people.headers(), status="archived", id=str(new_id()))

    assert candidate["status"] == "active"


class TestAccess:
    async def test_juniors_see_their_own_and_seniors_all(
        self, api: httpx2.AsyncClient, staff: dict[str, dict[str, str]]
    ) -> None:
        await create(api, staff[JUNIOR], first_name="Mine")
        await create(api, staff[OTHER], first_name="Theirs")

        assert await names(api, staff[JUNIOR]) == ["Mine"]
        assert await names(api, staff[OTHER]) == ["Theirs"]
        assert await names(api, staff[SENIOR]) == ["Theirs", "Mine"]

    async def test_a_foreign_candidate_answers_like_an_unknown_one(
        self, api: httpx2.AsyncClient, staff: dict[str, dict[str, str]]
    ) -> None:
        theirs = await create(api, staff[OTHER])

        foreign = await api.get(f"/candidates/{theirs['id']}", headers=staff[JUNIOR])
        unknown = await api.get(f"/candidates/{new_id()}", headers=staff[JUNIOR])

        assert foreign.status_code == unknown.status_code == 404
        assert foreign.json()["detail"] == unknown.json()["detail"]

    async def test_sight_ends_with_the_assignment(
        self, api: httpx2.AsyncClient, staff: dict[str, dict[str, str]], session: AsyncSession
    ) -> None:
        mine = await create(api, staff[JUNIOR])
        await session.execute(
            update(UserCandidateAssignment).values(is_active=False, unassigned_at=utc_now())
        )

        assert (await api.get(f"/candidates/{mine['id']}", headers=staff[JUNIOR])).status_code == 404
        assert (await api.get(f"/candidates/{mine['id']}", headers=staff[SENIOR])).status_code == 200
