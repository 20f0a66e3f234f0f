import uuid
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.models import ReviewRequest, ReviewResult
from resume_review.testing.api import People
from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from resume_review.features.resume_analysis.tests.conftest import Desk

pytestmark = pytest.mark.integration

OTHER_QUESTIONS = (
    {"industry": "tech_consulting"},
    {"language": "ja"},
    {"target_role": "Partner"},
    {"experience_level": "senior"},
    {"review_type": "quick_scan"},
    {"force": True},
)


async def test_the_same_question_about_the_same_text_is_answered_at_once(desk: "Desk") -> None:
    first = await desk.reviewed()

    accepted = (await desk.request()).json()

    assert (accepted["status"], accepted["reused_from"]) == ("completed", first)
    again, before = await desk.status(accepted["analysis_id"]), await desk.status(first)
    assert (again["status"], again["progress"], again["reused_from"]) == ("completed", 100, first)
    assert again["result"]["overall_score"] == before["result"]["overall_score"]
    assert again["result"]["executive_summary"] == before["result"]["executive_summary"]


async def test_a_reused_answer_says_so_in_its_receipt_and_sends_no_job(
    desk: "Desk", session: AsyncSession
) -> None:
    first = await desk.reviewed()
    await session.execute(text("DELETE FROM procrastinate_jobs"))

    second = await desk.requested()

    answer = (await desk.call("GET", f"/analysis/{second}/review")).json()
    assert answer["receipt"]["reused_from"] == first
    assert (await session.execute(text("SELECT count(*) FROM procrastinate_jobs"))).scalar() == 0


async def test_a_reused_answer_has_findings_of_its_own_that_nobody_decided(desk: "Desk") -> None:
    first = await desk.reviewed()
    found = (await desk.call("GET", f"/analysis/{first}/findings")).json()["findings"]
    path = f"/analysis/{first}/findings/{found[0]['id']}"
    await desk.call("PATCH", path, json={"decision": "accepted"})

    second = await desk.requested()

    copies = (await desk.call("GET", f"/analysis/{second}/findings")).json()["findings"]
    assert [copy["finding_id"] for copy in copies] == [item["finding_id"] for item in found]
    assert {copy["decision"] for copy in copies} == {"open"}
    assert not {copy["id"] for copy in copies} & {item["id"] for item in found}


@pytest.mark.parametrize("question", OTHER_QUESTIONS, ids=[next(iter(each)) for each in OTHER_QUESTIONS])
async def test_another_question_is_new_work(desk: "Desk", question: dict[str, str]) -> None:
    await desk.reviewed()

    accepted = (await desk.request(**({"industry": "strategy_consulting"} | question))).json()

    assert (accepted["status"], accepted["reused_from"]) == ("pending", None)


async def test_the_same_file_of_another_candidate_shows_its_own_name(desk: "Desk") -> None:
    first = await desk.reviewed()
    created = await desk.api.post(
        "/candidates", json={"first_name": "Ann", "last_name": "Roe"}, headers=desk.headers
    )
    uploaded = await desk.api.post(
        f"/resume_upload/candidates/{created.json()['candidate']['id']}/resumes",
        files={"file": ("other-name.md", MARKDOWN.encode())},
        headers=desk.headers,
    )
    desk.resume_id = uploaded.json()["id"]

    accepted = (await desk.request()).json()

    answer = (await desk.call("GET", f"/analysis/{accepted['analysis_id']}/review")).json()
    assert accepted["reused_from"] == first
    assert answer["document"]["filename"] == "other-name.md"


async def test_text_that_was_read_differently_is_new_work(desk: "Desk", session: AsyncSession) -> None:
    await desk.reviewed()
    await session.execute(
        text("""UPDATE resumes SET document = jsonb_set(document, '{extractor,version}', '"later"')""")
    )

    assert (await desk.request()).json()["status"] == "pending"


async def test_an_answer_the_user_may_not_see_is_not_reused(desk: "Desk", people: People) -> None:
    await desk.reviewed()
    await people.add("junior@agency.example")
    desk.headers = await people.headers("junior@agency.example")
    created = await desk.api.post(
        "/candidates", json={"first_name": "Ann", "last_name": "Roe"}, headers=desk.headers
    )
    uploaded = await desk.api.post(
        f"/resume_upload/candidates/{created.json()['candidate']['id']}/resumes",
        files={"file": ("resume.md", MARKDOWN.encode())},
        headers=desk.headers,
    )
    desk.resume_id = uploaded.json()["id"]

    assert (await desk.request()).json()["status"] == "pending"


async def test_an_answer_of_yesterday_is_not_reused(desk: "Desk", session: AsyncSession) -> None:
    review_id = await desk.requested()
    await session.execute(text("UPDATE review_requests SET requested_at = requested_at - interval '1 day'"))
    session.expire_all()
    await desk.job.run(uuid.UUID(review_id))

    assert (await desk.request()).json()["status"] == "pending"


async def test_a_reused_answer_costs_nothing(desk: "Desk", session: AsyncSession) -> None:
    await desk.reviewed()
    second = await desk.requested()

    row = (
        await session.execute(
            select(ReviewResult.cost_usd, ReviewResult.processing_time_ms, ReviewRequest.attempt)
            .join(ReviewRequest, ReviewRequest.id == ReviewResult.review_request_id)
            .where(ReviewRequest.id == second)
        )
    ).one()
    assert tuple(row) == (0, 0, 0)
    assert await session.scalar(select(func.count(ReviewResult.id))) == 2
