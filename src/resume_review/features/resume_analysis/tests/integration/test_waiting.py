"""Reviews that are asked for while the resume is still being read."""

import uuid
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.database.enums import ResumeStatus
from resume_review.database.models import Resume
from resume_review.documents.isolation import IsolatedReader
from resume_review.features.resume_upload import PatientReader
from resume_review.features.resume_upload.tasks import ReadResume
from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from fastapi import FastAPI

    from resume_review.features.resume_analysis.tests.conftest import Desk

pytestmark = pytest.mark.integration

JOBS = text("""
    SELECT attempts, scheduled_at > now() FROM procrastinate_jobs
    WHERE args ->> 'subject' = :review_id AND task_name = 'resume_analysis.analyse' ORDER BY id
""")


@pytest.fixture
async def slow_desk(desk: "Desk", app: "FastAPI") -> "Desk":
    """A desk whose resume takes longer than anybody waits."""
    patient = app.state.document_reader
    app.state.document_reader = PatientReader(IsolatedReader(), children=1, patience=0)
    uploaded = await desk.api.post(
        f"/resume_upload/candidates/{desk.candidate_id}/resumes",
        files={"file": ("slow.md", MARKDOWN.encode() + b"\n\nSlow.\n")},
        headers=desk.headers,
    )
    await app.state.document_reader.close()
    app.state.document_reader = patient
    desk.resume_id = uploaded.json()["id"]
    assert uploaded.json()["status"] == "processing"
    return desk


async def read(desk: "Desk", app: "FastAPI") -> None:
    state = app.state
    await ReadResume(state.database, state.document_reader, state.file_store).run(uuid.UUID(desk.resume_id))


async def jobs_of(session: AsyncSession, review_id: str) -> list[tuple[int, bool | None]]:
    return [(row[0], row[1]) for row in await session.execute(JOBS, {"review_id": review_id})]


async def test_a_review_of_a_resume_that_is_being_read_is_accepted(slow_desk: "Desk") -> None:
    answer = await slow_desk.request()

    body = await slow_desk.status(answer.json()["analysis_id"])
    assert (answer.status_code, answer.json()["status"]) == (200, "pending")
    assert (body["status"], body["result"]) == ("pending", None)


async def test_its_job_makes_way_for_a_later_one_and_no_run_is_counted(
    slow_desk: "Desk", session: AsyncSession
) -> None:
    review_id = await slow_desk.requested()

    await slow_desk.job.run(uuid.UUID(review_id))

    assert await jobs_of(session, review_id) == [(0, None), (0, True)]
    assert (await slow_desk.status(review_id))["status"] == "pending"


async def test_it_is_done_once_the_resume_was_read(slow_desk: "Desk", app: "FastAPI") -> None:
    review_id = await slow_desk.requested()
    await slow_desk.job.run(uuid.UUID(review_id))

    await read(slow_desk, app)
    await slow_desk.job.run(uuid.UUID(review_id))

    body = await slow_desk.status(review_id)
    assert (body["status"], body["result"]["overall_score"] > 0) == ("completed", True)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (ResumeStatus.ERROR, "The resume could not be read, so there is nothing to review. It is damaged."),
        (
            ResumeStatus.CANCELLED,
            "The reading of the resume was cancelled. Retry its reading, then this review.",
        ),
    ],
)
async def test_it_ends_with_the_reason_when_the_resume_was_not_read(
    slow_desk: "Desk", session: AsyncSession, status: ResumeStatus, said: str
) -> None:
    review_id = await slow_desk.requested()
    fault = {"error_code": "resumes.unreadable", "error_message": "It is damaged."}
    values = {"status": status} | (fault if status is ResumeStatus.ERROR else {})
    await session.execute(update(Resume).where(Resume.id == uuid.UUID(slow_desk.resume_id)).values(values))

    await slow_desk.job.run(uuid.UUID(review_id))

    body = await slow_desk.status(review_id)
    assert (body["status"], body["error"]) == ("error", said)


async def test_it_can_be_tried_again_once_the_reading_was(slow_desk: "Desk", app: "FastAPI") -> None:
    review_id = await slow_desk.requested()
    reading = f"/resume_upload/{slow_desk.resume_id}"
    await slow_desk.api.delete(f"{reading}/cancel", headers=slow_desk.headers)
    await slow_desk.job.run(uuid.UUID(review_id))

    await slow_desk.api.post(f"{reading}/retry", headers=slow_desk.headers)
    again = await slow_desk.call("POST", f"/analysis/{review_id}/retry")
    await read(slow_desk, app)
    await slow_desk.job.run(uuid.UUID(review_id))

    assert again.status_code == 200
    assert (await slow_desk.status(review_id))["status"] == "completed"


async def test_one_that_was_cancelled_while_it_waited_stays_so(
    slow_desk: "Desk", session: AsyncSession
) -> None:
    review_id = await slow_desk.requested()
    await slow_desk.job.run(uuid.UUID(review_id))

    await slow_desk.call("DELETE", f"/{review_id}/cancel")
    await slow_desk.job.run(uuid.UUID(review_id))

    assert (await slow_desk.status(review_id))["status"] == "cancelled"
    assert await jobs_of(session, review_id) == []


async def test_a_resume_whose_reading_has_failed_is_refused(slow_desk: "Desk", session: AsyncSession) -> None:
    await session.execute(
        update(Resume)
        .where(Resume.id == uuid.UUID(slow_desk.resume_id))
        .values(status=ResumeStatus.ERROR, error_code="x")
    )

    answer = await slow_desk.request()

    assert (answer.status_code, answer.json()["code"]) == (409, "reviews.resume_not_read")


async def test_a_deleted_resume_takes_the_waiting_job_with_it(
    slow_desk: "Desk", session: AsyncSession
) -> None:
    review_id = await slow_desk.requested()

    path = f"/resume_upload/{slow_desk.resume_id}?with_reviews=true"
    answer = await slow_desk.api.delete(path, headers=slow_desk.headers)

    assert answer.status_code == 200
    assert await jobs_of(session, review_id) == []


async def test_a_job_whose_review_is_gone_ends_quietly(desk: "Desk", session: AsyncSession) -> None:
    await desk.job.run(gone := new_id())

    assert await jobs_of(session, str(gone)) == []
