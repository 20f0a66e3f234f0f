"""The platform as it runs in production, every part of it within reach: server, workers, Postgres, Redis, models, disk."""

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psycopg
from history import History

from resume_review.database.embedded import EmbeddedPostgres
from resume_review.testing.consultant import ADMIN
from resume_review.testing.link import Link, linked
from resume_review.testing.model_server import ModelServer, model_server
from resume_review.testing.processes import Process, Server, environment, program
from resume_review.testing.redis import RedisServer

DISK_MEGABYTES = 400
WORKERS = 2
LOOK_SECONDS = 0.05
START_AGAIN_SECONDS = 0.3
# What a loaded machine needs to start the program again.
PATIENCE_SECONDS = 240.0
STOP_SECONDS = 60.0
# A start refused because the database or Redis is away ends with this code; the next start is tried at once.
REFUSED_START = 2


class Part:
    """A program of ours that is started again whenever it ends, as systemd or Kubernetes would."""

    def __init__(
        self, name: str, start: Callable[[], Process], *, note: Callable[[str], None], logs: Path | None
    ) -> None:
        self.name = name
        self.kills = 0
        self.starts = 0
        self.up = asyncio.Event()
        self._start = start
        self._note = note
        self._logs = logs
        self._process: Process | None = None
        self._killed = False
        self._leaving = False

    def kill(self) -> bool:
        """Kill -9; whether there was something to kill."""
        process = self._process
        if process is None or not process.running:
            return False
        self._killed = True
        self.kills += 1
        self.up.clear()
        os.kill(process.pid, signal.SIGKILL)
        return True

    async def keep(self) -> None:
        """Start it, wait for its end and start it again, until `leave`."""
        while not self._leaving:
            try:
                self._process = process = await asyncio.to_thread(self._start)
            except AssertionError:
                await asyncio.sleep(START_AGAIN_SECONDS)
                continue
            self.starts += 1
            self.up.set()
            await _ended(process)
            self.up.clear()
            code = await asyncio.to_thread(process.wait)
            if self._logs is not None:
                (self._logs / f"{self.name} {self.starts}.log").write_text(process.errors)
            if not (self._killed or self._leaving or code == REFUSED_START):
                self._note(f"{self.name} ended by itself with code {code}: {process.errors[-500:]}")
            self._killed = False

    async def leave(self) -> None:
        """End it for good; what does not stop when asked to is made to tell where it hangs."""
        self._leaving = True
        process = self._process
        if process is None or not process.running:
            return
        os.kill(process.pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(_ended(process), STOP_SECONDS)
        except TimeoutError:
            os.kill(process.pid, signal.SIGABRT)
            await _ended(process)
            self._note(f"{self.name} did not stop when it was asked to: {process.errors[-2000:]}")


async def _ended(process: Process) -> None:
    while process.running:  # noqa: ASYNC110 - a process of the system sets no event
        await asyncio.sleep(LOOK_SECONDS)


@dataclass
class Parts:
    """What a fault can reach; `without` says which faults this machine does not allow, and why."""

    history: History
    disk: Path
    postgres: EmbeddedPostgres
    models: ModelServer
    database_link: Link
    model_link: Link
    front: Link
    redis_link: Link | None = None
    redis: RedisServer | None = None
    ask_models: bool = True
    server: Part | None = None
    workers: list[Part] = field(default_factory=list[Part])
    without: dict[str, str] = field(default_factory=dict[str, str])
    started: float = field(default_factory=time.monotonic)

    @property
    def api(self) -> str:
        """Where clients reach the server, whichever process it is."""
        return f"http://127.0.0.1:{self.front.port}/api/v1"

    def now(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.started

    def settings(self) -> dict[str, str]:
        """The settings that server and workers share."""
        database = f"postgresql://postgres@127.0.0.1:{self.database_link.port}/resume_review"
        shared = {
            "DATABASE_URL": f"{database}?sslmode=disable&gssencmode=disable",
            "TRUSTED_PROXIES": "127.0.0.1",
            **ADMIN,
        }
        if self.ask_models:
            shared |= {"ENGINE": "openai", "MODEL": "gpt-test", "MODEL_SUMMARY": "off"}
        if self.redis_link is not None:
            shared["REDIS_URL"] = f"redis://127.0.0.1:{self.redis_link.port}/0"
        return shared

    def start_server(self) -> Process:
        """`serve` with a worker of its own, behind the front link."""
        server = Server(self.disk, WORKERS="1", **self.settings())
        self.front.upstream = ("127.0.0.1", int(server.address.rpartition(":")[2]))
        return server

    def start_worker(self) -> Process:
        """`worker`, one job at a time."""
        return Process(program("worker"), env=environment(self.disk, WORKERS="1", **self.settings()))

    async def database_answers(self) -> None:
        """Wait until the database server takes connections again."""

        def ask() -> None:
            with psycopg.connect(self.postgres.conninfo("resume_review")) as connection:
                connection.execute("SELECT 1")

        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                try:
                    return await asyncio.to_thread(ask)
                except psycopg.Error:
                    await asyncio.sleep(LOOK_SECONDS)


@contextmanager
def small_disk(megabytes: int) -> Generator[tuple[Path, str]]:
    """A directory on a disk of this size, or on the ordinary one with the reason why."""
    directory = Path(tempfile.mkdtemp(prefix="chaos-"))
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(directory)]
    mounted = subprocess.run(["mount", *options], capture_output=True, text=True, check=False)
    try:
        yield directory, mounted.stderr.strip()
    finally:
        if not mounted.returncode:
            subprocess.run(["umount", "--lazy", str(directory)], check=False)
        shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def vendor_at(url: str) -> Generator[None]:
    """The vendor's own variables, which programs started meanwhile inherit."""
    before = dict(os.environ)
    os.environ.update(OPENAI_API_KEY="sk-for-tests", OPENAI_BASE_URL=url, PYTHONFAULTHANDLER="1")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@asynccontextmanager
async def running_parts(
    history: History, *, ask_models: bool = True, logs: Path | None = None
) -> AsyncGenerator[Parts]:
    """All parts, started and answering; each is started again when it ends, and its log is kept where asked."""
    async with AsyncExitStack() as stack:
        disk, reason = stack.enter_context(small_disk(DISK_MEGABYTES))
        postgres = stack.enter_context(EmbeddedPostgres(disk / "postgres"))
        models = stack.enter_context(model_server())
        socket = disk / "postgres" / "socket" / ".s.PGSQL.5432"
        model_port = int(models.url.rpartition(":")[2])
        parts = Parts(
            history,
            disk,
            postgres,
            models,
            database_link=await stack.enter_async_context(linked(socket)),
            model_link=await stack.enter_async_context(linked(("127.0.0.1", model_port))),
            front=await stack.enter_async_context(linked(None)),
            ask_models=ask_models,
        )
        if reason:
            parts.without["fill disk"] = reason
        if not ask_models:
            parts.without["models"] = "not asked for"
        await _with_redis(parts, stack)
        stack.enter_context(vendor_at(f"http://127.0.0.1:{parts.model_link.port}/v1"))
        noted = partial(Part, note=history.crashes.append, logs=logs)
        parts.server = noted("server", parts.start_server)
        parts.workers = [noted(f"worker {number}", parts.start_worker) for number in range(1, WORKERS + 1)]
        programs = [parts.server, *parts.workers]
        keeping = [asyncio.create_task(part.keep()) for part in programs]
        try:
            await asyncio.wait_for(parts.server.up.wait(), PATIENCE_SECONDS)
            yield parts
        finally:
            await asyncio.gather(*(part.leave() for part in programs))
            await asyncio.gather(*keeping)


async def _with_redis(parts: Parts, stack: AsyncExitStack) -> None:
    if shutil.which("redis-server") is None:
        parts.without["redis"] = "redis-server is not installed"
        return
    directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="redis-")))
    parts.redis = RedisServer(directory)
    await asyncio.to_thread(parts.redis.start)
    stack.callback(parts.redis.stop)
    parts.redis_link = await stack.enter_async_context(linked(directory / "redis.sock"))
