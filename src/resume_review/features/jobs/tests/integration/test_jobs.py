import uuid

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from resume_review.core.clock import utc_now
from resume_review.database.enums import ReviewRequestStatus, UserRole
from resume_review.database.models import ReviewRequest
from resume_review.database.session import Database, driver_connection
from resume_review.features.resume_analysis import ANALYSE_JOB
from resume_review.infrastructure.queue import JobQueue
from resume_review.testing.api import People
from resume_review.testing.factories import make_candidate, make_resume, make_review_request, make_user

pytestmark = pytest.mark.integration


async def send(database: Database, subject: uuid.UUID, *, status: str = "todo") -> int:
    """A job of a review in this state; a failed one with its reason."""
    async with database.transaction() as session:
        await JobQueue().enqueue(await driver_connection(session), ANALYSE_JOB, subject=subject)
        number = (await session.execute(text("SELECT max(id) FROM procrastinate_jobs"))).scalar_one()
        await session.execute(
            text(
                "UPDATE procrastinate_jobs SET status = CAST(:status AS procrastinate_job_status) WHERE id = :id"
            ),
            {"status": status, "id": number},
        )
        if status == "failed":
            await session.execute(
                text("INSERT INTO job_failures VALUES (:id, 'Its worker died every time.', now())"),
                {"id": number},
            )
    return int(number)


async def failed_review(database: Database) -> ReviewRequest:
    user = make_user()
    candidate = make_candidate(user)
    resume = make_resume(candidate, user)
    review = make_review_request(resume, user)
    review.status, review.completed_at = ReviewRequestStatus.FAILED, utc_now()
    review.error_code, review.error_message = "review.gave_up", "It could not be finished."
    async with database.transaction() as session:
        for row in (user, candidate, resume, review):
            session.add(row)
            await session.flush()
    return review


async def test_the_dead_letters_are_listed_with_their_reasons_and_the_state_of_the_queue(
    api: httpx2.AsyncClient, people: People, database: Database
) -> None:
    subject = uuid.uuid4()
    failed, _waiting = await send(database, subject, status="failed"), await send(database, uuid.uuid4())

    body = (await api.get("/admin/jobs?state=failed", headers=await people.headers())).json()

    assert [(job["id"], job["subject"], job["reason"]) for job in body["jobs"]] == [
        (failed, str(subject), "Its worker died every time.")
    ]
    assert (body["total_count"], body["counts"]["waiting"], body["counts"]["failed"]) == (1, 1, 1)
    assert body["counts"]["oldest_waiting_seconds"] >= 0


async def test_52_a_failed_job_is_sent_back_and_its_review_is_open_again(
    api: httpx2.AsyncClient, people: People, database: Database
) -> None:
    review = await failed_review(database)
    number = await send(database, review.id, status="failed")

    answer = await api.post(f"/admin/jobs/{number}/retry", headers=await people.headers())

    async with database.transaction() as session:
        stored = await session.get(ReviewRequest, review.id, populate_existing=True)
    assert stored is not None
    assert (answer.status_code, answer.json()["state"], answer.json()["runs"]) == (200, "waiting", 0)
    assert (stored.status, stored.error_code) == (ReviewRequestStatus.PENDING, None)


async def test_only_a_failed_job_is_sent_back(
    api: httpx2.AsyncClient, people: People, database: Database
) -> None:
    number = await send(database, uuid.uuid4())

    answer = await api.post(f"/admin/jobs/{number}/retry", headers=await people.headers())

    assert (answer.status_code, answer.json()["code"]) == (409, "jobs.not_failed")


async def test_a_job_is_dropped_unless_it_runs(
    api: httpx2.AsyncClient, people: People, database: Database
) -> None:
    headers = await people.headers()
    waiting, running = await send(database, uuid.uuid4()), await send(database, uuid.uuid4(), status="doing")

    answers = [
        await api.delete(f"/admin/jobs/{number}", headers=headers) for number in (waiting, running, waiting)
    ]

    assert [answer.status_code for answer in answers] == [200, 409, 404]


async def test_jobs_are_for_administrators(api: httpx2.AsyncClient, people: People, app: FastAPI) -> None:
    await people.add("senior@agency.example", UserRole.SENIOR_RECRUITER)

    answer = await api.get("/admin/jobs", headers=await people.headers("senior@agency.example"))

    assert (answer.status_code, (await api.get("/admin/jobs")).status_code) == (403, 401)
