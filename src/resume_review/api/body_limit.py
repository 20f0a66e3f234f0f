"""The limit on request bodies, answered like every other error."""

from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from resume_review.api.errors import http_problem


class BodyLimitMiddleware:
    """Cuts a body off at `max_body_size` bytes, whatever its headers promise.

    The library's middleware counts; its plain text answer is replaced by a `Problem`. It sits inside the CORS
    layer, so that a web client of another origin can read the answer.
    """

    def __init__(self, app: ASGIApp, *, max_body_size: int) -> None:
        self._app = RequestBodyLimitMiddleware(app, max_body_size=max_body_size)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = False

        async def send_unless_refused(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] == 413:
                kind = Headers(raw=message["headers"]).get("content-type", "")
                refused = kind.startswith("text/plain")
            if not refused:
                await send(message)

        await self._app(scope, receive, send_unless_refused)
        if refused:
            await http_problem(Request(scope), 413)(scope, receive, send)
