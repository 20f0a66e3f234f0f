"""A consultant who uploads many resumes at a platform whose models answer in batches."""

import asyncio
import json
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text, update

from resume_review.ai_agents.client import open_analyzer
from resume_review.ai_agents.config import Ports
from resume_review.ai_agents.providers.pacing import LocalPacer
from resume_review.ai_agents.providers.policy import RetryPolicy
from resume_review.core.clock import utc_now
from resume_review.core.settings import load_settings
from resume_review.database.embedded import EmbeddedPostgres
from resume_review.database.models import ModelBatch, ModelBatchItem, ReviewResult
from resume_review.database.session import psycopg_url
from resume_review.features.bulk_upload.tasks import ReadBatchItem
from resume_review.features.model_batches import BatchTimes, DatabaseGathering
from resume_review.features.model_batches.tasks import AdvanceBatch
from resume_review.features.model_usage import DatabaseLedger, UsageRecorder
from resume_review.features.prompts import DatabasePrompts
from resume_review.features.resume_analysis import go_on
from resume_review.features.resume_analysis.tasks import AnalyseReview, TellSteps
from resume_review.main import create_app
from resume_review.testing.api import ADMIN, PASSWORD
from resume_review.testing.batch_server import batch_server
from resume_review.testing.batches_kept import Batches
from resume_review.testing.postgres import temporary_database
from resume_review.testing.resumes import MARKDOWN
from resume_review.worker import analyzer_config

KEY = "sk-secret-key-of-this-test"
MODELS = {"openai": "gpt-test", "anthropic": "claude-test"}
PRICES = ("openai:gpt-test=1/10", "anthropic:claude-test=1/10")
_WRITTEN = (
    "upload_batches",
    "model_batches",
    "prompt_usage_history",
    "model_spend",
    "candidates",
    "procrastinate_jobs",
)
PEOPLE = ("Jane Doe", "John Smith", "Aiko Tanaka")
INDUSTRY = "strategy_consulting"


@dataclass
class Agency:
    """A signed-in consultant, and the vendor that the platform's worker asks."""

    app: FastAPI
    api: httpx2.AsyncClient
    vendor: Batches

    async def sent(self, *people: str) -> str:
        """A bulk upload with a review of each resume; its id."""
        files: list[tuple[str, tuple[str, bytes]]] = []
        for name in people:
            first, last = name.split()
            email = f"{first}.{last}@example.com".lower()
            body = {"first_name": first, "last_name": last, "email": email}
            created = await self.api.post("/candidates", json=body)
            # Whoever is known already gets another version of their resume.
            assert created.is_success or created.status_code == 409
            resume = MARKDOWN.replace("# Jane Doe", f"# {name}").replace("jane.doe@example.com", email)
            files.append(("files", (f"{first}.md", resume.encode())))
        form = {"auto": "true", "review": json.dumps({"industry": INDUSTRY, "type": "comprehensive"})}
        sent = await self.api.post("/resume_upload/batch", files=files, data=form)
        return sent.raise_for_status().json()["batch_id"]

    async def upload(self, *people: str) -> tuple[str, list[str]]:
        """The same; its id and those of its reviews, once all are asked for."""
        batch_id = await self.sent(*people)
        while True:
            whole = await self.bulk(batch_id)
            if whole["status"] != "processing":
                return batch_id, [item["analysis_id"] for item in whole["items"]]
            await asyncio.sleep(0.05)

    async def bulk(self, batch_id: str) -> dict[str, Any]:
        """How a bulk upload stands."""
        return (await self.api.get(f"/resume_upload/batch/{batch_id}")).raise_for_status().json()

    async def status(self, review_id: str) -> dict[str, Any]:
        """How a review stands."""
        return (await self.api.get(f"/analysis/analysis/{review_id}/status")).raise_for_status().json()

    async def at(self, review_id: str, step: str) -> dict[str, Any]:
        """The status of a review once it has come to this step."""
        while True:
            status = await self.status(review_id)
            if status["step"] == step:
                return status
            await asyncio.sleep(0.05)

    async def ended(self, review_id: str) -> dict[str, Any]:
        """The status of a review that has ended."""
        while True:
            status = await self.status(review_id)
            if status["status"] not in {"pending", "processing"}:
                return status
            await asyncio.sleep(0.05)

    async def reviewed(self, *people: str) -> list[dict[str, Any]]:
        """The results of all reviews of a bulk upload."""
        _, review_ids = await self.upload(*people)
        statuses = [await self.ended(review_id) for review_id in review_ids]
        assert {status["status"] for status in statuses} == {"completed"}, statuses
        return [status["result"] for status in statuses]

    async def receipt(self, review_id: str) -> dict[str, Any]:
        """How a review came about."""
        statement = select(ReviewResult.receipt).where(ReviewResult.review_request_id == uuid.UUID(review_id))
        return (await self.scalars(statement))[0]

    async def batches_end(self) -> list[ModelBatch]:
        """The rows of all batches, once they have ended."""
        while True:
            rows = await self.scalars(select(ModelBatch).order_by(ModelBatch.created_at))
            if rows and all(row.ended_at is not None for row in rows):
                return rows
            await asyncio.sleep(0.05)

    async def scalars(self, statement: Any) -> Any:
        """What the database says."""
        async with self.app.state.database.transaction() as session:
            return (await session.scalars(statement)).all()

    async def execute(self, statement: Any) -> None:
        """Change the database."""
        async with self.app.state.database.transaction() as session:
            await session.execute(statement)


