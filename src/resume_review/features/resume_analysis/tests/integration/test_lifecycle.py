import asyncio
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import AIAnalyzer, AnalysisRequest, RefusedAnalysisError
from resume_review.ai_agents.rubric_analyzer import RubricAnalyzer
from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.models import ReviewResult
from resume_review.features.resume_analysis.tasks import AnalyseReview
from resume_review.rubric import Review
from resume_review.testing.api import People

if TYPE_CHECKING:
    from fastapi import FastAPI

    from resume_review.features.resume_analysis.tests.conftest import Desk

pytestmark = pytest.mark.integration


class SlowAnalyzer:
    """Judges like the real one, but only once it is told to."""

    name = "slow"

    def __init__(self, real: AIAnalyzer) -> None:
        self._real = real
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()

    async def analyze(self, request: AnalysisRequest) -> Review:
        self.asked.set()
        await self.go_on.wait()
        return await self._real.analyze(request)


class RefusingAnalyzer:
    """Declines every resume."""

    name = "refusing"

    async def analyze(self, request: AnalysisRequest) -> Review:
        raise RefusedAnalysisError(f"Not for {request.industry}.")


async def failed(desk: "Desk", app: "FastAPI") -> str:
    review_id = await desk.requested()
    await AnalyseReview(app.state.database, RefusingAnalyzer()).run(uuid.UUID(review_id))
    return review_id


async def jobs(session: AsyncSession) -> int:
    return (await session.execute(text("SELECT count(*) FROM procrastinate_jobs"))).scalar_one()


async def test_a_waiting_review_is_cancelled_with_its_job(desk: "Desk", session: AsyncSession) -> None:
    review_id = await desk.requested()

    response = await desk.call("DELETE", f"/{review_id}/cancel")

    assert response.status_code == 200
    body = await desk.status(review_id)
    assert (body["status"], body["result"]) == ("cancelled", None)
    assert body["completed_at"]
    assert await jobs(session) == 0


async def test_a_cancelled_review_is_not_worked_on(desk: "Desk", session: AsyncSession) -> None:
    review_id = await desk.requested()
    await desk.call("DELETE", f"/{review_id}/cancel")

    await desk.job.run(uuid.UUID(review_id))

    assert (await desk.status(review_id))["status"] == "cancelled"
    assert await session.scalar(select(func.count(ReviewResult.id))) == 0


async def test_a_result_that_comes_after_the_cancellation_is_dropped(
    desk: "Desk", app: "FastAPI", session: AsyncSession
) -> None:
    review_id = await desk.requested()
    slow = SlowAnalyzer(RubricAnalyzer())
    running = asyncio.create_task(AnalyseReview(app.state.database, slow).run(uuid.UUID(review_id)))
    await slow.asked.wait()

    cancelled = await desk.call("DELETE", f"/{review_id}/cancel")
    slow.go_on.set()
    await running

    assert cancelled.status_code == 200
    assert (await desk.status(review_id))["status"] == "cancelled"
    assert await session.scalar(select(func.count(ReviewResult.id))) == 0


async def test_what_has_ended_cannot_be_cancelled(desk: "Desk") -> None:
    review_id = await desk.reviewed()

    response = await desk.call("DELETE", f"/{review_id}/cancel")

    assert (response.status_code, response.json()["code"]) == (409, "reviews.ended")
    assert (await desk.status(review_id))["status"] == "completed"


async def test_a_failed_review_is_tried_again_under_its_id(desk: "Desk", app: "FastAPI") -> None:
    review_id = await failed(desk, app)

    response = await desk.call("POST", f"/analysis/{review_id}/retry")
    waiting = await desk.status(review_id)
    await desk.job.run(uuid.UUID(review_id))

    assert (response.status_code, response.json()["analysis_id"]) == (200, review_id)
    assert (waiting["status"], waiting["error"], waiting["completed_at"]) == ("pending", None, None)
    assert (await desk.status(review_id))["status"] == "completed"


async def test_a_cancelled_review_is_tried_again(desk: "Desk", session: AsyncSession) -> None:
    review_id = await desk.requested()
    await desk.call("DELETE", f"/{review_id}/cancel")

    await desk.call("POST", f"/analysis/{review_id}/retry")
    await desk.job.run(uuid.UUID(review_id))

    assert await jobs(session) == 1
    assert (await desk.status(review_id))["status"] == "completed"


@pytest.mark.parametrize("finished", [True, False])
async def test_only_what_failed_or_was_cancelled_is_tried_again(
    desk: "Desk", session: AsyncSession, *, finished: bool
) -> None:
    review_id = await (desk.reviewed() if finished else desk.requested())

    response = await desk.call("POST", f"/analysis/{review_id}/retry")

    assert (response.status_code, response.json()["code"]) == (409, "reviews.not_retryable")
    assert await jobs(session) == 1


async def test_a_retry_with_the_same_key_is_answered_again(desk: "Desk", app: "FastAPI") -> None:
    review_id = await failed(desk, app)
    headers = desk.headers | {"idempotency-key": "retry-1"}
    path = f"/analysis/analysis/{review_id}/retry"

    answers = [await desk.api.post(path, headers=headers) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


async def test_a_start_with_the_same_key_is_answered_again(desk: "Desk", session: AsyncSession) -> None:
    desk.headers |= {"idempotency-key": "start-1"}

    answers = [await desk.request() for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert await jobs(session) == 1


async def test_a_key_is_good_for_one_request_only(desk: "Desk") -> None:
    desk.headers |= {"idempotency-key": "start-1"}
    await desk.request()

    other = await desk.request("tech_consulting")

    assert (other.status_code, other.json()["code"]) == (409, "idempotency.conflict")


async def test_the_worker_that_lost_its_database_row_stops_quietly(
    desk: "Desk", app: "FastAPI", session: AsyncSession
) -> None:
    review_id = await desk.requested()
    slow = SlowAnalyzer(RubricAnalyzer())
    running = asyncio.create_task(AnalyseReview(app.state.database, slow).run(uuid.UUID(review_id)))
    await slow.asked.wait()

    await session.execute(text("DELETE FROM candidates"))
    slow.go_on.set()
    await running

    assert (await desk.call("GET", f"/analysis/{review_id}/status")).status_code == 404
    assert await session.scalar(select(func.count(ReviewResult.id))) == 0


async def test_every_route_answers_strangers_as_if_there_were_nothing(desk: "Desk", people: People) -> None:
    review_id = await desk.reviewed()
    resume_id = desk.resume_id
    await people.add("junior@agency.example")
    desk.headers = await people.headers("junior@agency.example")
    routes = (
        ("DELETE", "/{review}/cancel"),
        ("POST", "/analysis/{review}/retry"),
        ("GET", "/analysis/{review}/events"),
        ("GET", "/analysis/{review}/findings"),
        ("GET", "/resumes/{resume}/analyses"),
    )

    for method, path in routes:
        foreign = await desk.call(method, path.format(review=review_id, resume=resume_id))
        unknown = await desk.call(method, path.format(review=new_id(), resume=new_id()))
        assert foreign.status_code == unknown.status_code == 404
        assert foreign.json()["code"] == unknown.json()["code"]


async def test_unfinished_reviews_are_found_again(desk: "Desk") -> None:
    waiting = await desk.requested()
    await desk.reviewed("tech_consulting")

    found = await desk.job.unfinished(utc_now() + timedelta(minutes=1))

    assert [str(each) for each in found] == [waiting]
