"""Reviews by models through the whole platform: real workers, real vendors' libraries, real sockets."""

import asyncio
import uuid
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text

from resume_review.core.settings import load_settings
from resume_review.database.models import ModelSpend, PromptUsage, ReviewResult
from resume_review.database.session import psycopg_url
from resume_review.features.resume_analysis.tasks import forget_ended
from resume_review.main import create_app
from resume_review.testing.api import ADMIN, PASSWORD
from resume_review.testing.model_server import Behaviour, ModelServer, bodies, model_server
from resume_review.testing.resumes import MARKDOWN

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]

KEY = "sk-secret-key-of-this-test"
MODELS = {"openai": "gpt-test", "anthropic": "claude-test", "google": "gemini-test"}
PERSONAL = ("Jane", "Doe", "jane.doe", "7946 0958", "linkedin.com/in")

APPEAL = {
    "scores": dict.fromkeys(
        ("achievement_relevance", "skills_alignment", "experience_fit", "competitive_positioning"), 4
    ),
    "strengths": [],
    "findings": [
        {
            "category": "scr_framework",
            "severity": 5,
            "quote": "Prepared board papers for a merger of two regional banks",
            "issue": "Neither the problem nor the outcome is told.",
            "suggestion": "Say what was at stake and what came of it.",
            "rewrite": None,
        }
    ],
}


@dataclass
class Platform:
    """A signed-in consultant at a platform with a worker of its own, and the models that it asks."""

    app: FastAPI
    api: httpx2.AsyncClient
    models: ModelServer

    async def asked(self, **terms: Any) -> str:
        """The id of a review that was asked for."""
        names = {"first_name": "Jane", "last_name": "Doe"}
        candidate = (await self.api.post("/candidates", json=names)).json()["candidate"]["id"]
        path = f"/resume_upload/candidates/{candidate}/resumes"
        uploaded = await self.api.post(path, files={"file": ("resume.md", MARKDOWN.encode())})
        question = {"industry": "strategy_consulting"} | terms
        path = f"/analysis/resumes/{uploaded.json()['id']}/analyze"
        return (await self.api.post(path, json=question)).raise_for_status().json()["analysis_id"]

    async def ended(self, review_id: str) -> dict[str, Any]:
        """The status of a review, once it has ended."""
        while True:
            status = (await self.api.get(f"/analysis/analysis/{review_id}/status")).json()
            if status["status"] not in {"pending", "processing"}:
                return status
            await asyncio.sleep(0.05)

    async def reviewed(self, **terms: Any) -> dict[str, Any]:
        """The result of a review."""
        status = await self.ended(await self.asked(**terms))
        assert status["status"] == "completed", status
        return status["result"]

    async def scalars(self, statement: Any) -> Any:
        """What the database says."""
        async with self.app.state.database.transaction() as session:
            return (await session.scalars(statement)).all()

    async def steps_kept(self, *, wanted: bool) -> None:
        """Wait until something is kept of an unfinished review, or nothing of any."""
        while True:
            if bool(await self.scalars(text("SELECT 1 FROM review_steps.checkpoints"))) is wanted:
                return
            await asyncio.sleep(0.05)


Open = Callable[..., AbstractAsyncContextManager[Platform]]


def address_of(url: str) -> str:
    """The form that settings take."""
    return psycopg_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture
def platform(committed_database_url: str, tmp_path: Path) -> Open:
    @asynccontextmanager
    async def opened(engine: str = "openai", **settings: Any) -> AsyncGenerator[Platform]:
        with model_server() as models:
            base = f"{models.url}/v1" if engine == "openai" else models.url
            address = {f"{engine}_base_url": base, f"{engine}_api_key": KEY}
            known: dict[str, Any] = {"engine": engine, "model": MODELS.get(engine), **address, **settings}
            app = create_app(
                load_settings(
                    data_dir=tmp_path,
                    database_url=address_of(committed_database_url),
                    admin_email=ADMIN,
                    admin_password=PASSWORD,
                    rate_limits="off",
                    **known,
                )
            )
            transport = httpx2.ASGITransport(app=app)
            async with (
                app.router.lifespan_context(app),
                httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1") as api,
            ):
                token = await api.post("/auth/login", json={"email": ADMIN, "password": PASSWORD})
                api.headers["authorization"] = f"Bearer {token.json()['access_token']}"
                yield Platform(app, api, models)

    return opened


@pytest.mark.parametrize("vendor", MODELS)
async def test_a_review_by_a_vendors_model_is_stored_with_what_it_cost(platform: Open, vendor: str) -> None:
    model = MODELS[vendor]
    async with platform(vendor, model_prices=f"{vendor}:{model}=1/2") as agency:
        result = await agency.reviewed()
        (row,) = await agency.scalars(select(ReviewResult))
        uses = await agency.scalars(select(PromptUsage))
        raw = await agency.scalars(select(ReviewResult.raw_ai_response))

    assert (result["engine"], result["degraded"], result["ai_model_used"]) == ("rubric+llm", False, model)
    assert row.input_tokens == sum(use.input_tokens for use in uses) == 2000
    assert row.cost_usd == (row.input_tokens + 2 * row.output_tokens) / Decimal(1_000_000)
    assert {use.agent_name for use in uses} == {"structure", "appeal"}
    assert [agent["agent"] for agent in raw[0]["agents"]] == ["structure", "appeal"]


