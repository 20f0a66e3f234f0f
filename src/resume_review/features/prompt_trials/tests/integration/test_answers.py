import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import msgspec
import pytest
from sqlalchemy import select, text

from resume_review.ai_agents.interface import AnalysisRequest, Payer, Prompt, TrialAnswer
from resume_review.ai_agents.providers.base import Vendor
from resume_review.ai_agents.providers.policy import Budget, Policy
from resume_review.core.settings import load_settings
from resume_review.database.models import ModelSpend, PromptTrialResult, PromptUsage
from resume_review.database.session import psycopg_url
from resume_review.features.prompt_trials.tasks import TryPrompts
from resume_review.main import create_app
from resume_review.testing.api import ADMIN, PASSWORD
from resume_review.testing.model_server import model_server
from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from resume_review.features.prompt_trials.tests.conftest import Agency, Tester

pytestmark = pytest.mark.integration

PATH = "/admin/prompt-trials"
DRAFTED = "Mind the figures above all."
PERSONAL = ("Jane", "Doe", "jane.doe", "7946 0958", "linkedin.com/in")
PRICES = {"fake:rubric": (Decimal(1), Decimal(2))}


@pytest.fixture
def settings(tmp_path: Path) -> Any:
    return load_settings(
        data_dir=tmp_path, workers=0, admin_email=ADMIN, admin_password=PASSWORD, engine="fake"
    )


async def test_both_sides_answer_and_nothing_becomes_a_review(agency: "Agency", tester: "Tester") -> None:
    trial = await agency.started(await agency.resumes(2))
    async with tester(prices=PRICES) as models:
        await agency.work(models)

    shown = await agency.get(trial)
    results = (await agency.get(f"{trial}/results"))["results"]
    assert (shown["state"], shown["done"], shown["total"]) == ("completed", 2, 2)
    for side in ("current_figures", "new_figures"):
        assert (shown[side]["answered"], shown[side]["failed"], shown[side]["dropped"]) == (2, 0, 0)
        assert Decimal(shown[side]["cost_usd"]) > 0
    assert set(shown["steps"].values()) == {0}
    current, new = results[0]["current"], results[0]["new"]
    assert set(current["steps"]) == set(new["points"])
    assert all(comment["verified"] and comment["quote"] in MARKDOWN for comment in new["comments"])
    assert results[0]["difference"]["both"] == new["quotes"] == current["quotes"]
    assert results[0]["difference"]["tokens"] > 0, "the draft is longer"
    assert (
        await agency.scalars(text("SELECT 1 FROM review_requests UNION ALL SELECT 1 FROM review_results"))
        == []
    )


async def test_usage_says_that_it_was_a_trial_and_keeps_no_words(agency: "Agency", tester: "Tester") -> None:
    await agency.started(await agency.resumes(1))
    async with tester(prices=PRICES) as models:
        await agency.work(models)

    uses = (
        await agency.api.get("/admin/prompts/usage", params={"purpose": "trial", "prompt": "appeal_analysis"})
    ).json()
    reviews = (await agency.api.get("/admin/prompts/usage", params={"purpose": "review"})).json()
    answers = await agency.scalars(select(PromptUsage.agent_response))
    assert {use["prompt_version"] for use in uses["usage"]} == {"1.0.0", "1.1.0"}
    assert {use["purpose"] for use in uses["usage"]} == {"trial"}
    assert reviews["total_count"] == 0
    assert set(answers) == {None}


async def test_the_administrator_pays(agency: "Agency", tester: "Tester") -> None:
    await agency.started(await agency.resumes(1))
    async with tester(prices=PRICES) as models:
        await agency.work(models)

    payers = {row.payer.partition(":")[0]: row for row in await agency.scalars(select(ModelSpend))}
    admin = (await agency.api.get("/auth/me")).json()["id"]
    assert set(payers) == {"review", "user", "all"}
    assert payers["user"].payer == f"user:{admin}"
    assert payers["review"].payer.startswith("review:trial:")
    assert payers["all"].cost_usd > 0


async def test_over_the_ceiling_nothing_is_sent(agency: "Agency", tester: "Tester") -> None:
    trial = await agency.started(await agency.resumes(1))
    async with tester(policy=Policy(budget=Budget(review_tokens=10))) as models:
        await agency.work(models)

    (result,) = (await agency.get(f"{trial}/results"))["results"]
    assert (result["new"]["fault"], result["new"]["calls"]) == ("BudgetError", 0)
    assert result["current"]["steps"] == {}
    assert await agency.scalars(select(PromptUsage)) == []


async def test_invented_quotes_are_shown_as_such(agency: "Agency", tester: "Tester") -> None:
    trial = await agency.started(await agency.resumes(1))
    async with tester(models=("fake:rubric!invent",)) as models:
        await agency.work(models)

    (result,) = (await agency.get(f"{trial}/results"))["results"]
    invented = [one for one in result["new"]["comments"] if not one["verified"]]
    assert result["new"]["fault"] == "MalformedError"
    assert result["new"]["dropped"] == len(invented) > 0
    assert all(one["quote"] and one["rewrite"] is None for one in invented)
    assert result["new"]["points"] == {}
    assert (await agency.get(trial))["new_figures"]["failed"] == 1


async def test_models_get_the_draft_and_nothing_that_names_the_person(
    agency: "Agency", tester: "Tester"
) -> None:
    await agency.started(await agency.resumes(1))
    with model_server() as server:
        async with tester(
            models=("openai:gpt-test",),
            keys={Vendor.OPENAI: "sk-test"},
            base_urls={Vendor.OPENAI: f"{server.url}/v1"},
        ) as models:
            await agency.work(models)
        sent = [one.body for one in server.asked]

    assert len(sent) == 2
    assert sum(DRAFTED in body for body in sent) == 1
    assert [word for word in PERSONAL for body in sent if word in body] == []


