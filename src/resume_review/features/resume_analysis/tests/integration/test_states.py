"""Whatever is done to a review, in whatever order: it is never finished twice, never half, never after its end."""

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.enums import ReviewRequestStatus
from resume_review.database.models import ReviewRequest
from resume_review.features.resume_analysis.repository import ReviewRepository
from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from fastapi import FastAPI

    from resume_review.features.resume_analysis.tests.conftest import Desk

pytestmark = [pytest.mark.integration, pytest.mark.slow]

DEEDS = (
    "run",
    "claim",
    "finish",
    "cancel",
    "retry",
    "give up",
    "delete",
    "delete resume",
    "erase candidate",
)


class Story:
    """One review and what is done to it; `expected` is how it must stand."""

    def __init__(self, desk: "Desk", app: "FastAPI", session: AsyncSession, review_id: str) -> None:
        self._desk = desk
        self._database = app.state.database
        self._session = session
        self._id = review_id
        self._claims: list[ReviewRequest] = []
        self._holder: ReviewRequest | None = None
        self._deletions: list[str] = []
        self.expected = "pending"

    async def do(self, deed: str) -> None:
        """Do it, to the review and to the expectation."""
        await {
            "run": self._run,
            "claim": self._claim,
            "finish": self._finish,
            "cancel": self._cancel,
            "retry": self._retry,
            "give up": self._give_up,
            "delete": self._delete,
            "delete resume": self._delete_resume,
            "erase candidate": self._erase_candidate,
        }[deed]()

    async def check(self) -> None:
        """The review stands as expected, and has a result exactly when it is completed."""
        response = await self._desk.call("GET", f"/analysis/{self._id}/status")
        if self.expected == "gone":
            assert response.status_code == 404
            assert not await self._count("review_results WHERE review_request_id = :id")
            return
        body = response.json()
        results = await self._count("review_results WHERE review_request_id = :id")
        jobs = await self._count("procrastinate_jobs WHERE args ->> 'subject' = CAST(:id AS text)")
        assert body["status"] == self.expected
        assert results == (body["status"] == "completed")
        assert (body["completed_at"] is not None) == (self.expected in {"completed", "error", "cancelled"})
        assert self.expected != "cancelled" or jobs == 0

    @property
    def _is_open(self) -> bool:
        return self.expected in {"pending", "processing"}

    async def _run(self) -> None:
        await self._desk.job.run(uuid.UUID(self._id))
        if self._is_open:
            self.expected, self._holder = "completed", None

    async def _claim(self) -> None:
        async with self._database.transaction() as session:
            request = await ReviewRepository(session).claim(uuid.UUID(self._id), now=utc_now())
        assert (request is not None) == self._is_open
        if request is not None:
            session.expunge_all()
            self._claims.append(request)
            self.expected, self._holder = "processing", request

    async def _finish(self) -> None:
        """The oldest attempt fails late; it counts only if nobody claimed or ended the review since."""
        if not self._claims:
            return
        claimed = self._claims.pop(0)
        async with self._database.transaction() as session:
            finished = await ReviewRepository(session).finish(
                claimed,
                status=ReviewRequestStatus.FAILED,
                now=utc_now(),
                error_code="test",
                error_message="x",
            )
        assert finished == (claimed is self._holder)
        if finished:
            self.expected, self._holder = "error", None

    async def _cancel(self) -> None:
        response = await self._desk.call("DELETE", f"/{self._id}/cancel")
        assert response.status_code == {"gone": 404}.get(self.expected, 200 if self._is_open else 409)
        if self._is_open:
            self.expected, self._holder = "cancelled", None

    async def _retry(self) -> None:
        response = await self._desk.call("POST", f"/analysis/{self._id}/retry")
        allowed = self.expected in {"error", "cancelled"}
        assert response.status_code == {"gone": 404}.get(self.expected, 200 if allowed else 409)
        if allowed:
            self.expected = "pending"

    async def _give_up(self) -> None:
        await self._desk.job.give_up(uuid.UUID(self._id), "Enough.")
        if self._is_open:
            self.expected, self._holder = "error", None

    async def _delete(self) -> None:
        await self._session.execute(text("DELETE FROM review_requests WHERE id = :id"), {"id": self._id})
        self.expected, self._holder = "gone", None

    async def _delete_resume(self) -> None:
        path = f"/resume_upload/{self._desk.resume_id}?with_reviews=true"
        await self._deleted(path, json={})

    async def _erase_candidate(self) -> None:
        await self._deleted(f"/candidates/{self._desk.candidate_id}", json={"confirm": "Jane Doe"})

    async def _deleted(self, path: str, **content: Any) -> None:
        """Whoever deletes what a review is of takes back its job; a second deletion finds nothing."""
        answer = await self._desk.api.request("DELETE", path, headers=self._desk.headers, **content)
        gone_before = path in self._deletions or any("candidates" in each for each in self._deletions)
        assert answer.status_code == (404 if gone_before else 200)
        self._deletions.append(path)
        if self.expected != "gone":
            assert not await self._count("procrastinate_jobs WHERE args ->> 'subject' = CAST(:id AS text)")
        self.expected, self._holder = "gone", None

    async def _count(self, source: str) -> int:
        found = await self._session.execute(text(f"SELECT count(*) FROM {source}"), {"id": self._id})  # noqa: S608 - our own words
        return found.scalar_one()


async def with_another_candidate(desk: "Desk") -> None:
    """A story may end with the erasure of the one before."""
    names = {"first_name": "Jane", "last_name": "Doe"}
    created = await desk.api.post("/candidates", json=names, headers=desk.headers)
    desk.candidate_id = created.json()["candidate"]["id"]
    path = f"/resume_upload/candidates/{desk.candidate_id}/resumes"
    uploaded = await desk.api.post(path, files={"file": ("cv.md", MARKDOWN.encode())}, headers=desk.headers)
    desk.resume_id = uploaded.json()["id"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.sampled_from(DEEDS), max_size=8))
async def test_no_order_of_deeds_breaks_a_review(
    desk: "Desk", app: "FastAPI", session: AsyncSession, deeds: list[str]
) -> None:
    await with_another_candidate(desk)
    story = Story(desk, app, session, await desk.requested(force=True))

    for deed in deeds:
        await story.do(deed)
        await story.check()
