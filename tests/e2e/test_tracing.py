"""One trace from the request over the job to the model, with nothing of anybody's text in it."""

import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from resume_review.testing.consultant import ADMIN, Consultant, consultant
from resume_review.testing.model_server import model_server
from resume_review.testing.otlp import TraceReceiver, trace_receiver
from resume_review.testing.processes import Process, Server, environment, program
from resume_review.testing.resumes import MARKDOWN

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]

API, WORKER = "resume-review-api", "resume-review-worker"
KEY = "sk-a-key-that-nobody-may-see"
FOREIGN_TRACE = "0af7651916cd43dd8448eb211c80319c"


@dataclass
class Run:
    """What a review left behind: the spans, the lines of both logs and the id of the request that asked for it."""

    traces: TraceReceiver
    asked: httpx2.Response
    log: list[dict[str, Any]]
    worker_log: list[dict[str, Any]]

    @property
    def request_id(self) -> str:
        return self.asked.headers["x-request-id"]


def lines(process: Process) -> list[dict[str, Any]]:
    return [json.loads(line) for line in process.errors.splitlines() if line.startswith("{")]


def ask(robin: Consultant) -> httpx2.Response:
    path = f"/analysis/resumes/{robin.upload()}/analyze"
    headers = {"traceparent": f"00-{FOREIGN_TRACE}-b7ad6b7169203331-01"}
    return robin.client.post(path, json={"industry": "strategy_consulting"}, headers=headers)


@contextmanager
def traced(monkeypatch: pytest.MonkeyPatch) -> Generator[TraceReceiver]:
    with trace_receiver() as traces, model_server() as models:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", traces.url)
        monkeypatch.setenv("OPENAI_BASE_URL", f"{models.url}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        yield traces


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Generator[Run]:
    with pytest.MonkeyPatch.context() as monkeypatch, traced(monkeypatch) as traces:
        data = tmp_path_factory.mktemp("traced")
        known = {**ADMIN, "ENGINE": "openai", "MODEL": "gpt-test"}
        with (
            Server(data, WORKERS="0", **known) as server,
            consultant(server.api) as robin,
            Process(program("worker"), env=environment(data, WORKERS="1", **known)) as worker,
        ):
            asked = ask(robin)
            ended = robin.ended(asked.json()["analysis_id"])
            assert ended["status"] == "completed"
        # Both sent what was left when they were stopped.
        yield Run(traces, asked, lines(server), lines(worker))


def test_one_trace_leads_from_the_request_over_the_job_to_the_model(run: Run) -> None:
    request = run.traces.one("POST /analysis/resumes/{resume_id}/analyze")
    (job,) = [span for span in run.traces.of(WORKER) if span.parent_id == request.span_id]
    steps = {span.name: span for span in run.traces.of(WORKER) if span.parent_id == job.span_id}
    calls = {
        span.attributes["gen_ai.agent.name"]: span
        for span in run.traces.spans
        if span.name == "chat gpt-test"
    }

    assert (request.service, job.service) == (API, WORKER)
    assert {"step prepare", "step structure", "step appeal"} <= set(steps)
    assert {agent: span.parent_id for agent, span in calls.items()} == {
        agent: steps[f"step {agent}"].span_id for agent in ("structure", "appeal")
    }
    spans = [request, job, *steps.values(), *calls.values()]
    assert {span.trace_id for span in spans} == {request.trace_id}


def test_a_call_of_a_model_is_described_by_the_conventions(run: Run) -> None:
    call = next(span for span in run.traces.spans if span.name == "chat gpt-test")

    assert {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-test",
        "gen_ai.response.model": "gpt-test",
        "gen_ai.response.finish_reasons": ["complete"],
        "gen_ai.usage.input_tokens": 1000,
        "server.address": "127.0.0.1",
    }.items() <= call.attributes.items()
    assert call.attributes["gen_ai.usage.output_tokens"] > 0


def test_no_span_holds_text_of_a_resume_an_address_or_a_key(run: Run) -> None:
    sent = run.traces.raw.decode("utf-8", errors="replace")
    words = [line.strip("#-* ") for line in MARKDOWN.splitlines() if line.strip("#-* ")]
    secrets = [
        KEY,
        "jane.doe@example.com",
        ADMIN["ADMIN_EMAIL"],
        ADMIN["ADMIN_PASSWORD"],
        "Jane",
        "Northbridge",
    ]

    headings = {"Summary", "Experience", "Education", "Skills"}
    assert [text for text in {*words, *secrets} - headings if text in sent] == []
    assert {span.events for span in run.traces.spans} == {0}


def test_a_caller_from_outside_does_not_choose_the_trace(run: Run) -> None:
    assert FOREIGN_TRACE not in {span.trace_id for span in run.traces.spans}


def test_log_lines_of_the_job_name_the_request_and_the_trace(run: Run) -> None:
    request = run.traces.one("POST /analysis/resumes/{resume_id}/analyze")
    (line,) = [
        line for line in run.log if line.get("request_id") == run.request_id and line["event"] == "request"
    ]
    (done,) = [line for line in run.worker_log if line["event"] == "review_completed"]

    assert line["trace_id"] == request.trace_id
    assert (done["request_id"], done["trace_id"]) == (run.request_id, request.trace_id)
    assert done["job"] == "resume_analysis.analyse"
    assert request.attributes["resume_review.request_id"] == run.request_id


@pytest.mark.parametrize("module", ["resume_review.main", "resume_review.worker", "resume_review.cli.app"])
def test_without_a_receiver_nothing_is_loaded_that_makes_or_sends_spans(module: str) -> None:
    # The framework and the client of Redis load other parts of the library by themselves.
    parts = (
        "opentelemetry.sdk.trace",
        "opentelemetry.exporter",
        "resume_review.infrastructure.monitoring.spans",
    )
    code = f"import sys, {module}; print([name for name in sys.modules if name.startswith({parts})])"
    env = {name: value for name, value in os.environ.items() if not name.startswith("OTEL_")}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_protocol_that_is_not_spoken_stops_the_start_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
    with Process(program("serve"), env=environment(tmp_path, PORT="0")) as server:
        code = server.wait()

    assert code != 0
    assert "OTEL_EXPORTER_OTLP_PROTOCOL: only http/protobuf is spoken." in server.errors
    assert "Traceback" not in server.errors