async def test_a_worker_that_died_between_both_sides_asks_for_the_other_alone(
    agency: "Agency", tester: "Tester"
) -> None:
    await agency.started(await agency.resumes(1))
    (result_id,) = await agency.jobs()
    async with tester() as models:
        await TryPrompts(agency.database, models).run(result_id)
        async with agency.database.transaction() as session:
            await session.execute(
                text("UPDATE prompt_trial_results SET new_answer = NULL, finished_at = NULL")
            )
        before = await agency.scalars(select(PromptUsage.prompt_version))

        await TryPrompts(agency.database, models).run(result_id)

    after = await agency.scalars(select(PromptUsage.prompt_version))
    assert sorted(after) == sorted([*before, "1.1.0"])


async def test_a_finished_result_is_not_made_again(agency: "Agency", tester: "Tester") -> None:
    await agency.started(await agency.resumes(1))
    async with tester() as models:
        await agency.work(models)
        calls = len(await agency.scalars(select(PromptUsage)))
        await agency.work(models)

    assert len(await agency.scalars(select(PromptUsage))) == calls == 2


async def test_an_answer_after_the_cancellation_is_not_kept(agency: "Agency", tester: "Tester") -> None:
    trial = await agency.started(await agency.resumes(1))
    (result_id,) = await agency.jobs()

    class Late:
        async def judge(self, request: AnalysisRequest, prompt: Prompt, *, payer: Payer) -> TrialAnswer:
            async with agency.database.transaction() as session:
                await session.execute(text("UPDATE prompt_trials SET cancelled_at = now()"))
            return await models.judge(request, prompt, payer=payer)

    async with tester() as models:
        await TryPrompts(agency.database, Late()).run(result_id)

    (row,) = await agency.scalars(select(PromptTrialResult))
    assert (row.current_answer, row.new_answer, row.finished_at) == (None, None, None)
    assert (await agency.get(trial))["state"] == "cancelled"


async def test_a_worker_without_models_says_so(agency: "Agency") -> None:
    trial = await agency.started(await agency.resumes(1))

    await agency.work(None)

    (result,) = (await agency.get(f"{trial}/results"))["results"]
    assert result["state"] == "failed"
    assert "settings of the server" in result["fault"]


async def test_a_summarys_prompt_can_be_tried(agency: "Agency", tester: "Tester") -> None:
    name = "executive_summary"
    trial = await agency.started(await agency.resumes(1), name=name, yaml=await agency.draft(name))
    async with tester() as models:
        await agency.work(models)

    (result,) = (await agency.get(f"{trial}/results"))["results"]
    assert result["new"]["fault"] is None
    assert result["new"]["summary"]
    assert result["difference"]["steps"] == {}


async def test_a_resume_without_a_rubrics_review_is_not_sent(agency: "Agency", tester: "Tester") -> None:
    (resume,) = await agency.resumes(1)
    async with agency.database.transaction() as session:
        await session.execute(
            text("""UPDATE resumes SET document = jsonb_set(document, '{text}', '"Hello"')""")
        )
    trial = await agency.started([resume])
    async with tester() as models:
        await agency.work(models)

    (result,) = (await agency.get(f"{trial}/results"))["results"]
    assert result["new"]["fault"].startswith("review.")
    assert await agency.scalars(select(PromptUsage)) == []


@asynccontextmanager
async def platform(database_url: str, directory: Path) -> AsyncGenerator[httpx2.AsyncClient]:
    """The whole platform with a worker, and its administrator."""
    url = psycopg_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    app = create_app(
        load_settings(
            data_dir=directory,
            database_url=url,
            workers=1,
            engine="fake",
            admin_email=ADMIN,
            admin_password=PASSWORD,
        )
    )
    transport = httpx2.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1") as api,
    ):
        token = await api.post("/auth/login", json={"email": ADMIN, "password": PASSWORD})
        api.headers["authorization"] = f"Bearer {token.json()['access_token']}"
        yield api


async def test_a_worker_makes_the_trials_that_were_asked_for(
    committed_database_url: str, tmp_path: Path
) -> None:
    async with platform(committed_database_url, tmp_path) as api:
        names = {"first_name": "Jane", "last_name": "Doe"}
        candidate = (await api.post("/candidates", json=names)).json()["candidate"]["id"]
        path = f"/resume_upload/candidates/{candidate}/resumes"
        resume = (await api.post(path, files={"file": ("resume.md", MARKDOWN.encode())})).json()["id"]
        body = {
            "name": "structure_analysis",
            "locale": "en",
            "industry": "strategy_consulting",
            "version": "1.0.0",
            "resume_ids": [resume],
        }
        trial = (await api.post(PATH, json=body)).raise_for_status().json()["id"]
        while True:
            shown = (await api.get(f"{PATH}/{trial}")).json()
            if shown["state"] != "running":
                break
            await asyncio.sleep(0.05)

    assert (shown["state"], shown["current_figures"]["answered"]) == ("completed", 1)
    assert shown["current_figures"]["quotes"] == shown["new_figures"]["quotes"] > 0


def test_answers_survive_being_stored() -> None:
    answer = TrialAnswer(
        fault=None, steps={"tone": 3}, points={}, comments=(), summary=None, quotes=0, dropped=0,
        rewrites_dropped=0, model="m", input_tokens=1, output_tokens=1, cost_usd=Decimal("0.000123"),
        calls=1, latency_ms=5, repaired=False,
    )  # fmt: skip

    stored = msgspec.json.decode(msgspec.json.encode(msgspec.to_builtins(answer)))

    assert msgspec.convert(stored, TrialAnswer).cost_usd == Decimal("0.000123")
