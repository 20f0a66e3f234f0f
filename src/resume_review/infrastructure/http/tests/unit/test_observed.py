"""What is counted of requests, and that nobody outside can make it grow."""

import asyncio
import uuid
from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from starlette.types import Message, Scope

from resume_review.infrastructure.http import ObservedRequestsMiddleware
from resume_review.infrastructure.monitoring.metrics import HTTP_REQUESTS, HTTP_SECONDS, REGISTRY

pytestmark = pytest.mark.unit

REQUESTS = "resume_review_http_requests_total"
SECONDS = "resume_review_http_request_duration_seconds"


def make_app() -> FastAPI:
    app = FastAPI()

    @app.get("/things/{thing_id}")
    async def thing(thing_id: str) -> str:
        return thing_id

    @app.get("/broken")
    async def broken() -> str:
        raise ValueError("no")

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        async def forever() -> AsyncIterator[bytes]:
            yield b"data: 1\n\n"
            await asyncio.Event().wait()

        return StreamingResponse(forever(), media_type="text/event-stream")

    app.add_middleware(ObservedRequestsMiddleware)
    return app


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


async def get(path: str, *, method: str = "GET") -> int:
    transport = httpx2.ASGITransport(app=make_app(), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        return (await client.request(method, path)).status_code


def series() -> int:
    return sum(
        len(list(metric.samples)) for kind in (HTTP_REQUESTS, HTTP_SECONDS) for metric in kind.collect()
    )


async def test_a_request_counts_for_its_template() -> None:
    labels = {"method": "GET", "route": "/things/{thing_id}", "status": "200"}
    before = value(REQUESTS, **labels)

    await get("/things/jane-doe")

    assert value(REQUESTS, **labels) == before + 1
    assert value(f"{SECONDS}_count", method="GET", route="/things/{thing_id}") >= 1


async def test_a_request_that_fails_counts_as_500() -> None:
    before = value(REQUESTS, method="GET", route="/broken", status="500")

    await get("/broken")

    assert value(REQUESTS, method="GET", route="/broken", status="500") == before + 1


async def test_no_path_and_no_method_from_outside_makes_a_series() -> None:
    await get("/things/first")
    await get("/nowhere")
    await get("/nowhere", method="BREW")
    before = series()

    for _ in range(50):
        await get(f"/things/{uuid.uuid4()}")
        await get(f"/{uuid.uuid4()}/resume of Jane Doe.pdf")
        await get("/nowhere", method=f"M{uuid.uuid4().hex}")

    assert series() == before


async def test_an_event_stream_is_timed_to_its_beginning_and_one_that_is_left_is_no_error() -> None:
    sent: list[Message] = []
    begun = asyncio.Event()

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)
        if message["type"] == "http.response.body":
            begun.set()

    before = value(REQUESTS, method="GET", route="/stream", status="200")
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
        "path": "/stream",
        "raw_path": b"/stream",
        "query_string": b"",
        "headers": [],
        "scheme": "http",
        "http_version": "1.1",
    }
    listening = asyncio.create_task(make_app()(scope, receive, send))
    await begun.wait()
    listening.cancel()
    await asyncio.wait([listening])

    assert value(REQUESTS, method="GET", route="/stream", status="200") == before + 1
    assert value(f"{SECONDS}_bucket", method="GET", route="/stream", le="10.0") >= 1


async def test_a_request_that_is_given_up_before_its_answer_is_no_server_error() -> None:
    started = asyncio.Event()
    app = FastAPI()

    @app.get("/slow")
    async def slow() -> str:
        started.set()
        await asyncio.Event().wait()
        return ""

    app.add_middleware(ObservedRequestsMiddleware)
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        asking = asyncio.create_task(client.get("/slow"))
        await started.wait()
        asking.cancel()
        await asyncio.wait([asking])

    assert value(REQUESTS, method="GET", route="/slow", status="499") == 1