@pytest.mark.parametrize("vendor", MODELS)
async def test_nothing_that_names_the_person_and_no_key_leaves_in_a_body(platform: Open, vendor: str) -> None:
    async with platform(vendor, model_summary="on") as agency:
        await agency.reviewed(target_role="Manager, like Jane Doe")
        sent = bodies(agency.models.asked)

    assert len(agency.models.asked) == 3
    assert [word for word in (*PERSONAL, KEY) if word in sent] == []


async def test_comments_of_models_have_the_first_clients_categories(platform: Open) -> None:
    async with platform() as agency:
        agency.models.fixed_answers = {"AppealReport": APPEAL}
        result = await agency.reviewed()

    feedback = result["detailed_scores"]["appeal_analysis"]["feedback"]["specific_feedback"]
    told = {comment["category"]: comment["target_text"] for comment in feedback}
    assert told["scr_framework"] == "Prepared board papers for a merger of two regional banks"


async def test_a_model_of_unknown_price_has_no_cost_rather_than_none(platform: Open) -> None:
    async with platform() as agency:
        await agency.reviewed()

        assert await agency.scalars(select(ReviewResult.cost_usd)) == [None]


@pytest.mark.parametrize(
    ("behaviour", "fault"),
    [
        (Behaviour.BAD_KEY, "BadKeyError"),
        (Behaviour.LONG_WAIT, "RateLimitedError"),
        (Behaviour.REFUSAL, "RefusedError"),
        (Behaviour.WRONG_SHAPE, "MalformedError"),
        (Behaviour.OTHER_MODEL, "WrongModelError"),
        (Behaviour.HANG, "TimedOutError"),
    ],
)
async def test_whatever_the_model_does_the_rubric_reviews_and_says_why(
    platform: Open, behaviour: Behaviour, fault: str
) -> None:
    async with platform(model_seconds=2) as agency:
        agency.models.always = behaviour
        result = await agency.reviewed()

    assert (result["engine"], result["degraded"]) == ("rubric", True)
    assert fault in result["degraded_reason"]
    assert result["overall_score"] is not None


async def test_the_next_vendor_answers_for_the_first(platform: Open) -> None:
    async with platform("openai", openai_base_url="http://127.0.0.1:9/v1", fallback="fake:rubric") as agency:
        result = await agency.reviewed()

    assert (result["engine"], result["ai_model_used"]) == ("rubric+llm", "rubric")


async def test_a_model_that_keeps_failing_is_shown_as_degraded(platform: Open) -> None:
    async with platform(model_seconds=10) as agency:
        agency.models.always = Behaviour.SERVER_ERROR
        await agency.reviewed()
        parts = (await agency.api.get("http://test/health/ready")).json()["parts"]

    assert parts["provider"]["state"] == "degraded"
    assert "openai:gpt-test" in parts["provider"]["reason"]


async def test_a_days_budget_of_a_user_holds_for_all_their_reviews_at_once(platform: Open) -> None:
    async with platform(workers=4, budget_user_day_tokens=20_000) as agency:
        ids = [await agency.asked(target_role=f"Role {number}") for number in range(6)]
        ended = [await agency.ended(review_id) for review_id in ids]
        spent = await agency.scalars(select(ModelSpend.tokens).where(ModelSpend.payer.like("user:%")))

    assert {status["status"] for status in ended} == {"completed"}
    assert {status["result"]["degraded"] for status in ended} == {True, False}
    assert spent[0] <= 20_000


async def test_the_same_question_is_answered_without_asking_the_model_again(platform: Open) -> None:
    async with platform() as agency:
        await agency.reviewed()
        before = len(agency.models.asked)
        result = await agency.reviewed()

    assert result["reused_from"] is not None
    assert len(agency.models.asked) == before


async def test_a_quick_scan_asks_no_model(platform: Open) -> None:
    async with platform() as agency:
        result = await agency.reviewed(review_type="quick_scan")

    assert (result["engine"], agency.models.asked) == ("rubric", [])


async def test_steps_are_told_and_nothing_is_kept_of_a_finished_review(platform: Open) -> None:
    async with platform(model_summary="on") as agency:
        agency.models.held = {"SummaryReport"}
        review_id = await agency.asked()
        while True:
            status = (await agency.api.get(f"/analysis/analysis/{review_id}/status")).json()
            if status["step"] == "summary":
                break
            await asyncio.sleep(0.05)
        agency.models.held = set()
        await agency.ended(review_id)
        await agency.steps_kept(wanted=False)

    assert status["progress"] == 85


async def test_steps_of_a_review_that_was_called_off_are_forgotten(platform: Open) -> None:
    async with platform() as agency:
        agency.models.held = {"StructureReport"}
        review_id = await agency.asked()
        await agency.steps_kept(wanted=True)
        (await agency.api.delete(f"/analysis/{review_id}/cancel")).raise_for_status()
        await agency.steps_kept(wanted=False)
        status = await agency.ended(review_id)

    assert status["status"] == "cancelled"


async def test_leftover_steps_are_dropped_and_those_of_open_reviews_are_kept(platform: Open) -> None:
    class Kept:
        """Two reviews: one that nobody knows, one that goes on."""

        def __init__(self, *ids: str) -> None:
            self.ids = list(ids)

        async def kept(self) -> list[str]:
            return list(self.ids)

        async def forget(self, review_id: str) -> None:
            self.ids.remove(review_id)

    async with platform() as agency:
        agency.models.held = {"StructureReport", "AppealReport"}
        goes_on = await agency.asked()
        steps = Kept(str(uuid.uuid4()), goes_on)

        await forget_ended(agency.app.state.database, steps)

    assert steps.ids == [goes_on]
