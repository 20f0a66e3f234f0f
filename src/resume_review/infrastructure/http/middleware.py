"""The outermost layer of every request."""

import ipaddress
import time
from collections.abc import Sequence

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from resume_review.core.ids import new_id
from resume_review.infrastructure.http.client import client_address

log = structlog.get_logger(__name__)

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}


class RequestContextMiddleware:
    """Names each request, finds its caller, drops the trailing slash and logs the outcome.

    Both forms of a path answer the same, without a redirect that would lose the body or the headers.
    """

    def __init__(self, app: ASGIApp, *, trusted_proxies: Sequence[str] = ()) -> None:
        self._app = app
        self._trusted = [ipaddress.ip_network(proxy, strict=False) for proxy in trusted_proxies]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = str(new_id())
        peer = scope["client"][0] if scope.get("client") else ""
        forwarded = Headers(scope=scope).get("x-forwarded-for")
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        state["client_address"] = client_address(peer, forwarded, trusted=self._trusted)
        if len(scope["path"]) > 1 and scope["path"].endswith("/"):
            scope["path"] = scope["path"].rstrip("/") or "/"
        started, status = time.perf_counter(), 500

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                # Set by whoever counted the request.
                headers.update(state.get("rate_limit", {}))
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_named)
            finally:
                route = getattr(scope.get("route"), "path", "")
                elapsed = round((time.perf_counter() - started) * 1000, 1)
                log.info("request", method=scope["method"], route=route, status=status, ms=elapsed)
