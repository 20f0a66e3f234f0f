from datetime import timedelta
from typing import Any, Protocol

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.models import Candidate, User
from resume_review.database.session import Database
from resume_review.features.candidates import make_candidates_searchable
from resume_review.testing.factories import make_candidate, make_resume, make_review_request
from resume_review.testing.queries import QueryCounter

pytestmark = pytest.mark.integration


class Desk(Protocol):
    user: User

    async def create(self, **fields: Any) -> dict[str, Any]: ...
    async def listed(self, **query: Any) -> dict[str, Any]: ...
    async def names(self, **query: Any) -> list[str]: ...
    async def call(self, method: str, path: str, **content: Any) -> Any: ...


@pytest.mark.parametrize(
    "search",
    [
        "josé",
        "JOSE",
        "garcia",
        "García José",
        "jose garcia",
        "arcí",
        "Ｊｏｓé",
        "jg@mail",
        "MAIL.example",
        "northbr",
        "jose north",
        "j",
    ],
)
async def test_a_search_finds_parts_of_name_address_and_company(senior: Desk, search: str) -> None:
    await senior.create(
        first_name="José", last_name="García", email="jg@mail.example", current_company="Northbridge"
    )
    await senior.create(first_name="Anna", last_name="Berg", current_company="Harrow & Lane")

    found = await senior.listed(search=search)

    assert [item["first_name"] for item in found["candidates"]] == ["José"]
    assert found["total_count"] == 1


@pytest.mark.parametrize("search", ["山田太郎", "山田 太郎", "太郎　山田", "田太", "郎", "やまだ", "ﾔﾏﾀﾞ"])
async def test_a_japanese_name_is_found_family_first_and_in_either_kana(senior: Desk, search: str) -> None:
    await senior.create(first_name="太郎", last_name="山田", current_company="ヤマダ電機")
    await senior.create(first_name="花子", last_name="鈴木")

    assert await senior.names(search=search) == ["太郎"]


@pytest.mark.parametrize("search", ["zz", "doe smith", "%", "_", "jad", "o", "ane doex"])
async def test_a_search_finds_nothing_else(senior: Desk, search: str) -> None:
    await senior.create()

    assert await senior.names(search=search) == []


@pytest.mark.parametrize("search", ["", "   ", "'"])
async def test_a_search_for_nothing_is_none(senior: Desk, search: str) -> None:
    await senior.create()

    assert await senior.names(search=search) == ["Jane"]


async def test_a_change_is_found_and_what_was_is_not(senior: Desk) -> None:
    jane = await senior.create(current_company="Harrow & Lane")

    await senior.call("PATCH", f"/candidates/{jane['id']}", json={"current_company": "Contoso"})

    assert await senior.names(search="contoso") == ["Jane"]
    assert await senior.names(search="harrow") == []


async def test_case_33_a_search_and_its_total_show_only_ones_own(junior: Desk, other: Desk) -> None:
    await junior.create(first_name="Mine")
    await other.create(first_name="Theirs")

    found = await junior.listed(search="doe")

    assert [item["first_name"] for item in found["candidates"]] == ["Mine"]
    assert found["total_count"] == 1


async def test_rows_of_another_release_become_searchable(
    senior: Desk, session: AsyncSession, database: Database
) -> None:
    await senior.create()
    await session.execute(sa.update(Candidate).values(search_text=None, search_grams=None))

    before = await senior.names(search="jane")
    done = await make_candidates_searchable(database)

    assert (before, done) == ([], 1)
    assert await senior.names(search="jane") == ["Jane"]


async def test_a_search_narrows_down_with_an_index(session: AsyncSession, senior: Desk) -> None:
    # On a handful of rows the planner would read them all, which shows nothing.
    await session.execute(sa.text("SET LOCAL enable_seqscan = off"))
    plan = await session.scalars(
        sa.text("EXPLAIN SELECT id FROM candidates WHERE search_grams @> ARRAY['ja', 'an', 'ne']")
    )

    assert "ix_candidates_search_grams" in "\n".join(plan)


class TestFilters:
    async def test_archived_ones_are_left_out_unless_asked_for(self, senior: Desk) -> None:
        jane = await senior.create()
        await senior.create(first_name="Anna")
        await senior.call("POST", f"/candidates/{jane['id']}/archive")

        assert await senior.names() == ["Anna"]
        assert await senior.names(status="archived") == ["Jane"]
        assert await senior.names(status=["archived", "active"]) == ["Anna", "Jane"]

    async def test_by_colleague(self, senior: Desk, junior: Desk) -> None:
        await senior.create(first_name="Hers")
        await junior.create(first_name="His")

        assert await senior.names(assigned_to=str(junior.user.id)) == ["His"]

    async def test_by_resume_and_by_the_industry_of_the_newest_review(
        self, senior: Desk, session: AsyncSession
    ) -> None:
        with_resume, without = make_candidate(senior.user), make_candidate(senior.user, first_name="Anna")
        session.add_all([with_resume, without])
        await session.flush()
        resume = make_resume(with_resume, senior.user)
        session.add(resume)
        await session.flush()
        older = make_review_request(resume, senior.user, industry="ma_finance")
        older.requested_at = utc_now() - timedelta(days=1)
        session.add_all([older, make_review_request(resume, senior.user, industry="tech_consulting")])
        await session.flush()

        assert await senior.names(has_resume="true") == ["Jane"]
        assert await senior.names(has_resume="false") == ["Anna"]
        assert await senior.names(industry="tech_consulting") == ["Jane"]
        assert await senior.names(industry="ma_finance") == []

    @pytest.mark.parametrize(
        ("sort", "names"),
        [
            ("-created_at", ["Cy", "Al", "Bo"]),
            ("created_at", ["Bo", "Al", "Cy"]),
            ("name", ["Al", "Cy", "Bo"]),
            ("-name", ["Bo", "Cy", "Al"]),
            ("-updated_at", ["Bo", "Cy", "Al"]),
        ],
    )
    async def test_sort(self, senior: Desk, sort: str, names: list[str]) -> None:
        first = await senior.create(first_name="Bo", last_name="Zed")
        await senior.create(first_name="Al", last_name="Abe")
        await senior.create(first_name="Cy", last_name="Abe")
        await senior.call("PATCH", f"/candidates/{first['id']}", json={"phone": "1"})

        assert await senior.names(sort=sort) == names

    async def test_pages_have_true_totals(self, senior: Desk) -> None:
        for name in ("A", "B", "C"):
            await senior.create(first_name=name)

        found = await senior.listed(page=2, page_size=2, search="doe")

        assert [item["first_name"] for item in found["candidates"]] == ["A"]
        window = {name: found[name] for name in ("total_count", "page", "page_size", "limit", "offset")}
        assert window == {"total_count": 3, "page": 2, "page_size": 2, "limit": 2, "offset": 2}

    async def test_a_search_costs_as_many_queries_as_a_list(
        self, senior: Desk, query_counter: QueryCounter
    ) -> None:
        for _ in range(5):
            await senior.create()

        with query_counter() as queries:
            await senior.listed(search="jane doe", has_resume="false", sort="name")

        assert queries.count == 4
