"""Counts, times and traces every request, from outside of everything else."""

import functools
import ipaddress
import time
from collections.abc import Sequence

from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from resume_review.infrastructure.http.client import is_trusted
from resume_review.infrastructure.monitoring.metrics import HTTP_REQUESTS, HTTP_SECONDS
from resume_review.infrastructure.monitoring.origin import TRACEPARENT
from resume_review.infrastructure.monitoring.tracing import NO_TRACING, Kind, Tracing

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNMATCHED = "unmatched"
GONE = 499
"""The status of requests that were given up before their answer began, as nginx counts them."""

_EVENT_STREAM = b"text/event-stream"


class _Answer:
    """What the client is sent; `began` is when an answer began that goes on as long as anybody listens."""

    __slots__ = ("_send", "began", "status")

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status: int | None = None
        self.began: float | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            if any(
                value.startswith(_EVENT_STREAM)
                for name, value in message["headers"]
                if name == b"content-type"
            ):
                self.began = time.perf_counter()
        await self._send(message)


class ObservedRequestsMiddleware:
    """Metrics by route template, and a span where traces are received: `tracing` of the app's state.

    A caller's own trace is continued only for trusted proxies; anybody else could fill it with spans of ours.
    """

    def __init__(self, app: ASGIApp, *, trusted_proxies: Sequence[str] = ()) -> None:
        self._app = app
        self._trusted = [ipaddress.ip_network(proxy, strict=False) for proxy in trusted_proxies]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        tracing: Tracing = getattr(scope["app"].state, "tracing", NO_TRACING)
        if tracing is NO_TRACING:
            await self._counted(scope, receive, _Answer(send))
        else:
            await self._traced(tracing, scope, receive, _Answer(send))

    async def _counted(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        started = time.perf_counter()
        ending = GONE
        try:
            await self._app(scope, receive, answer)
        except Exception:
            # The answer is made further out, unless it had begun.
            ending = 500
            raise
        finally:
            answer.status = answer.status or ending
            method = scope["method"] if scope["method"] in METHODS else "other"
            route = route_of(scope)
            _requests(method, route, answer.status).inc()
            _seconds(method, route).observe((answer.began or time.perf_counter()) - started)

    async def _traced(self, tracing: Tracing, scope: Scope, receive: Receive, answer: _Answer) -> None:
        peer = scope["client"][0] if scope.get("client") else ""
        parent = Headers(scope=scope).get(TRACEPARENT) if is_trusted(peer, self._trusted) else None
        method = scope["method"] if scope["method"] in METHODS else "_OTHER"
        about = {"http.request.method": method, "url.scheme": scope["scheme"]}
        with tracing.span(method, kind=Kind.SERVER, parent=parent, attributes=about) as span:
            try:
                await self._counted(scope, receive, answer)
            finally:
                route = route_of(scope)
                span.rename(f"{method} {route}")
                status = answer.status or GONE
                span.note({"http.route": route, "http.response.status_code": status})
                span.note({"resume_review.request_id": scope["state"].get("request_id", "")})
                if status >= 500:
                    span.failed(str(status))


def route_of(scope: Scope) -> str:
    """The template of the route that answered: as many as the program has, whatever is asked for."""
    return getattr(scope.get("route"), "path", None) or UNMATCHED


@functools.cache
def _requests(method: str, route: str, status: int) -> Counter:
    """Kept, because looking up a child costs more than counting in it; there are as many as there are series."""
    return HTTP_REQUESTS.labels(method, route, str(status))


@functools.cache
def _seconds(method: str, route: str) -> Histogram:
    return HTTP_SECONDS.labels(method, route)
