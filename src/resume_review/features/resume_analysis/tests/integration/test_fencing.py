import asyncio
import uuid
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import (
    AIAnalyzer,
    AnalysisRequest,
    RefusedAnalysisError,
    RetryableAnalysisError,
)
from resume_review.ai_agents.rubric_analyzer import RubricAnalyzer
from resume_review.database.models import ReviewRequest, ReviewResult
from resume_review.features.resume_analysis.tasks import AnalyseReview
from resume_review.rubric import Review

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


class FailingAnalyzer:
    """Gives no answer."""

    name = "failing"

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def analyze(self, request: AnalysisRequest) -> Review:
        raise self._error from RuntimeError(request.industry)


async def test_an_attempt_believed_dead_cannot_store_its_result(
    desk: "Desk", app: "FastAPI", session: AsyncSession
) -> None:
    review_id = uuid.UUID(await desk.requested())
    slow = SlowAnalyzer(RubricAnalyzer())
    first = asyncio.create_task(AnalyseReview(app.state.database, slow).run(review_id))
    await slow.asked.wait()

    await desk.job.run(review_id)
    stored = await session.scalar(select(ReviewResult.id))
    slow.go_on.set()
    await first

    assert await session.scalar(select(ReviewResult.id)) == stored
    assert await session.scalar(select(func.count(ReviewResult.id))) == 1
    assert await session.scalar(select(ReviewRequest.attempt)) == 2


async def test_a_passing_fault_is_left_to_the_queue(desk: "Desk", app: "FastAPI") -> None:
    review_id = await desk.requested()
    job = AnalyseReview(app.state.database, FailingAnalyzer(RetryableAnalysisError("busy")))

    with pytest.raises(RetryableAnalysisError):
        await job.run(uuid.UUID(review_id))

    assert (await desk.status(review_id))["status"] == "processing"


async def test_a_lasting_fault_ends_the_review_with_its_reason(desk: "Desk", app: "FastAPI") -> None:
    review_id = await desk.requested()
    job = AnalyseReview(app.state.database, FailingAnalyzer(RefusedAnalysisError("The engine declined.")))

    await job.run(uuid.UUID(review_id))

    body = await desk.status(review_id)
    assert (body["status"], body["error"]) == ("error", "The engine declined.")
