"""What a review by models costs beyond the model itself, beside the vendor's own library asking the same two questions."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from harness import Measurement

from resume_review.ai_agents.evaluation.cases import Case, Kind
from resume_review.ai_agents.evaluation.golden_set import golden_set
from resume_review.ai_agents.guardrails.redaction import RedactionOptions
from resume_review.ai_agents.interface import AnalysisRequest
from resume_review.ai_agents.model_analyzer import AgentSettings, ModelAnalyzer, NoListener, NoUsage
from resume_review.ai_agents.prompts.loader import bundled
from resume_review.ai_agents.prompts.model import Locale
from resume_review.ai_agents.prompts.source import NAMES, BundledPrompts
from resume_review.ai_agents.providers.base import Call, LLMProvider, Vendor
from resume_review.ai_agents.providers.exchange import ModelClient
from resume_review.ai_agents.providers.factory import create_provider, parse_choice
from resume_review.ai_agents.providers.fake import plausible_answer
from resume_review.ai_agents.providers.ledger import MemoryLedger
from resume_review.ai_agents.providers.pacing import LocalPacer
from resume_review.ai_agents.providers.policy import Budget, Pace, Policy
from resume_review.ai_agents.providers.prices import PriceList
from resume_review.ai_agents.providers.schemas import strict_schema
from resume_review.ai_agents.rubric_analyzer import RubricAnalyzer
from resume_review.ai_agents.workflows.materials import AGENTS, Materials
from resume_review.rubric import Review

LATENCY_S = 0.5
CROWD = 100
ALONE = 10
MODEL = "model-of-the-benchmark"

ENOUGH_MS = 16.7
"""60 reviews a second on one processor."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Milliseconds for one review of those at once: beyond the provider's latency, and of the processor."""

    over_latency: float
    processor: float


Work = Callable[[], Awaitable[object]]
Way = Callable[[str, int], Coroutine[Any, Any, Cost]]


@cache
def _request() -> AnalysisRequest:
    """An executive's resume of four roles."""
    resume = golden_set()[3]
    case = Case(id=resume.name, kind=Kind.REPEAT, base=resume.name, resume=resume, text=resume.text)
    return case.request()


@cache
def _materials() -> Materials:
    return Materials.of(_request(), options=RedactionOptions(), temperature=None)


def _answers() -> dict[str, bytes]:
    """What the vendor answers: real findings, so that there are quotes to be looked for."""
    texts = {
        name: json.dumps(plausible_answer(_materials().shown_text, name))
        for name in ("StructureReport", "AppealReport")
    }
    return {name: json.dumps(_completion(text)).encode() for name, text in texts.items()}


def _completion(text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    return {
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": MODEL,
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 1500, "completion_tokens": 400, "total_tokens": 1900},
    }  # fmt: skip


