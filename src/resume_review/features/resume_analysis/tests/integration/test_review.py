import uuid
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.database.enums import ActivityAction
from resume_review.database.models import ActivityLog, ReviewFeedbackItem, ReviewRequest, ReviewResult
from resume_review.testing.api import People
from resume_review.testing.queries import QueryCounter

if TYPE_CHECKING:
    from resume_review.features.resume_analysis.tests.conftest import Desk

pytestmark = pytest.mark.integration

STRUCTURE = {"format", "organization", "tone", "completeness"}
APPEAL = {"achievement_relevance", "skills_alignment", "experience_fit", "competitive_positioning"}


async def test_a_request_is_accepted_with_its_job_in_the_same_transaction(
    desk: "Desk", session: AsyncSession
) -> None:
    response = await desk.request()

    jobs = (await session.execute(text("SELECT task_name, args FROM procrastinate_jobs"))).all()
    assert response.status_code == 200
    assert response.json()["status"] == "pending"
    assert [(job[0], job[1]["subject"]) for job in jobs] == [
        ("resume_analysis.analyse", response.json()["analysis_id"])
    ]


async def test_a_finished_review_answers_with_status_and_result_at_once(desk: "Desk") -> None:
    review_id = await desk.requested()

    await desk.job.run(uuid.UUID(review_id))

    body = await desk.status(review_id)
    result = body["result"]
    assert (body["status"], body["progress"], body["error"]) == ("completed", 100, None)
    assert 0 <= result["overall_score"] <= 100
    assert result["industry"] == "strategy_consulting"
    assert result["executive_summary"]
    assert (result["engine"], result["degraded"]) == ("rubric", False)


async def test_the_first_clients_scores_are_all_numbers(desk: "Desk") -> None:
    review_id = await desk.requested()
    await desk.job.run(uuid.UUID(review_id))

    detailed = (await desk.status(review_id))["result"]["detailed_scores"]

    structure, appeal = detailed["structure_analysis"], detailed["appeal_analysis"]
    assert set(structure["scores"]) == STRUCTURE
    assert set(appeal["scores"]) == APPEAL
    assert all(isinstance(score, int) for group in (structure, appeal) for score in group["scores"].values())
    assert set(structure["metadata"]) == {"total_sections", "word_count", "reading_time"}
    for group in (structure, appeal):
        assert set(group["feedback"]) == {"strengths", "improvement_areas", "specific_feedback"}
        for comment in group["feedback"]["specific_feedback"]:
            assert set(comment) == {"category", "target_text", "issue", "suggestion"}


async def test_every_finding_quotes_the_document_exactly(desk: "Desk") -> None:
    review_id = await desk.requested()
    await desk.job.run(uuid.UUID(review_id))

    path = f"/analysis/analysis/{review_id}/findings"
    found = (await desk.api.get(path, headers=desk.headers)).json()
    document = (await desk.api.get(f"/resume_upload/{desk.resume_id}/document", headers=desk.headers)).json()

    quoted = [item for item in found["findings"] if item["original_text"] is not None]
    assert quoted
    for item in quoted:
        assert document["text"][item["span_start"] : item["span_end"]] == item["original_text"]


async def test_the_whole_answer_is_there_with_its_receipt(desk: "Desk") -> None:
    review_id = await desk.requested()
    await desk.job.run(uuid.UUID(review_id))

    answer = (await desk.api.get(f"/analysis/analysis/{review_id}/review", headers=desk.headers)).json()

    assert answer["schema"] == "review/1"
    assert answer["receipt"]["extractor"]
    assert answer["receipt"]["rubric"]


async def test_running_the_job_again_changes_nothing(desk: "Desk", session: AsyncSession) -> None:
    review_id = await desk.requested()
    await desk.job.run(uuid.UUID(review_id))
    before = await desk.status(review_id)

    await desk.job.run(uuid.UUID(review_id))

    assert await desk.status(review_id) == before
    assert await session.scalar(select(func.count(ReviewResult.id))) == 1


async def test_a_letter_gets_no_score_but_a_reason(desk: "Desk", people: People) -> None:
    letter = (
        "Dear Ms Miller,\n\n"
        + "I am writing to apply for the position of consultant. " * 20
        + "\n\nYours sincerely,\nJane Doe"
    )
    uploaded = await desk.api.post(
        f"/resume_upload/candidates/{desk.candidate_id}/resumes",
        files={"file": ("letter.txt", letter.encode())},
        headers=desk.headers,
    )
    desk.resume_id = uploaded.json()["id"]
    review_id = await desk.requested()

    await desk.job.run(uuid.UUID(review_id))

    body = await desk.status(review_id)
    assert (body["status"], body["error_code"], body["result"]) == ("error", "review.not_a_resume", None)
    assert body["error"]


