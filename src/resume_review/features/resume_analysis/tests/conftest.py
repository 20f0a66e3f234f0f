"""A desk with a resume on it."""

import uuid
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from resume_review.ai_agents.rubric_analyzer import RubricAnalyzer
from resume_review.features.resume_analysis.tasks import AnalyseReview
from resume_review.testing.api import People
from resume_review.testing.resumes import MARKDOWN


@dataclass
class Desk:
    """A signed-in user with a candidate and an uploaded resume, and the job that a worker would run."""

    api: httpx2.AsyncClient
    headers: dict[str, str]
    resume_id: str
    candidate_id: str
    job: AnalyseReview

    async def request(self, industry: str = "strategy_consulting", **fields: Any) -> httpx2.Response:
        """Ask for a review."""
        return await self.api.post(
            f"/analysis/resumes/{self.resume_id}/analyze",
            json={"industry": industry, "analysis_depth": "standard", "compare_to_market": False} | fields,
            headers=self.headers,
        )

    async def requested(self, industry: str = "strategy_consulting", **fields: Any) -> str:
        """The id of an accepted review."""
        return (await self.request(industry, **fields)).json()["analysis_id"]

    async def reviewed(self, industry: str = "strategy_consulting", **fields: Any) -> str:
        """The id of a finished review."""
        review_id = await self.requested(industry, **fields)
        await self.job.run(uuid.UUID(review_id))
        return review_id

    async def call(self, method: str, path: str, **content: Any) -> httpx2.Response:
        """A signed-in request under `/analysis`."""
        return await self.api.request(method, f"/analysis{path}", headers=self.headers, **content)

    async def status(self, review_id: str) -> dict[str, Any]:
        """What a client that polls sees."""
        path = f"/analysis/analysis/{review_id}/status"
        return (await self.api.get(path, headers=self.headers)).json()


@pytest.fixture
async def desk(app: FastAPI, api: httpx2.AsyncClient, people: People) -> Desk:
    headers = await people.headers()
    created = await api.post("/candidates", json={"first_name": "Jane", "last_name": "Doe"}, headers=headers)
    candidate_id = created.json()["candidate"]["id"]
    uploaded = await api.post(
        f"/resume_upload/candidates/{candidate_id}/resumes",
        files={"file": ("resume.md", MARKDOWN.encode())},
        headers=headers,
    )
    job = AnalyseReview(app.state.database, RubricAnalyzer(), engine=app.state.engine.fingerprint)
    return Desk(api, headers, uploaded.json()["id"], candidate_id, job)