def _serve(pipe: Connection, answers: dict[str, bytes]) -> None:
    """A vendor in a process of its own, so that its work is not counted as ours; as little of it as possible."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
                asked = await reader.readexactly(length)
                with suppress(TimeoutError):
                    await asyncio.wait_for(asyncio.Event().wait(), LATENCY_S)
                answer = answers["AppealReport" if b"achievement_relevance" in asked else "StructureReport"]
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ")
                writer.write(b"%d\r\n\r\n" % len(answer) + answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def serve() -> None:
        server = await asyncio.start_server(talk, "127.0.0.1", 0, backlog=1000)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


@contextmanager
def _vendor() -> Generator[str]:
    ours, theirs = Pipe()
    process = get_context("spawn").Process(target=_serve, args=(theirs, _answers()), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}/v1"
    finally:
        process.terminate()
        process.join()


def _provider(address: str) -> LLMProvider:
    return create_provider(parse_choice(f"openai:{MODEL}", base_urls={Vendor.OPENAI: address}), {})


def _analyzer(provider: LLMProvider) -> ModelAnalyzer:
    free = Budget(review_tokens=None, review_usd=None, user_day_tokens=None, user_day_usd=None, day_usd=None)
    policy, prices = Policy(budget=free, pace=Pace(at_once=2 * CROWD)), PriceList()
    client = ModelClient(
        [provider], policy=policy, ledger=MemoryLedger(), pacer=LocalPacer(policy.pace), prices=prices
    )
    return ModelAnalyzer(
        RubricAnalyzer(), {None: client}, prompts=BundledPrompts(), usage=NoUsage(), listener=NoListener(),
        prices=prices, settings=AgentSettings(),
    )  # fmt: skip


async def _judged(analyzer: ModelAnalyzer) -> None:
    review: Review = await analyzer.analyze(_request())
    if review.degraded or not any(agent.quotes for agent in review.receipt.agents):
        raise RuntimeError(f"the models were not heard: {review.degraded_reason}")


async def _ours(address: str, many: int) -> Cost:
    provider = _provider(address)
    analyzer = _analyzer(provider)
    try:
        return await _timed(lambda: _judged(analyzer), many)
    finally:
        await provider.close()


async def _bare(address: str, many: int) -> Cost:
    import openai  # A second that other measurements need not wait for.

    review = await RubricAnalyzer().analyze(_request())
    calls = [_materials().call(bundled()[NAMES[agent], Locale.ENGLISH], review) for agent in AGENTS]
    client = openai.AsyncOpenAI(api_key="none", base_url=address, max_retries=0)

    async def ask(call: Call) -> object:
        form = {"name": "report", "schema": strict_schema(call.schema), "strict": True}
        answer = await client.chat.completions.create(
            model=MODEL,
            messages=[{"role": "system", "content": call.system}, {"role": "user", "content": call.user}],
            response_format={"type": "json_schema", "json_schema": form},  # pyright: ignore[reportArgumentType]
        )
        return call.schema.model_validate_json(answer.choices[0].message.content or "")

    async with client:
        return await _timed(lambda: asyncio.gather(*map(ask, calls)), many)


async def _timed(work: Work, many: int) -> Cost:
    """One after the other, or all at once where there are many."""
    await work()
    if many == 1:
        return min([await _cost(work, 1) for _ in range(ALONE)], key=lambda cost: cost.over_latency)
    await _cost(work, many)
    return await _cost(work, many)


async def _cost(work: Work, many: int) -> Cost:
    started, spent = time.perf_counter(), time.process_time()
    await asyncio.gather(*(work() for _ in range(many)))
    return Cost(
        over_latency=1000 * (time.perf_counter() - started - LATENCY_S) / many,
        processor=1000 * (time.process_time() - spent) / many,
    )


def _run(way: Way, many: int) -> Cost:
    with _vendor() as address:
        return asyncio.run(way(address, many))


def _peak(pipe: Connection, way: Way, address: str) -> None:
    asyncio.run(way(address, CROWD))
    # The peak that getrusage tells would be that of the parent.
    status = Path("/proc/self/status").read_text()
    pipe.send(int(status.partition("VmHWM:")[2].split()[0]) / 1024)


def _memory(way: Way) -> float:
    """Megabytes a process of its own holds at most while a hundred reviews run."""
    ours, theirs = Pipe()
    with _vendor() as address:
        process = get_context("spawn").Process(target=_peak, args=(theirs, way, address))
        process.start()
        peak: float = ours.recv()
        process.join()
    return peak


MEASUREMENTS = [
    Measurement(
        name="review by models over their latency, alone", unit="ms",
        measure=lambda: _run(_ours, 1).over_latency,
        baseline_name="the vendor's library alone", measure_baseline=lambda: _run(_bare, 1).over_latency,
        goal=25, rounds=3,
    ),
    Measurement(
        name="review by models over their latency, 100 at once", unit="ms",
        measure=lambda: _run(_ours, CROWD).over_latency,
        baseline_name="the vendor's library alone", measure_baseline=lambda: _run(_bare, CROWD).over_latency,
        goal=25, rounds=3,
    ),
    Measurement(
        name="processor time of a review by models, 100 at once", unit="ms",
        measure=lambda: _run(_ours, CROWD).processor,
        baseline_name="the vendor's library alone", measure_baseline=lambda: _run(_bare, CROWD).processor,
        goal=ENOUGH_MS, rounds=3,
    ),
    Measurement(
        name="memory of a process with 100 reviews by models", unit="MB", measure=lambda: _memory(_ours),
        baseline_name="the vendor's library alone", measure_baseline=lambda: _memory(_bare), rounds=1,
    ),
]  # fmt: skip
