"""A trial under way: reviews that wait for a worker, and administrators who watch them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx2
import msgspec
import pytest

from resume_review.database.models import ReviewRequest
from resume_review.database.session import Database
from resume_review.documents import read_document
from resume_review.features.experiments import DatabaseVariants
from resume_review.rubric import Review
from resume_review.rubric import review as judge
from resume_review.testing.api import People
from resume_review.testing.factories import make_candidate, make_resume, make_review_request, make_user
from resume_review.testing.resumes import MARKDOWN

EXPERIMENT = {
    "key": "appeal-2",
    "unit": "candidate",
    "metric": "acceptance_rate",
    "arms": [
        {"name": "control", "weight": 50},
        {"name": "short", "weight": 50, "label": "canary"},
    ],
}
ROLLOUT = {"key": "canary-prompts", "unit": "candidate", "change": {"label": "canary"}}


@pytest.fixture(scope="session")
def good() -> Review:
    """An answer to which everything contributed that should."""
    document = read_document(MARKDOWN.encode(), "resume.md")
    return judge(document, industry="strategy_consulting", language="en", review_date=date(2026, 1, 1))


@pytest.fixture(scope="session")
def bad(good: Review) -> Review:
    """An answer that a model failed to contribute to."""
    return msgspec.structs.replace(good, degraded=True, degraded_reason="structure: timed_out")


@dataclass
class Waiting:
    """Makes reviews that wait for a worker."""

    database: Database

    async def reviews(self, count: int) -> Sequence[ReviewRequest]:
        """So many, each of another candidate."""
        async with self.database.transaction() as session:
            user = make_user()
            session.add(user)
            await session.flush()
            requests: list[ReviewRequest] = []
            for _ in range(count):
                candidate = make_candidate(user)
                resume = make_resume(candidate, user)
                session.add_all([candidate, resume])
                requests.append(make_review_request(resume, user))
            await session.flush()
            session.add_all(requests)
            await session.flush()
            for request in requests:
                await session.refresh(request)
        return requests


@pytest.fixture
def waiting(database: Database) -> Waiting:
    return Waiting(database)


@pytest.fixture
def waiting_for() -> Callable[[Database], Waiting]:
    """For databases other than the usual one."""
    return Waiting


@pytest.fixture
def variants(database: Database) -> DatabaseVariants:
    return DatabaseVariants(database)


@dataclass
class Admin:
    """Calls the routes as an administrator."""

    api: httpx2.AsyncClient
    headers: dict[str, str]

    async def call(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        """A request under `/admin`."""
        return await self.api.request(method, f"/admin{path}", json=body, headers=self.headers)

    async def did(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """The body of a request that must succeed."""
        return (await self.call(method, path, body)).raise_for_status().json()

    async def experiment(self, **changed: Any) -> dict[str, Any]:
        """A running one."""
        created = await self.did("POST", "/experiments", EXPERIMENT | changed)
        return await self.did("POST", f"/experiments/{created['id']}/start")

    async def rollout(self, percentage: int, **changed: Any) -> dict[str, Any]:
        """One that has come this far."""
        created = await self.did("POST", "/rollouts", ROLLOUT | changed)
        path = f"/rollouts/{created['id']}/stage"
        for stage in (10, 25, 50, 100):
            if stage <= percentage:
                created = await self.did("PUT", path, {"percentage": stage})
        return created

    async def trail(self) -> list[tuple[str, str]]:
        """What the audit log says of experiments and rollouts, oldest first."""
        entries = (await self.did("GET", "/audit?page_size=200"))["entries"]
        return [
            (entry["entity_type"], entry["action"])
            for entry in reversed(entries)
            if entry["entity_type"] in {"experiment", "rollout"}
        ]


@pytest.fixture
async def admin(api: httpx2.AsyncClient, people: People) -> Admin:
    return Admin(api, await people.headers())
