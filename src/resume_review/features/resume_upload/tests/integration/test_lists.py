import uuid
from typing import TYPE_CHECKING

import httpx2
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.enums import ReviewRequestStatus, UserRole
from resume_review.database.models import Resume, User
from resume_review.testing.factories import make_review_request, make_review_result
from resume_review.testing.queries import Queries, QueryCounter
from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from resume_review.features.resume_upload.tests.conftest import Uploads

pytestmark = pytest.mark.integration


async def reviewed(session: AsyncSession, resume_id: str, *, score: int) -> None:
    """A completed review of the resume."""
    resume = await session.get_one(Resume, uuid.UUID(resume_id))
    await session.refresh(resume)
    request = make_review_request(resume, await session.get_one(User, resume.uploaded_by_user_id))
    request.status, request.completed_at = ReviewRequestStatus.COMPLETED, utc_now()
    session.add(request)
    await session.flush()
    session.add(make_review_result(request, score=score))
    await session.flush()


async def test_resumes_are_listed_newest_first_with_their_first_words(uploads: "Uploads") -> None:
    ids = [(await uploads.sent())["id"] for _ in range(3)]

    body = (await uploads.get("/?page=1&page_size=2")).json()

    assert [item["id"] for item in body["uploads"]] == ids[:0:-1]
    assert (body["total_count"], body["page"], body["page_size"]) == (3, 1, 2)
    first = body["uploads"][0]
    assert first["extracted_text"].startswith("Jane Doe")
    assert len(first["extracted_text"]) == 500
    assert (first["candidate_name"], first["original_filename"]) == ("Jane Doe", "resume.md")


async def test_a_list_is_filtered_by_status(uploads: "Uploads") -> None:
    await uploads.sent()
    slow = (await uploads.sent_slowly())["id"]

    body = (await uploads.get("?status=processing")).json()

    assert ([item["id"] for item in body["uploads"]], body["total_count"]) == ([slow], 1)


@pytest.mark.parametrize("query", ["page_size=51", "page=0", "status=unheard"])
async def test_a_list_has_bounds(uploads: "Uploads", query: str) -> None:
    assert (await uploads.get(f"?{query}")).status_code == 422


async def test_case_33_lists_and_numbers_hold_only_what_the_user_may_see(uploads: "Uploads") -> None:
    await uploads.sent()
    junior = await uploads.junior()

    listed = (await uploads.call("GET", "", headers=junior)).json()
    summary = (await uploads.call("GET", "/stats/summary", headers=junior)).json()

    assert (listed["uploads"], listed["total_count"]) == ([], 0)
    assert summary["total_uploads"] == 0


async def test_the_summary_counts(uploads: "Uploads") -> None:
    await uploads.sent()
    failed = (await uploads.sent_slowly(b"%PDF-1.7 broken"))["id"]
    await uploads.reading.run(uuid.UUID(failed))

    summary = (await uploads.get("/stats/summary")).json()

    size = len(MARKDOWN.encode()) + len(b"%PDF-1.7 broken")
    assert summary == {
        "total_uploads": 2,
        "completed_uploads": 1,
        "failed_uploads": 1,
        "total_size_bytes": size,
        "total_size_mb": round(size / 1_000_000, 2),
    }


def own(queries: Queries) -> list[str]:
    """Statements but those that every request makes, whatever it is about."""
    return [statement for statement in queries.statements if "rate_limits" not in statement]


async def versions(uploads: "Uploads", headers: dict[str, str] | None = None) -> httpx2.Response:
    path = f"/candidates/{uploads.candidate_id}/resumes"
    return await uploads.api.get(path, headers=headers or uploads.headers)


async def test_versions_come_newest_first_with_the_score_of_their_last_review(
    uploads: "Uploads", session: AsyncSession
) -> None:
    ids = [(await uploads.sent())["id"] for _ in range(2)]
    await reviewed(session, ids[0], score=61)
    await reviewed(session, ids[0], score=74)

    body = (await versions(uploads)).json()

    assert [item["version_number"] for item in body["resumes"]] == [2, 1]
    assert [item["last_review"] and item["last_review"]["overall_score"] for item in body["resumes"]] == [
        None,
        74,
    ]
    assert body["total_count"] == 2


async def test_case_31_versions_of_a_foreign_candidate_are_not_there(uploads: "Uploads") -> None:
    foreign = await versions(uploads, await uploads.junior())

    assert (foreign.status_code, foreign.json()["code"]) == (404, "candidates.not_found")


@pytest.mark.parametrize(
    ("path", "most"),
    [("/resume_upload", 3), ("/resume_upload/stats/summary", 2), ("/candidates/{}/resumes", 4)],
)
async def test_lists_cost_the_same_however_long_they_are(
    uploads: "Uploads", query_counter: QueryCounter, path: str, most: int
) -> None:
    await uploads.sent()
    await uploads.sent()
    await uploads.sent()

    with query_counter() as queries:
        answer = await uploads.api.get(path.format(uploads.candidate_id), headers=uploads.headers)

    assert answer.status_code == 200
    assert len(own(queries)) <= most, queries.statements


async def test_a_version_without_reviews_is_deleted_with_its_file(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent())["id"]

    answer = await uploads.call("DELETE", f"/{resume_id}")
    kept_until_the_job = len(uploads.stored())
    await uploads.removing.run(uuid.UUID(resume_id))

    assert (answer.status_code, kept_until_the_job, uploads.stored()) == (200, 1, [])
    assert (await uploads.get(f"/{resume_id}")).status_code == 404


async def test_a_file_that_a_version_needs_is_never_removed(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent())["id"]

    await uploads.removing.run(uuid.UUID(resume_id))

    assert len(uploads.stored()) == 1


async def test_reviews_are_deleted_only_when_somebody_says_so(
    uploads: "Uploads", session: AsyncSession
) -> None:
    resume_id = (await uploads.sent())["id"]
    await reviewed(session, resume_id, score=70)

    refused = await uploads.call("DELETE", f"/{resume_id}")
    deleted = await uploads.call("DELETE", f"/{resume_id}?with_reviews=true")

    assert (refused.status_code, refused.json()["code"]) == (409, "resumes.reviewed")
    assert deleted.status_code == 200


async def test_a_junior_deletes_no_reviews(uploads: "Uploads", session: AsyncSession) -> None:
    await uploads.people.add("own@agency.example", UserRole.JUNIOR_RECRUITER)
    uploads.headers = await uploads.people.headers("own@agency.example")
    uploads.candidate_id = await uploads.candidate()
    resume_id = (await uploads.sent())["id"]
    await reviewed(session, resume_id, score=70)

    answer = await uploads.call("DELETE", f"/{resume_id}?with_reviews=true")

    assert (answer.status_code, answer.json()["code"]) == (403, "resumes.reviews_protected")


@pytest.mark.parametrize(
    ("path", "most"), [("", 3), ("/status", 2), ("/document", 3), ("/file", 3), ("/pages/1.webp", 4)]
)
async def test_a_look_at_a_resume_costs_few_statements(
    uploads: "Uploads", query_counter: QueryCounter, sample: bytes, path: str, most: int
) -> None:
    resume_id = (await uploads.sent(sample, "cv.pdf"))["id"]

    with query_counter() as queries:
        answer = await uploads.get(f"/{resume_id}{path}")

    assert answer.status_code == 200
    assert len(own(queries)) <= most, [" ".join(s.split())[:60] for s in own(queries)]


async def test_an_upload_costs_few_statements(uploads: "Uploads", query_counter: QueryCounter) -> None:
    with query_counter() as queries:
        await uploads.sent()

    assert len(own(queries)) <= 8, own(queries)
