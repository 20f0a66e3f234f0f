"""An administrator with resumes to try prompts on, and models that answer at once."""

import asyncio
import uuid
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import msgspec
import pytest
import yaml
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.client import open_analyzer
from resume_review.ai_agents.config import AnalyzerConfig, Ports
from resume_review.ai_agents.interface import PromptTester
from resume_review.ai_agents.model_analyzer import NoListener
from resume_review.ai_agents.prompts.source import BundledPrompts
from resume_review.ai_agents.providers.pacing import LocalPacer
from resume_review.ai_agents.providers.policy import Pace
from resume_review.database.models import Candidate, Resume
from resume_review.database.session import Database
from resume_review.documents import read_document
from resume_review.features.model_usage import DatabaseLedger, UsageRecorder
from resume_review.features.prompt_trials.tasks import TryPrompts
from resume_review.testing.api import People
from resume_review.testing.factories import make_candidate, make_resume, make_user
from resume_review.testing.resumes import MARKDOWN

PATH = "/admin/prompt-trials"
DRAFTED = "Mind the figures above all."

Tester = Callable[..., AbstractAsyncContextManager[PromptTester]]


class Turns:
    """The test's transactions one after the other: both sides of a trial work at once, its connection does not."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        async with self._turn, self._database.transaction() as session:
            yield session


@dataclass
class Agency:
    """Calls the routes as an administrator and does the jobs of a worker."""

    api: httpx2.AsyncClient
    database: Turns

    async def resumes(self, count: int, *, is_read: bool = True) -> list[Resume]:
        """So many, each of another Jane Doe."""
        document = msgspec.to_builtins(read_document(MARKDOWN.encode(), "resume.md"))
        made: list[Resume] = []
        async with self.database.transaction() as session:
            user = make_user()
            session.add(user)
            await session.flush()
            for _ in range(count):
                candidate: Candidate = make_candidate(user)
                session.add(candidate)
                await session.flush()
                resume = make_resume(candidate, user, text=MARKDOWN)
                resume.document = document if is_read else None
                session.add(resume)
                made.append(resume)
        return made

    async def draft(self, name: str = "appeal_analysis", **metadata: Any) -> str:
        """The bundled prompt with one sentence more, as a draft."""
        shown = (await self.api.get(f"/admin/prompts/{name}/en")).raise_for_status().json()
        data = yaml.safe_load(shown["yaml"])
        data["metadata"] |= {"version": "1.1.0"} | metadata
        data["prompts"]["user"] += f"\n{DRAFTED}"
        return yaml.safe_dump(data, allow_unicode=True)

    async def asked(self, resumes: list[Resume], **changed: Any) -> httpx2.Response:
        """The answer to a request for a trial of the draft."""
        body: dict[str, Any] = {
            "name": "appeal_analysis",
            "locale": "en",
            "industry": "strategy_consulting",
            "resume_ids": [str(resume.id) for resume in resumes],
        }
        if not {"yaml", "body", "version"} & set(changed):
            body["yaml"] = await self.draft()
        return await self.api.post(PATH, json=body | changed)

    async def started(self, resumes: list[Resume], **changed: Any) -> str:
        """The id of a trial under way."""
        answer = await self.asked(resumes, **changed)
        assert answer.status_code == 202, answer.text
        return answer.json()["id"]

    async def get(self, path: str) -> dict[str, Any]:
        """The body of a look at a trial."""
        return (await self.api.get(f"{PATH}/{path}")).raise_for_status().json()

    async def jobs(self) -> list[uuid.UUID]:
        """The results that wait for a worker."""
        statement = "SELECT args ->> 'subject' FROM procrastinate_jobs WHERE task_name = 'prompts.trial' AND status = 'todo' ORDER BY id"
        async with self.database.transaction() as session:
            return [uuid.UUID(subject) for subject in await session.scalars(text(statement))]

    async def scalars(self, statement: Any) -> Any:
        """What the database says."""
        async with self.database.transaction() as session:
            return (await session.scalars(statement)).all()

    async def work(self, tester: PromptTester | None) -> None:
        """Do every job that waits."""
        job = TryPrompts(self.database, tester)
        for result_id in await self.jobs():
            await job.run(result_id)


@pytest.fixture
def turns(database: Database) -> Turns:
    return Turns(database)


@pytest.fixture
async def agency(api: httpx2.AsyncClient, people: People, turns: Turns) -> Agency:
    api.headers.update(await people.headers())
    return Agency(api, turns)


@pytest.fixture
def tester(turns: Turns) -> Tester:
    """What a worker with these settings tries prompts with."""

    @asynccontextmanager
    async def opened(**config: Any) -> AsyncGenerator[PromptTester]:
        ports = Ports(
            ledger=DatabaseLedger(turns),
            pacer=LocalPacer(Pace()),
            usage=UsageRecorder(turns),
            listener=NoListener(),
            prompts=BundledPrompts(),
        )
        known: dict[str, Any] = {"models": ("fake:rubric",)} | config
        async with open_analyzer(AnalyzerConfig(**known), ports) as opened:
            assert opened.tester is not None
            yield opened.tester

    return opened