async def test_a_job_that_was_given_up_says_so(desk: "Desk") -> None:
    review_id = await desk.requested()

    await desk.job.give_up(uuid.UUID(review_id), "Its worker died every time.")

    body = await desk.status(review_id)
    assert body["status"] == "error"
    assert "Its worker died every time." in body["error"]


async def test_giving_up_does_not_undo_a_finished_review(desk: "Desk") -> None:
    review_id = await desk.requested()
    await desk.job.run(uuid.UUID(review_id))

    await desk.job.give_up(uuid.UUID(review_id), "too late")

    assert (await desk.status(review_id))["status"] == "completed"


async def test_an_unknown_industry_is_refused_with_the_known_ones(
    desk: "Desk", session: AsyncSession
) -> None:
    response = await desk.request("gardening")

    assert (response.status_code, response.json()["code"]) == (422, "reviews.unknown_industry")
    assert "strategy_consulting" in response.json()["detail"]
    assert await session.scalar(select(func.count(ReviewRequest.id))) == 0


async def test_an_old_industry_code_is_mapped(desk: "Desk") -> None:
    review_id = await desk.requested("ma_financial")
    await desk.job.run(uuid.UUID(review_id))

    assert (await desk.status(review_id))["result"]["industry"] == "ma_finance"


async def test_feedback_comes_in_the_language_asked_for(desk: "Desk") -> None:
    review_id = (await desk.request(language="ja")).json()["analysis_id"]
    await desk.job.run(uuid.UUID(review_id))

    summary = (await desk.status(review_id))["result"]["executive_summary"]

    assert any("\u3040" <= character <= "\u30ff" for character in summary)


async def test_the_history_shows_finished_and_unfinished_reviews(desk: "Desk") -> None:
    done, waiting = await desk.requested(), await desk.requested("tech_consulting")
    await desk.job.run(uuid.UUID(done))

    query = {"page": 1, "page_size": 25}
    body = (await desk.api.get("/analysis/", params=query, headers=desk.headers)).json()

    assert [item["id"] for item in body["analyses"]] == [waiting, done]
    assert [item["status"] for item in body["analyses"]] == ["pending", "completed"]
    assert body["analyses"][0]["overall_score"] is None
    assert body["analyses"][1]["candidate_name"] == "Jane Doe"
    assert (body["total_count"], body["page"], body["page_size"]) == (2, 1, 25)


async def test_the_history_can_be_narrowed_to_a_candidate(desk: "Desk") -> None:
    await desk.requested()

    other = await desk.api.get("/analysis", params={"candidate_id": str(new_id())}, headers=desk.headers)
    own = await desk.api.get("/analysis", params={"candidate_id": desk.candidate_id}, headers=desk.headers)

    assert (other.json()["total_count"], own.json()["total_count"]) == (0, 1)


async def test_a_status_costs_two_queries(desk: "Desk", query_counter: QueryCounter) -> None:
    review_id = await desk.requested()

    with query_counter() as queries:
        await desk.status(review_id)

    assert queries.count == 2


async def test_a_result_seen_with_the_status_is_a_view(desk: "Desk", session: AsyncSession) -> None:
    review_id = await desk.requested()
    await desk.status(review_id)
    await desk.job.run(uuid.UUID(review_id))
    await desk.status(review_id)

    views = select(func.count(ActivityLog.id)).where(
        ActivityLog.action == ActivityAction.VIEW, ActivityLog.entity_id == uuid.UUID(review_id)
    )

    assert await session.scalar(views) == 1


async def test_an_unfinished_review_has_no_result_yet(desk: "Desk") -> None:
    review_id = await desk.requested()

    for path in ("", "/findings", "/review"):
        response = await desk.api.get(f"/analysis/analysis/{review_id}{path}", headers=desk.headers)
        assert (response.status_code, response.json()["code"]) == (409, "reviews.not_finished")


async def test_a_foreign_review_answers_like_an_unknown_one(desk: "Desk", people: People) -> None:
    review_id = await desk.requested()
    await people.add("junior@agency.example")
    junior = await people.headers("junior@agency.example")

    for path in ("/status", "", "/findings", "/review"):
        foreign = await desk.api.get(f"/analysis/analysis/{review_id}{path}", headers=junior)
        unknown = await desk.api.get(f"/analysis/analysis/{new_id()}{path}", headers=junior)
        assert foreign.status_code == unknown.status_code == 404
        assert foreign.json()["detail"] == unknown.json()["detail"]
    desk.headers = junior
    assert (await desk.request()).status_code == 404


async def test_findings_are_stored_as_rows(desk: "Desk", session: AsyncSession) -> None:
    review_id = await desk.requested()
    await desk.job.run(uuid.UUID(review_id))

    rows = (await session.scalars(select(ReviewFeedbackItem))).all()

    assert {row.check_id for row in rows}
    assert all(row.decision == "open" for row in rows)
