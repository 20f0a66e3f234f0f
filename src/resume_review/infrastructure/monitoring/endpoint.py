"""Where metrics are scraped."""

import asyncio
import hmac
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterable
from contextlib import asynccontextmanager, contextmanager

import structlog
from prometheus_client.metrics_core import Metric
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from resume_review.core.errors import StartupError
from resume_review.core.settings import PREFIX, Settings
from resume_review.infrastructure.monitoring.gauges import exposition

log = structlog.get_logger(__name__)

PATH = "/metrics"
Gauges = Callable[[], Awaitable[Iterable[Metric]]]


async def answer_scrape(request: Request, gauges: Gauges, *, token: str | None) -> Response:
    """All metrics, to whoever shows the token where there is one."""
    given = request.headers.get("authorization", "")
    if token is not None and not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return PlainTextResponse(
            "Show the token of METRICS_TOKEN.\n", 401, headers={"www-authenticate": "Bearer"}
        )
    shown = exposition(await gauges(), accept=request.headers.get("accept", ""))
    return Response(shown.body, headers={"content-type": shown.content_type, "cache-control": "no-store"})


def token_of(settings: Settings) -> str | None:
    """What scrapers must show; null where nobody need show anything."""
    return settings.metrics_token.get_secret_value() if settings.metrics_token else None


@asynccontextmanager
async def serving_metrics(settings: Settings, gauges: Gauges) -> AsyncGenerator[None]:
    """Metrics on a port of their own while the block runs, if the settings name one.

    Raises:
        StartupError: The port is taken, or the address is not this machine's.
    """
    if settings.metrics_port is None:
        yield
        return
    import uvicorn  # noqa: PLC0415 - workers serve nothing else

    class Beside(uvicorn.Server):
        """Leaves signals to the program that it is a part of."""

        @contextmanager
        def capture_signals(self) -> Generator[None]:
            yield

    async def metrics(request: Request) -> Response:
        return await answer_scrape(request, gauges, token=token_of(settings))

    app = Starlette(routes=[Route(PATH, metrics, methods=["GET"])])
    with _listen(settings.metrics_host, settings.metrics_port) as listener:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        server = Beside(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        log.info("metrics_served", host=settings.metrics_host, port=listener.getsockname()[1])
        try:
            yield
        finally:
            server.should_exit = True
            await serving


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        # Not when the server gets to it: two programs could hold the port until then.
        listener.listen()
    except OSError as error:
        listener.close()
        raise StartupError(
            f"{PREFIX}METRICS_PORT: cannot listen on {host}:{port} ({error.strerror}). Each process needs a port "
            f"of its own, for example {PREFIX}METRICS_PORT=9465"
        ) from None
    return listener