@dataclass
class Bench(Agency):
    """The same without a worker: a test does each step itself, and no clock stands in between."""

    reviewing: AnalyseReview
    advancing: AdvanceBatch
    reading: ReadBatchItem

    async def asked(self, *people: str) -> list[str]:
        """The reviews of a bulk upload, each paused with its questions in a batch."""
        batch_id = await self.sent(*people)
        for item in (await self.bulk(batch_id))["items"]:
            await self.reading.run(uuid.UUID(item["id"]))
        review_ids = [item["analysis_id"] for item in (await self.bulk(batch_id))["items"]]
        await self.review(*review_ids)
        return review_ids

    async def review(self, *review_ids: str) -> list[dict[str, Any]]:
        """Run the job of each review once; how they stand then."""
        for review_id in review_ids:
            await self.reviewing.run(uuid.UUID(review_id))
        return [await self.status(review_id) for review_id in review_ids]

    async def advance(self, times: int = 1) -> list[ModelBatch]:
        """Close what gathers and run the job of each batch so many times; the rows as they stand then."""
        await self.execute(update(ModelBatch).values(closes_at=utc_now()))
        for _ in range(times):
            for batch in await self.batches():
                await self.advancing.run(batch.id)
        return await self.batches()

    async def batches(self) -> list[ModelBatch]:
        """The rows of all batches, the oldest first."""
        return list(await self.scalars(select(ModelBatch).order_by(ModelBatch.created_at)))

    async def items(self) -> list[ModelBatchItem]:
        """The rows of all questions, in their order."""
        return list(await self.scalars(select(ModelBatchItem).order_by(ModelBatchItem.id)))

    async def answers(self, *review_ids: str) -> list[tuple[str, bool, int]]:
        """Finish the reviews: engine, whether anything is missing, and how many agents were answered by the batch."""
        found: list[tuple[str, bool, int]] = []
        for status in await self.review(*review_ids):
            assert status["status"] == "completed", status
            receipt = await self.receipt(status["analysis_id"])
            batched = sum(agent["batched"] for agent in receipt["agents"])
            found.append((status["result"]["engine"], status["result"]["degraded"], batched))
        return found

    @property
    def now(self) -> datetime:
        """By the application's clock."""
        return utc_now()

    @property
    def later(self) -> datetime:
        """When everything that is sent now should have been done."""
        return utc_now() + timedelta(hours=2)

    async def jobs(self, name: str) -> int:
        """How many jobs of a kind are sent for later."""
        statement = text(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = :name AND status = 'todo'"
        )
        return (await self.scalars(statement.bindparams(name=name)))[0]


