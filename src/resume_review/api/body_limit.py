"""The limit on request bodies, answered like every other error."""

from collections.abc import Mapping
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from resume_review.api.errors import http_problem


class BodyLimitMiddleware:
    """Cuts a body off at `max_body_size` bytes, whatever its headers promise.

    `larger` holds the paths that take more, with their own bounds. The library's middleware counts; its plain
    text answer is replaced by a `Problem`. It sits inside the CORS layer, so that a web client of another origin can
    read the answer.
    """

    def __init__(
        self, app: ASGIApp, *, max_body_size: int, larger: Mapping[str, int] = MappingProxyType({})
    ) -> None:
        self._app = RequestBodyLimitMiddleware(app, max_body_size=max_body_size)
        self._larger = {
            path: RequestBodyLimitMiddleware(app, max_body_size=most) for path, most in larger.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = False

        async def send_unless_refused(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] == 413:
                kind = Headers(raw=message["headers"]).get("content-type", "")
                refused = kind.startswith("text/plain")
            if not refused:
                await send(message)

        limited = self._larger.get(scope.get("path", ""), self._app)
        await limited(scope, receive, send_unless_refused)
        if refused:
            await http_problem(Request(scope), 413)(scope, receive, send)
