import csv
import io
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import ReviewRequestStatus
from resume_review.database.models import Candidate, Resume, ReviewRequest, User
from resume_review.features.resume_analysis.export import neutral
from resume_review.rubric import ReviewType
from resume_review.testing.api import People
from resume_review.testing.factories import make_candidate, make_resume, make_review_request
from resume_review.testing.queries import Queries, QueryCounter

if TYPE_CHECKING:
    from resume_review.features.resume_analysis.tests.conftest import Desk

pytestmark = pytest.mark.integration

DAY = utc_now().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=10)


class Archive:
    """Finished and unfinished reviews of two candidates, a day apart from each other, the first one newest."""

    def __init__(self, session: AsyncSession, user: User) -> None:
        self._session = session
        self._user = user
        self.reviews: list[ReviewRequest] = []
        self.resumes: dict[str, Resume] = {}

    async def candidate(self, first: str, last: str) -> Candidate:
        candidate = make_candidate(self._user, first_name=first, last_name=last)
        self._session.add(candidate)
        await self._session.flush()
        resume = make_resume(candidate, self._user)
        self._session.add(resume)
        await self._session.flush()
        self.resumes[last] = resume
        return candidate

    async def review(
        self,
        last: str,
        *,
        score: int | None = None,
        status: ReviewRequestStatus = ReviewRequestStatus.COMPLETED,
        industry: str = "tech_consulting",
        review_type: ReviewType = ReviewType.COMPREHENSIVE,
    ) -> str:
        request = make_review_request(self.resumes[last], self._user, industry=industry)
        request.status, request.overall_score, request.review_type = status, score, review_type
        request.requested_at = DAY - timedelta(days=len(self.reviews))
        if status is not ReviewRequestStatus.PENDING:
            request.completed_at = request.requested_at
        if status is ReviewRequestStatus.FAILED:
            request.error_code = "review.gave_up"
        self._session.add(request)
        await self._session.flush()
        self.reviews.append(request)
        return str(request.id)


def own(queries: Queries) -> list[str]:
    """Without the statements of the rate limiter, which are not sent by every request."""
    return [statement for statement in queries.statements if "rate_limits" not in statement]


@pytest.fixture
async def archive(people: People, session: AsyncSession) -> Archive:
    user = await people.add("author@agency.example")
    archive = Archive(session, user)
    await archive.candidate("Jane", "Doe")
    await archive.candidate("太郎", "山田")
    await archive.review("Doe", score=90)
    await archive.review("山田", score=40, industry="ma_finance")
    await archive.review("Doe", status=ReviewRequestStatus.FAILED)
    await archive.review("山田", status=ReviewRequestStatus.CANCELLED)
    await archive.review("Doe", status=ReviewRequestStatus.PENDING, review_type=ReviewType.QUICK_SCAN)
    return archive


class Shelf:
    """Reads the history as an administrator."""

    def __init__(self, people: People, headers: dict[str, str]) -> None:
        self._people = people
        self.headers = headers

    async def get(self, path: str = "", **query: Any) -> Any:
        response = await self._people.api.get(f"/analysis{path}", params=query, headers=self.headers)
        assert response.status_code == 200, response.text
        return response.json()

    async def found(self, archive: Archive, **query: Any) -> list[int]:
        """The places in the archive of the reviews that were listed; the total must fit."""
        body = await self.get(**query)
        places = {str(review.id): place for place, review in enumerate(archive.reviews)}
        assert body["total_count"] == len(body["analyses"])
        return [places[item["id"]] for item in body["analyses"]]