Open = Callable[..., AbstractAsyncContextManager[Agency]]
OpenBench = Callable[..., AbstractAsyncContextManager[Bench]]


def _models(vendor: Batches, engine: str) -> dict[str, Any]:
    base = f"{vendor.models.url}/v1" if engine == "openai" else vendor.models.url
    return {
        "engine": engine,
        "model": MODELS[engine],
        f"{engine}_base_url": base,
        f"{engine}_api_key": KEY,
        "model_prices": PRICES,
        "batches": "on",
        "batch_wait_minutes": 3,
    }


@asynccontextmanager
async def _opened(
    vendor: Batches, database_url: str, data_dir: Path, engine: str, **settings: Any
) -> AsyncGenerator[Agency]:
    app = create_app(
        load_settings(
            data_dir=data_dir,
            database_url=conninfo(database_url),
            admin_email=ADMIN,
            admin_password=PASSWORD,
            rate_limits="off",
            **_models(vendor, engine) | settings,
        )
    )
    transport = httpx2.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1") as api,
    ):
        token = await api.post("/auth/login", json={"email": ADMIN, "password": PASSWORD})
        api.headers["authorization"] = f"Bearer {token.json()['access_token']}"
        yield Agency(app, api, vendor)


def conninfo(database_url: str) -> str:
    """The form that settings take."""
    return psycopg_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture
def agency(committed_database_url: str, tmp_path: Path) -> Open:
    @asynccontextmanager
    async def opened(engine: str = "openai", **settings: Any) -> AsyncGenerator[Agency]:
        with batch_server() as vendor:
            async with _opened(vendor, committed_database_url, tmp_path, engine, **settings) as agency:
                yield agency

    return opened


@pytest.fixture(scope="module")
async def benches(
    postgres_server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[dict[str, Bench]]:
    """A bench for each vendor, both on one platform and one server."""
    times = BatchTimes(gather=timedelta(minutes=10), poll=timedelta(), wait=timedelta(hours=1))
    async with AsyncExitStack() as stack:
        address = stack.enter_context(temporary_database(postgres_server))
        vendor = stack.enter_context(batch_server())
        data_dir = tmp_path_factory.mktemp("benches")
        agency = await stack.enter_async_context(_opened(vendor, address, data_dir, "openai", workers=0))
        state, database = agency.app.state, agency.app.state.database
        gathering = DatabaseGathering(database, times, enabled=True)
        found: dict[str, Bench] = {}
        for engine in MODELS:
            settings = load_settings(**_models(vendor, engine))
            config = analyzer_config(settings, steps_conninfo=conninfo(address))
            config = replace(config, policy=replace(config.policy, retry=RetryPolicy(attempts=1)))
            ports = Ports(
                ledger=DatabaseLedger(database),
                pacer=LocalPacer(config.policy.pace),
                usage=UsageRecorder(database),
                listener=TellSteps(database),
                prompts=DatabasePrompts(database),
                gathering=gathering,
            )
            judging = await stack.enter_async_context(open_analyzer(config, ports))
            reviewing = AnalyseReview(database, judging.analyzer, steps=judging.steps, gathered=gathering)
            found[engine] = Bench(
                agency.app,
                agency.api,
                vendor,
                reviewing,
                AdvanceBatch(
                    database, judging.batches, times, request_for=reviewing.request_for, go_on=go_on
                ),
                ReadBatchItem(database, state.document_reader, state.file_store, engine=None),
            )
        yield found


@pytest.fixture
async def bench(benches: dict[str, Bench]) -> OpenBench:
    """One of them, with nothing left of the test before."""

    @asynccontextmanager
    async def opened(engine: str = "openai") -> AsyncGenerator[Bench]:
        desk = benches[engine]
        desk.vendor.reset()
        for table in _WRITTEN:
            await desk.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - names of our own
        yield desk

    return opened
