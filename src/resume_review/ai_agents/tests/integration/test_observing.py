"""What whoever watches the models hears of them."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

import pytest

from resume_review.ai_agents.client import open_analyzer
from resume_review.ai_agents.config import AnalyzerConfig, Ports
from resume_review.ai_agents.interface import AnalysisRequest, CallFacts, CallOutcome
from resume_review.ai_agents.model_analyzer import NoListener, NoUsage
from resume_review.ai_agents.prompts.source import BundledPrompts
from resume_review.ai_agents.providers.base import Vendor
from resume_review.ai_agents.providers.ledger import MemoryLedger
from resume_review.ai_agents.providers.pacing import LocalPacer
from resume_review.documents import read_document
from resume_review.testing.model_server import Behaviour, model_server
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration

REQUEST = AnalysisRequest(
    document=read_document(MARKDOWN.encode(), "resume.md"),
    industry="strategy_consulting",
    language="en",
    review_date=date(2026, 1, 1),
)


@dataclass
class Watcher:
    """Writes down what it sees."""

    steps: list[str] = field(default_factory=list[str])
    called: list[CallFacts] = field(default_factory=list[CallFacts])
    outcomes: list[CallOutcome] = field(default_factory=list[CallOutcome])
    failed: list[str] = field(default_factory=list[str])
    verified: int = 0
    dropped: int = 0

    @contextmanager
    def step(self, name: str) -> Generator[None]:
        self.steps.append(name)
        yield

    @contextmanager
    def call(self, facts: CallFacts) -> Generator["Watcher"]:
        self.called.append(facts)
        try:
            yield self
        except Exception as error:
            self.failed.append(type(error).__name__)
            raise

    def answered(self, outcome: CallOutcome) -> None:
        self.outcomes.append(outcome)

    def quotes(self, agent: str, *, verified: int, dropped: int) -> None:
        del agent
        self.verified += verified
        self.dropped += dropped


async def watched(behaviour: Behaviour) -> Watcher:
    """What is seen of one review by a model that behaves like this."""
    watcher = Watcher()
    with model_server() as server:
        server.always = behaviour
        config = AnalyzerConfig(
            models=("openai:gpt-test",),
            keys={Vendor.OPENAI: "sk-for-tests"},
            base_urls={Vendor.OPENAI: f"{server.url}/v1"},
        )
        ports = Ports(
            ledger=MemoryLedger(),
            pacer=LocalPacer(config.policy.pace),
            usage=NoUsage(),
            listener=NoListener(),
            prompts=BundledPrompts(),
            observer=watcher,
        )
        async with open_analyzer(config, ports) as opened:
            await opened.analyzer.analyze(REQUEST)
    return watcher


async def test_steps_calls_and_quotes_of_a_review_are_seen() -> None:
    seen = await watched(Behaviour.GOOD)

    assert set(seen.steps) == {"prepare", "structure", "appeal", "summarise"}
    assert {facts.agent for facts in seen.called} == {"structure", "appeal"}
    assert {facts.model for facts in seen.called} == {"gpt-test"}
    assert [outcome.fault for outcome in seen.outcomes] == [None, None]
    assert all(outcome.input_tokens == 1000 for outcome in seen.outcomes)
    assert seen.verified > 0


async def test_quotes_of_answers_that_cannot_be_believed_are_seen_as_well() -> None:
    seen = await watched(Behaviour.INVENTED_QUOTES)

    # Whoever invents more than a fifth is asked a second time.
    assert len(seen.called) > 2
    assert seen.dropped > seen.verified


async def test_an_answer_of_another_model_is_seen_as_a_fault() -> None:
    seen = await watched(Behaviour.OTHER_MODEL)

    assert {outcome.fault for outcome in seen.outcomes} == {"WrongModelError"}


async def test_a_call_that_fails_is_seen_with_its_fault() -> None:
    seen = await watched(Behaviour.BAD_KEY)

    assert set(seen.failed) == {"BadKeyError"}
    assert seen.outcomes == []
