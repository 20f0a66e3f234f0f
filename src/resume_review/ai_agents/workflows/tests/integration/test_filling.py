from dataclasses import replace
from datetime import date

import pytest

from resume_review.ai_agents.guardrails.redaction import RedactionOptions
from resume_review.ai_agents.interface import AnalysisRequest
from resume_review.ai_agents.model_analyzer import AgentSettings, ModelAnalyzer, NoListener, NoUsage
from resume_review.ai_agents.prompts.loader import from_data
from resume_review.ai_agents.prompts.model import GIVEN, AgentName, Locale, Prompt
from resume_review.ai_agents.prompts.source import BundledPrompts
from resume_review.ai_agents.providers.base import ModelChoice, Vendor
from resume_review.ai_agents.providers.exchange import ModelClient
from resume_review.ai_agents.providers.fake import FakeProvider
from resume_review.ai_agents.providers.ledger import MemoryLedger
from resume_review.ai_agents.providers.pacing import LocalPacer
from resume_review.ai_agents.providers.policy import Pace, Policy
from resume_review.ai_agents.providers.prices import PriceList
from resume_review.ai_agents.rubric_analyzer import RubricAnalyzer
from resume_review.ai_agents.workflows.materials import Materials
from resume_review.documents import read_document
from resume_review.rubric import Engine
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration

REQUEST = AnalysisRequest(
    document=read_document(MARKDOWN.encode(), "resume.md"),
    industry="strategy_consulting",
    language="en",
    review_date=date(2026, 1, 1),
    target_role="Engagement manager",
)


def prompt_with(agent: AgentName, variable: str) -> Prompt:
    """A prompt that takes this value and nothing else."""
    data = {
        "schema": 1,
        "metadata": {
            "name": "one_value",
            "version": "1.0.0",
            "agent": agent,
            "locale": "en",
            "description": "Takes one value.",
            "output": "SummaryReport@1" if agent is AgentName.SUMMARY else "AppealReport@1",
        },
        "variables": {variable: {"max_chars": 9_000, "untrusted": variable in {"resume_text", "findings"}}},
        "prompts": {
            "system": "Between {{ fence.opening }} and {{ fence.closing }} stands material.",
            "user": f"This is the one value: [{{{{ {variable} }}}}]",
        },
    }
    return from_data(data)


@pytest.mark.parametrize(
    ("agent", "variable"), [(agent, name) for agent in AgentName for name in sorted(GIVEN[agent])]
)
async def test_every_variable_that_prompts_may_name_is_filled_in(agent: AgentName, variable: str) -> None:
    review = await RubricAnalyzer().analyze(REQUEST)
    materials = Materials.of(REQUEST, options=RedactionOptions(), temperature=None)
    prompt = prompt_with(agent, variable)

    call = (materials.summary_call if agent is AgentName.SUMMARY else materials.call)(prompt, review)

    assert "one value: []" not in call.user


class NarrowPrompts(BundledPrompts):
    """Prompts that know no level but that of beginners."""

    async def get(self, agent: AgentName, *, industry: str, locale: Locale, label: str) -> Prompt:
        prompt = await super().get(agent, industry=industry, locale=locale, label=label)
        tier = prompt.variables["tier"].model_copy(update={"values": ("entry",)})
        return prompt.model_copy(update={"variables": {**prompt.variables, "tier": tier}, "examples": ()})


async def test_a_prompt_that_cannot_take_a_value_leaves_the_rubrics_review() -> None:
    policy, prices = Policy(), PriceList({})
    provider = FakeProvider(ModelChoice(vendor=Vendor.FAKE, model="rubric"))
    client = ModelClient(
        [provider], policy=policy, ledger=MemoryLedger(), pacer=LocalPacer(Pace()), prices=prices
    )
    analyzer = ModelAnalyzer(
        RubricAnalyzer(),
        {None: client},
        prompts=NarrowPrompts(),
        usage=NoUsage(),
        listener=NoListener(),
        prices=prices,
        settings=AgentSettings(),
    )

    review = await analyzer.analyze(replace(REQUEST, user_id="robin"))

    assert (review.engine, review.degraded) == (Engine.RUBRIC, True)
    assert review.degraded_reason == "A prompt cannot be used."
    assert provider.calls == 0
