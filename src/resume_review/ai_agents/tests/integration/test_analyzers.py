"""One contract for all analyzers: in this process, and behind a real socket."""

import asyncio
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import httpx2
import pytest
import uvicorn
from starlette.applications import Starlette

from resume_review.ai_agents.client import check_setup, describe, open_analyzer
from resume_review.ai_agents.config import AnalyzerConfig, OpenAnalyzer, Ports
from resume_review.ai_agents.interface import (
    AIAnalyzer,
    AnalysisError,
    AnalysisRequest,
    LimitAnalysisError,
    MalformedAnswerError,
    RefusedAnalysisError,
    RetryableAnalysisError,
    UnavailableAnalysisError,
)
from resume_review.ai_agents.model_analyzer import NoListener, NoUsage
from resume_review.ai_agents.prompts.source import BundledPrompts
from resume_review.ai_agents.providers.factory import ModelSetupError
from resume_review.ai_agents.providers.ledger import MemoryLedger
from resume_review.ai_agents.providers.pacing import LocalPacer
from resume_review.ai_agents.remote import ANALYSES, open_remote
from resume_review.ai_agents.rubric_analyzer import RubricAnalyzer
from resume_review.ai_agents.serving import LARGEST_REQUEST, create_service
from resume_review.documents import read_document
from resume_review.rubric import Industry, Review, ReviewType
from resume_review.rubric.packs import pack_text
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration

SECRET = "a secret of this test alone"
REQUEST = AnalysisRequest(
    document=read_document(MARKDOWN.encode(), "resume.md"),
    industry="strategy_consulting",
    language="en",
    review_date=date(2026, 11, 21),
    known_names=("Jane Doe",),
)


class Failing:
    """Gives no answer, in one of the ways that there are."""

    name = "failing"

    def __init__(self, error: AnalysisError) -> None:
        self._error = error

    async def analyze(self, request: AnalysisRequest) -> Review:
        raise self._error from RuntimeError(request.industry)


def ports(config: AnalyzerConfig) -> Ports:
    return Ports(
        ledger=MemoryLedger(),
        pacer=LocalPacer(config.policy.pace),
        usage=NoUsage(),
        listener=NoListener(),
        prompts=BundledPrompts(),
    )


@asynccontextmanager
async def serving(app: Starlette) -> AsyncGenerator[str]:
    """The address of the service while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        async with _running(server, listener):
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@asynccontextmanager
async def _running(server: uvicorn.Server, listener: socket.socket) -> AsyncGenerator[None]:
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = server.force_exit = True
        await task


@asynccontextmanager
async def remote_of(analyzer: AIAnalyzer, *, secret: str = SECRET) -> AsyncGenerator[AIAnalyzer]:
    app = create_service(OpenAnalyzer(analyzer=analyzer), secret=SECRET)
    async with serving(app) as address, open_remote(address, secret) as remote:
        yield remote


@pytest.fixture(params=["rubric", "fake", "remote rubric", "remote fake"])
async def analyzer(request: pytest.FixtureRequest) -> AsyncIterator[AIAnalyzer]:
    models = ("fake:rubric",) if "fake" in request.param else ()
    config = AnalyzerConfig(models=models)
    async with open_analyzer(config, ports(config)) as opened:
        if "remote" not in request.param:
            yield opened.analyzer
            return
        async with remote_of(opened.analyzer) as remote:
            yield remote


async def test_a_review_comes_back_with_scores_and_receipt(analyzer: AIAnalyzer) -> None:
    review = await analyzer.analyze(REQUEST)

    assert review.scores.overall is not None
    assert review.receipt.review_date == "2026-11-21"
    assert review.document.filename == "resume.md"


async def test_an_own_pack_is_what_is_looked_for(analyzer: AIAnalyzer) -> None:
    own = pack_text(Industry.MA_FINANCE)

    review = await analyzer.analyze(replace(REQUEST, own_pack=own))

    assert "sha256:" in review.receipt.pack
    assert not review.degraded


async def test_the_same_request_has_the_same_scores(analyzer: AIAnalyzer) -> None:
    first, second = await analyzer.analyze(REQUEST), await analyzer.analyze(REQUEST)

    assert (first.scores, first.findings) == (second.scores, second.findings)


async def test_a_quick_scan_asks_no_model(analyzer: AIAnalyzer) -> None:
    review = await analyzer.analyze(replace(REQUEST, review_type=ReviewType.QUICK_SCAN))

    assert review.receipt.agents == []


FAULTS = (
    RetryableAnalysisError,
    LimitAnalysisError,
    MalformedAnswerError,
    RefusedAnalysisError,
    UnavailableAnalysisError,
)


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_failure_keeps_its_kind_over_the_wire(fault: type[AnalysisError]) -> None:
    async with remote_of(Failing(fault("It is so."))) as remote:
        with pytest.raises(fault, match="It is so"):
            await remote.analyze(REQUEST)


async def test_a_wrong_secret_is_refused() -> None:
    async with remote_of(RubricAnalyzer(), secret="another secret") as remote:
        with pytest.raises(UnavailableAnalysisError, match="secret"):
            await remote.analyze(REQUEST)


@pytest.mark.parametrize(("body", "status"), [(b"{}", 400), (b"x" * (LARGEST_REQUEST + 1), 413)])
async def test_a_body_that_is_no_request_is_refused(body: bytes, status: int) -> None:
    app = create_service(OpenAnalyzer(analyzer=RubricAnalyzer()), secret=SECRET)
    headers = {"authorization": f"Bearer {SECRET}"}
    async with serving(app) as address, httpx2.AsyncClient(base_url=address, headers=headers) as client:
        response = await client.post(ANALYSES, content=body)

    assert response.status_code == status


async def test_without_the_service_the_rubric_reviews_and_says_so() -> None:
    config = AnalyzerConfig(service_url="http://127.0.0.1:9", service_secret=SECRET)
    async with open_analyzer(config, ports(config)) as opened:
        review = await opened.analyzer.analyze(REQUEST)

    assert (review.degraded, review.engine.value) == (True, "rubric")
    assert review.degraded_reason is not None
    assert "cannot be reached" in review.degraded_reason


@pytest.mark.parametrize(
    ("config", "wish"),
    [
        (AnalyzerConfig(models=("openai:m",)), "OPENAI_API_KEY"),
        (AnalyzerConfig(models=("oracle:m",)), "vendor:model"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_loaded(config: AnalyzerConfig, wish: str) -> None:
    with pytest.raises(ModelSetupError, match=wish):
        check_setup(config)


def test_other_models_or_redaction_are_another_engine() -> None:
    configs = [
        AnalyzerConfig(),
        AnalyzerConfig(models=("fake:a",)),
        AnalyzerConfig(models=("fake:b",)),
        AnalyzerConfig(models=("fake:a", "fake:b")),
        AnalyzerConfig(models=("fake:a",), redact_schools=False),
    ]

    fingerprints = [describe(config).fingerprint for config in configs]

    assert None not in fingerprints
    assert len(set(fingerprints)) == len(configs)


def test_what_a_remote_service_judges_with_is_not_known() -> None:
    assert describe(AnalyzerConfig(service_url="http://x")).fingerprint is None
