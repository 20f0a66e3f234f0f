"""Serves the built web interface for every path that is not the API's."""

import secrets
from importlib.resources import files
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

MACHINES = ("/api/", "/health/", "/metrics/", "/docs/", "/redoc/", "/openapi.json/")
"""Paths of programs, answered by the application."""

NONCE = "__CSP_NONCE__"
NOT_BUILT = (
    "The web interface was not built. Run `make web` in the clone, or install the platform from its wheel.\n"
)
_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


def content_security_policy(nonce: str) -> str:
    """Nothing from another origin, no inline script; styles that the interface makes itself carry the nonce."""
    return "; ".join(
        (
            "default-src 'self'",
            # PDF.js decodes some pictures with WebAssembly.
            "script-src 'self' 'wasm-unsafe-eval'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' blob: data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "font-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class WebPages:
    """Files under their own names, the first page for every other path; the rest goes on to the application."""

    def __init__(self, app: ASGIApp, *, folder: Path | None = None) -> None:
        self._app = app
        self._folder = folder or Path(str(files("resume_review"))) / "web" / "static"
        self._files = StaticFiles(directory=self._folder, check_dir=False)
        self._page = GZipMiddleware(self._answer)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self._page if _for_people(scope) else self._app)(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (await self._response(scope))(scope, receive, send)

    async def _response(self, scope: Scope) -> Response:
        name = scope["path"].removeprefix("/")
        if name and name != "index.html":
            try:
                response = await self._files.get_response(name, scope)
            except HTTPException:
                if name.startswith("assets/"):
                    return PlainTextResponse("There is no such file.\n", status_code=404)
            else:
                response.headers["cache-control"] = _FOREVER if name.startswith("assets/") else _ASK_AGAIN
                return response
        return self._first_page(secure=scope["scheme"] == "https" or _came_by_https(scope))

    def _first_page(self, *, secure: bool) -> Response:
        try:
            page = (self._folder / "index.html").read_text()
        except FileNotFoundError:
            return PlainTextResponse(NOT_BUILT, status_code=503)
        nonce = secrets.token_urlsafe(16)
        response = HTMLResponse(page.replace(NONCE, nonce))
        _harden(response.headers, nonce=nonce, secure=secure)
        return response


def _for_people(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return False
    if scope["path"] == "/":
        # Programs that ask what this is get the answer as JSON.
        return "text/html" in Headers(scope=scope).get("accept", "")
    return not f"{scope['path']}/".startswith(MACHINES)


def _came_by_https(scope: Scope) -> bool:
    """A header that anybody may send; it only makes the browser stricter with itself."""
    return Headers(scope=scope).get("x-forwarded-proto") == "https"


def _harden(headers: MutableHeaders, *, nonce: str, secure: bool) -> None:
    headers["content-security-policy"] = content_security_policy(nonce)
    headers["cache-control"] = _ASK_AGAIN
    headers["cross-origin-opener-policy"] = "same-origin"
    headers["permissions-policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
    if secure:
        headers["strict-transport-security"] = "max-age=31536000"