@pytest.fixture
async def shelf(people: People) -> Shelf:
    return Shelf(people, await people.headers())


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ({}, [0, 1, 2, 3, 4]),
        ({"status": "completed"}, [0, 1]),
        ({"status": "error"}, [2]),
        ({"status": "cancelled"}, [3]),
        ({"status": "pending"}, [4]),
        ({"industry": "ma_finance"}, [1]),
        ({"industry": "ma_financial"}, [1]),
        ({"review_type": "quick_scan"}, [4]),
        ({"min_score": 41}, [0]),
        ({"max_score": 89}, [1]),
        ({"min_score": 40, "max_score": 90}, [0, 1]),
        ({"search": "jane"}, [0, 2, 4]),
        ({"search": "山田 太郎"}, [1, 3]),
        ({"search": "nobody"}, []),
        ({"from_date": f"{DAY - timedelta(days=1):%Y-%m-%d}"}, [0, 1]),
        ({"to_date": f"{DAY - timedelta(days=3):%Y-%m-%d}"}, [3, 4]),
        ({"industry": "tech_consulting", "status": "error"}, [2]),
        ({"sort": "date", "order": "asc"}, [4, 3, 2, 1, 0]),
        ({"sort": "score", "order": "desc"}, [0, 1, 2, 3, 4]),
        ({"sort": "score", "order": "asc"}, [4, 3, 2, 1, 0]),
        ({"sort": "candidate", "order": "asc"}, [0, 2, 4, 1, 3]),
        ({"sort": "candidate", "order": "desc"}, [1, 3, 0, 2, 4]),
    ],
    ids=str,
)
async def test_the_history_is_narrowed_and_ordered(
    archive: Archive, shelf: Shelf, query: dict[str, Any], places: list[int]
) -> None:
    assert await shelf.found(archive, **query) == places


async def test_the_history_of_one_candidate_resume_or_reviewer(archive: Archive, shelf: Shelf) -> None:
    resume = archive.resumes["Doe"]

    assert await shelf.found(archive, candidate_id=str(resume.candidate_id)) == [0, 2, 4]
    assert await shelf.found(archive, resume_id=str(resume.id)) == [0, 2, 4]
    assert await shelf.found(archive, reviewer=str(resume.uploaded_by_user_id)) == [0, 1, 2, 3, 4]
    assert await shelf.found(archive, reviewer=str(new_id())) == []


async def test_the_reviews_of_a_resume(archive: Archive, shelf: Shelf) -> None:
    body = await shelf.get(f"/resumes/{archive.resumes['山田'].id}/analyses")

    assert [item["candidate_name"] for item in body["analyses"]] == ["山田 太郎"] * 2
    assert body["total_count"] == 2


@pytest.mark.parametrize("order", ["asc", "desc"])
async def test_a_cursor_leads_through_all_pages(archive: Archive, shelf: Shelf, order: str) -> None:
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        query: dict[str, Any] = {"page_size": 2, "order": order} | ({"cursor": cursor} if cursor else {})
        body = await shelf.get("", **query)
        seen += [item["id"] for item in body["analyses"]]
        cursor = body["next_cursor"]

    expected = [str(review.id) for review in archive.reviews]
    assert seen == (expected if order == "desc" else expected[::-1])


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"page": 100_000}, "reviews.page_too_deep"),
        ({"cursor": "nonsense"}, "reviews.invalid_cursor"),
        ({"cursor": "e30", "sort": "score"}, "reviews.invalid_cursor"),
        ({"industry": "gardening"}, "reviews.unknown_industry"),
        ({"status": "failed"}, "validation.failed"),
        ({"from_date": "9999-12-31"}, "validation.failed"),
        ({"min_score": 101}, "validation.failed"),
        ({"page_size": 51}, "validation.failed"),
    ],
    ids=str,
)
async def test_a_history_that_cannot_be_shown_says_why(
    people: People, shelf: Shelf, query: dict[str, Any], code: str
) -> None:
    response = await people.api.get("/analysis", params=query, headers=shelf.headers)

    assert (response.status_code, response.json()["code"]) == (422, code)


async def test_juniors_see_and_count_only_their_own(archive: Archive, people: People, shelf: Shelf) -> None:
    assert await shelf.found(archive) == [0, 1, 2, 3, 4]
    await people.add("junior@agency.example")
    shelf.headers = await people.headers("junior@agency.example")

    assert await shelf.found(archive) == []
    assert (await shelf.get("/stats/summary"))["total_analyses"] == 0
    response = await people.api.get("/analysis/export", headers=shelf.headers)
    assert len(response.text.splitlines()) == 1


async def test_the_totals_add_up(archive: Archive, shelf: Shelf) -> None:
    assert archive.reviews

    assert await shelf.get("/stats/summary") == {
        "total_analyses": 5,
        "completed_analyses": 2,
        "failed_analyses": 1,
        "pending_analyses": 1,
        "cancelled_analyses": 1,
        "average_score": 65.0,
        "industry_breakdown": {"ma_finance": 1, "tech_consulting": 1},
        "tier_breakdown": {"unknown": 2},
    }


