"""`serve`: the server, on the embedded Postgres unless another one is named."""

import asyncio
import signal
import socket
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Literal

import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette

from resume_review.cli.demo import run_demo
from resume_review.cli.loop import event_loop_factory, spare_collector
from resume_review.cli.parsing import CommandError, Parser
from resume_review.core.errors import StartupError
from resume_review.core.settings import PREFIX, Settings, load_settings, reject_unknown_settings
from resume_review.features.auth import FirstAdmin
from resume_review.infrastructure.monitoring import configure_logging
from resume_review.main import create_app

GRACE_SECONDS = 15
# Longer than clients and proxies keep a connection that is not used (nginx and load balancers: 60 s): whoever ends it
# first should be the one who sends on it, or a request meets a connection that has just been closed.
KEEP_ALIVE_SECONDS = 75


def run(arguments: Sequence[str]) -> int:
    """Serve until interrupted."""
    parser = Parser("resume-review serve", description="Start the server.")
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (default 8000; 0 picks a free one)")
    parser.add_argument("--workers", type=int, help="jobs at once in this process; 0 leaves them to `worker`")
    parser.add_argument(
        "--reload", action="store_true", help="restart when the code changes, for development"
    )
    parser.add_argument(
        "--demo", action="store_true", help="review the bundled sample resume through the API"
    )
    given = parser.parse_args(arguments)
    try:
        reject_unknown_settings()
        settings = load_settings(host=given.host, port=given.port, workers=given.workers)
        configure_logging(level="WARNING" if given.demo else "INFO")
        if given.reload:
            return _serve_reloading(settings)
        with asyncio.Runner(loop_factory=event_loop_factory()) as runner:
            return runner.run(serve(settings, demo=given.demo))
    except StartupError as error:
        raise CommandError(error.detail) from None


async def serve(settings: Settings, *, demo: bool) -> int:
    """Serve until stopped; with `demo`, review the sample once the server answers."""
    app = create_app(settings)
    with listen(settings) as listener:
        address = f"http://{settings.host}:{listener.getsockname()[1]}"
        # The lifespan runs here and not in uvicorn, so that a failed start is our one line, not a traceback.
        async with app.router.lifespan_context(app), asyncio.TaskGroup() as group:
            server = QuietServer(uvicorn_config(app))
            serving = group.create_task(server.serve(sockets=[listener]))
            await server.answering.wait()
            spare_collector()
            if demo:
                await _demo(app, address, serving)
            if not serving.done():
                _say(_greeting(address, app.state.first_admin))
    return 0


class QuietServer(uvicorn.Server):
    """Says when it answers, and leaves by returning, so that everything around it is closed in order."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.answering = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.answering.set()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Unlike the inherited one, does not raise the signal again once the server has stopped."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)


def uvicorn_config(app: Starlette) -> uvicorn.Config:
    """How all servers of the platform are run."""
    return uvicorn.Config(
        app,
        http=_http_protocol(),
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        h11_max_incomplete_event_size=64 * 1024,
        proxy_headers=False,
    )


def _http_protocol() -> type[asyncio.Protocol] | Literal["h11"]:
    """The fast parser with the bounds it lacks; where there is none, the one that has them."""
    try:
        from resume_review.infrastructure.http.bounded import BoundedProtocol  # noqa: PLC0415 - not on every system
    except ModuleNotFoundError:
        return "h11"
    return BoundedProtocol


def listen(settings: Settings) -> socket.socket:
    """A socket on the configured address.

    Raises:
        StartupError: It is taken, or not this machine's.
    """
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
    except OSError as error:
        raise StartupError(
            f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}). "
            f"Stop what uses the port or choose another: --port 8001, or {PREFIX}PORT=8001"
        ) from None
    return listener


def _serve_reloading(settings: Settings) -> int:
    uvicorn.run(
        "resume_review.main:app_from_environment",
        factory=True,
        reload=True,
        reload_dirs=["src"],
        host=settings.host,
        port=settings.port,
        log_config=None,
    )
    return 0


async def _demo(app: FastAPI, address: str, serving: asyncio.Task[None]) -> None:
    """Print the sample's report, unless the server is stopped first."""
    report = asyncio.create_task(run_demo(app, address))
    await asyncio.wait({report, serving}, return_when=asyncio.FIRST_COMPLETED)
    if report.done():
        _say(report.result())
    else:
        report.cancel()


def _greeting(address: str, admin: FirstAdmin | None) -> str:
    lines = ["", f"Resume Review answers at {address} (documentation: {address}/docs)"]
    if admin is None:
        lines.append("Forgot a password? resume-review admin reset-password EMAIL")
    elif admin.password is None:
        lines.append(f"Sign in as {admin.email} with the configured password.")
    else:
        lines.append(f"Sign in as {admin.email} with the password {admin.password} (shown only this once).")
    return "\n".join([*lines, "Press Ctrl-C to stop.", ""])


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
