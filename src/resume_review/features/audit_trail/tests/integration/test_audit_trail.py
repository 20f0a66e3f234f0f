import csv
import io
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import ActivityAction, EntityType, UserRole
from resume_review.database.models import ActivityLog
from resume_review.testing.api import People
from resume_review.testing.queries import QueryCounter

pytestmark = pytest.mark.integration

LONG_AGO = utc_now() - timedelta(days=30)


@pytest.fixture
async def headers(people: People) -> dict[str, str]:
    return await people.headers()


def entry(number: int = 0, **fields: Any) -> ActivityLog:
    """An entry of a month ago; a higher number is later."""
    given: dict[str, Any] = {
        "entity_type": EntityType.PROMPT,
        "action": ActivityAction.PUBLISH,
        "created_at": LONG_AGO + timedelta(seconds=number),
    }
    return ActivityLog(**given | fields)


async def read(api: httpx2.AsyncClient, headers: dict[str, str], **query: Any) -> dict[str, Any]:
    return (await api.get("/admin/audit", params=query, headers=headers)).raise_for_status().json()


async def test_the_newest_entry_comes_first_with_who_it_was(
    api: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    await api.post("/candidates", json={"first_name": "Jane", "last_name": "Doe"}, headers=headers)

    newest = (await read(api, headers))["entries"][0]

    assert (newest["action"], newest["entity_type"]) == ("create", "candidate")
    assert newest["user_email"] == "admin@agency.example"
    assert newest["ip_address"]
    assert newest["request_id"]


async def test_pages_follow_each_other_without_gap_or_double(
    api: httpx2.AsyncClient, headers: dict[str, str], session: AsyncSession
) -> None:
    # Several at one moment: the id decides.
    session.add_all([entry(number // 3) for number in range(10)])
    await session.flush()
    seen: list[str] = []
    cursor: dict[str, str] = {}

    while True:
        page = await read(api, headers, entity_type="prompt", page_size=4, **cursor)
        seen += [item["id"] for item in page["entries"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}

    statement = select(ActivityLog.id).where(ActivityLog.entity_type == EntityType.PROMPT)
    stored = await session.scalars(statement.order_by(ActivityLog.created_at.desc(), ActivityLog.id.desc()))
    assert seen == [str(identity) for identity in stored]


@pytest.mark.parametrize("cursor", ["nonsense", "bm9uc2Vuc2U=", "MjAyMC0wMS0wMXx4", "é"])
async def test_a_wrong_cursor_is_refused(
    api: httpx2.AsyncClient, headers: dict[str, str], cursor: str
) -> None:
    answer = await api.get("/admin/audit", params={"cursor": cursor}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (422, "audit.invalid_cursor")


async def test_filters(api: httpx2.AsyncClient, headers: dict[str, str], session: AsyncSession) -> None:
    user_id, entity_id = new_id(), new_id()
    wanted = entry(5, user_id=user_id, entity_id=entity_id, ip_address="203.0.113.7")
    others = [
        entry(5, entity_id=entity_id, action=ActivityAction.VIEW),
        entry(1, user_id=user_id),
        entry(9, user_id=user_id),
    ]
    session.add_all([wanted, *others])
    await session.flush()
    queries: list[dict[str, str]] = [
        {"entity_id": str(entity_id), "action": "publish"},
        {"user_id": str(user_id), "ip": "203.0.113.7"},
        {
            "user_id": str(user_id),
            "from": (LONG_AGO + timedelta(seconds=2)).isoformat(),
            "to": (LONG_AGO + timedelta(seconds=9)).isoformat(),
        },
    ]

    found = [(await read(api, headers, **query))["entries"] for query in queries]

    assert [[item["id"] for item in items] for items in found] == [[str(wanted.id)]] * 3


async def test_a_time_without_zone_is_refused(api: httpx2.AsyncClient, headers: dict[str, str]) -> None:
    answer = await api.get("/admin/audit", params={"from": "2026-01-01T00:00:00"}, headers=headers)

    assert answer.status_code == 422


@pytest.mark.parametrize("role", [UserRole.JUNIOR_RECRUITER, UserRole.SENIOR_RECRUITER])
@pytest.mark.parametrize("path", ["/admin/audit", "/admin/audit/export"])
async def test_only_administrators_read_it(
    api: httpx2.AsyncClient, people: People, role: UserRole, path: str
) -> None:
    await people.add("robin@agency.example", role)

    answer = await api.get(path, headers=await people.headers("robin@agency.example"))

    assert answer.status_code == 403


async def test_reading_and_exporting_are_logged_with_what_was_asked(
    api: httpx2.AsyncClient, headers: dict[str, str], session: AsyncSession
) -> None:
    await read(api, headers, action="login")
    await api.get("/admin/audit/export", params={"entity_type": "user"}, headers=headers)

    statement = select(ActivityLog).where(ActivityLog.entity_type == EntityType.AUDIT)
    found = (await session.scalars(statement.order_by(ActivityLog.id))).all()

    assert [(item.action, item.new_values) for item in found] == [
        (ActivityAction.VIEW, {"filter": {"action": "login"}}),
        (ActivityAction.EXPORT, {"filter": {"entity_type": "user"}}),
    ]


async def test_a_page_costs_two_queries_and_its_entry(
    api: httpx2.AsyncClient, headers: dict[str, str], query_counter: QueryCounter
) -> None:
    with query_counter() as queries:
        await read(api, headers)

    assert queries.count == 3


class TestExport:
    async def rows(
        self, api: httpx2.AsyncClient, headers: dict[str, str], **query: Any
    ) -> list[dict[str, str]]:
        answer = await api.get("/admin/audit/export", params=query, headers=headers)
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        return list(csv.DictReader(io.StringIO(answer.text)))

    async def test_it_holds_what_the_filter_lets_through(
        self, api: httpx2.AsyncClient, headers: dict[str, str], session: AsyncSession
    ) -> None:
        session.add_all([entry(1), entry(2, new_values={"version": "2"})])
        await session.flush()

        rows = await self.rows(api, headers, entity_type="prompt")

        assert [row["new_values"] for row in rows] == ['{"version":"2"}', ""]
        assert rows[0]["created_at"].startswith(f"{LONG_AGO:%Y-%m-%d}")

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"])
    async def test_case_45_no_cell_is_a_formula(
        self, api: httpx2.AsyncClient, headers: dict[str, str], session: AsyncSession, start: str
    ) -> None:
        session.add(entry(ip_address=f"{start}cmd()", request_id=f"{start}1"))
        await session.flush()

        row = (await self.rows(api, headers, entity_type="prompt"))[0]

        assert (row["ip_address"], row["request_id"]) == (f"'{start}cmd()", f"'{start}1")

    async def test_a_long_log_comes_whole(
        self, api: httpx2.AsyncClient, headers: dict[str, str], session: AsyncSession
    ) -> None:
        session.add_all([entry(number // 7) for number in range(2_100)])
        await session.flush()

        rows = await self.rows(api, headers, entity_type="prompt")

        assert len({row["id"] for row in rows}) == 2_100