async def test_the_totals_of_a_junior_are_counted_alike(
    archive: Archive, people: People, shelf: Shelf, session: AsyncSession
) -> None:
    junior = await people.add("junior@agency.example")
    await session.execute(
        text("""INSERT INTO user_candidate_assignments
                    (id, user_id, candidate_id, assignment_type, assigned_at, is_active)
                SELECT gen_random_uuid(), :user, id, 'primary', now(), true FROM candidates"""),
        {"user": junior.id},
    )
    everything = await shelf.get("/stats/summary")

    shelf.headers = await people.headers("junior@agency.example")

    assert archive.reviews
    assert await shelf.get("/stats/summary") == everything


async def test_the_export_holds_every_review_and_no_formula(
    archive: Archive, people: People, shelf: Shelf
) -> None:
    await archive.candidate("=cmd|' /C calc'!A0", "Formula")
    await archive.review("Formula", score=50)

    response = await people.api.get("/analysis/export", headers=shelf.headers)

    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert response.headers["content-type"].startswith("text/csv")
    assert [row["id"] for row in rows] == [str(review.id) for review in archive.reviews]
    assert rows[-1]["candidate_name"] == "'=cmd|' /C calc'!A0 Formula"
    assert rows[1]["candidate_name"] == "山田 太郎"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_what_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    assert neutral(text) == f"'{text}"


def test_plain_text_stays_as_it_is() -> None:
    assert neutral("Jane Doe-Smith") == "Jane Doe-Smith"


async def test_a_list_costs_the_same_queries_however_long_it_is(
    archive: Archive, shelf: Shelf, query_counter: QueryCounter
) -> None:
    assert archive.reviews
    counts: list[int] = []
    for size in (1, 5):
        with query_counter() as queries:
            await shelf.get("", page_size=size)
        counts.append(len(own(queries)))

    assert counts == [3, 3]


@pytest.mark.parametrize("path", ["/stats/summary", f"/resumes/{uuid.UUID(int=0)}/analyses"])
async def test_totals_and_lists_cost_two_queries(
    people: People, shelf: Shelf, query_counter: QueryCounter, path: str
) -> None:
    with query_counter() as queries:
        await people.api.get(f"/analysis{path}", headers=shelf.headers)

    assert len(own(queries)) == 2


async def test_limits_and_health_are_public(people: People) -> None:
    limits = (await people.api.get("/analysis/config/limits")).json()
    health = (await people.api.get("/analysis/health")).json()

    assert limits["max_file_size_mb"] == 10
    assert limits["rate_limits"]["analyses_per_5_minutes"] == 60
    assert "strategy_consulting" in limits["supported_industries"]
    assert (health["status"], health["ai_orchestrator"]) == ("healthy", "rubric")


async def test_an_industry_can_be_tried_without_starting_anything(people: People, shelf: Shelf) -> None:
    known = await people.api.post(
        "/analysis/test/validate", json={"industry": "consulting"}, headers=shelf.headers
    )
    unknown = await people.api.post(
        "/analysis/test/validate", json={"industry": "gardening"}, headers=shelf.headers
    )

    assert known.json()["industry"] == "full_service_consulting"
    assert (unknown.status_code, unknown.json()["code"]) == (422, "reviews.unknown_industry")


async def test_five_industries_in_a_row_never_hit_the_limit(desk: "Desk") -> None:
    industries = ("strategy_consulting", "ma_finance", "tech_consulting", "system_integrator", "consulting")

    answers = [await desk.request(industry) for industry in industries * 2]

    assert {answer.status_code for answer in answers} == {200}


async def test_the_sixty_first_request_in_five_minutes_waits(desk: "Desk") -> None:
    desk.resume_id = str(new_id())  # refused quickly, and counted all the same
    answers = [await desk.request() for _ in range(61)]

    assert {answer.status_code for answer in answers[:60]} == {404}
    assert (answers[60].status_code, answers[60].json()["code"]) == (429, "rate_limited")
    assert int(answers[60].headers["retry-after"]) >= 1
