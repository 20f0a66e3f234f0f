"""A real Redis for tests: its own process on a Unix socket, stopped and started at will."""

import signal
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis.asyncio import Redis

from resume_review.infrastructure.redis import connect_redis
from resume_review.testing.programs import require

PATIENCE_SECONDS = 20


class RedisServer:
    """Keeps nothing on disk: what is stopped comes back empty."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._socket = directory / "redis.sock"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = ["redis-server", "--port", "0", "--unixsocket", str(self._socket)]
        options = [
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            str(self._directory),
            "--logfile",
            "redis.log",
        ]
        self._process = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)  # noqa: S603 - a program of the system, arguments of our own
        self._wait_until_it_answers()

    def freeze(self) -> None:
        """Let it answer nothing, with all connections open, until it is stopped."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def stop(self) -> None:
        """Kill it: connections break, data is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE_SECONDS)
            self._process = None
            self._socket.unlink(missing_ok=True)

    def _wait_until_it_answers(self) -> None:
        assert self._process is not None
        while self._process.poll() is None:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(PATIENCE_SECONDS)
                try:
                    client.connect(str(self._socket))
                    client.sendall(b"PING\r\n")
                    if client.recv(64).startswith(b"+PONG"):
                        return
                except (FileNotFoundError, ConnectionRefusedError):
                    continue
        raise AssertionError("redis-server ended at once; see redis.log")


@contextmanager
def _running_server() -> Generator[RedisServer]:
    require("redis-server")
    # Not pytest's directory: the path of a Unix socket may not be long.
    with tempfile.TemporaryDirectory(prefix="redis-") as directory:
        server = RedisServer(Path(directory))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def shared_redis() -> Iterator[RedisServer]:
    """One server for the tests of this process; nobody stops it before the end."""
    with _running_server() as server:
        yield server


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    """A server that the test may stop and start."""
    with _running_server() as server:
        yield server


@pytest.fixture
async def redis(shared_redis: RedisServer) -> AsyncIterator[Redis]:
    """A client of an empty database."""
    async with connect_redis(shared_redis.url) as client:
        await client.flushall()  # pyright: ignore[reportUnknownMemberType] - redis leaves its keyword arguments untyped
        yield client
