"""A real clamd for tests: its own process on a Unix socket or a port, with one signature of our own."""

import socket
import subprocess
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from resume_review.testing.programs import require

PATIENCE_SECONDS = 30
MARK = b"resume-review-test-signature-2f6b1c"
SIGNATURE = "Test.ResumeReview"
LARGEST_MEGABYTES = 2


def infected(text: str = "Jane Doe") -> bytes:
    """A readable resume that the test's scanner takes for infected."""
    return text.encode() + b"\n" + MARK


class ClamdServer:
    """Knows one signature, found anywhere in a file, and refuses more than `LARGEST_MEGABYTES`."""

    def __init__(self, directory: Path, *, port: int | None = None) -> None:
        self._directory = directory
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """As the setting `CLAMD` takes it."""
        return f"127.0.0.1:{self._port}" if self._port else str(self._directory / "clamd.sock")

    def start(self) -> None:
        """Start it and wait until it answers."""
        database = self._directory / "database"
        database.mkdir(exist_ok=True)
        (database / "local.ndb").write_text(f"{SIGNATURE}:0:*:{MARK.hex()}\n")
        listening = (
            f"TCPSocket {self._port}\nTCPAddr 127.0.0.1\n" if self._port else f"LocalSocket {self.address}\n"
        )
        config = self._directory / "clamd.conf"
        config.write_text(
            f"{listening}DatabaseDirectory {database}\nForeground yes\nStreamMaxLength {LARGEST_MEGABYTES}M\n"
            f"LogFile {self._directory / 'clamd.log'}\nTemporaryDirectory {self._directory}\n"
        )
        command = [require("clamd"), "--config-file", str(config)]
        self._process = subprocess.Popen(  # noqa: S603 - a program of the system, arguments of our own
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._wait_until_it_answers()

    def stop(self) -> None:
        """Kill it, in the midst of whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE_SECONDS)
            self._process = None
            (self._directory / "clamd.sock").unlink(missing_ok=True)

    def _wait_until_it_answers(self) -> None:
        assert self._process is not None
        while self._process.poll() is None:
            try:
                with self._connected() as client:
                    client.sendall(b"zPING\0")
                    if client.recv(16) == b"PONG\0":
                        return
            except (FileNotFoundError, ConnectionRefusedError):
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(0.02)
        raise AssertionError("clamd ended at once; see clamd.log")

    @contextmanager
    def _connected(self) -> Generator[socket.socket]:
        family = socket.AF_INET if self._port else socket.AF_UNIX
        with socket.socket(family) as client:
            client.settimeout(PATIENCE_SECONDS)
            client.connect(("127.0.0.1", self._port) if self._port else self.address)
            yield client


@contextmanager
def running_clamd(*, port: int | None = None) -> Generator[ClamdServer]:
    """A server until the block ends; on a Unix socket without a port."""
    # Not pytest's directory: the path of a Unix socket may not be long.
    with tempfile.TemporaryDirectory(prefix="clamd-") as directory:
        server = ClamdServer(Path(directory), port=port)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def shared_clamd() -> Iterator[ClamdServer]:
    """One server for the tests of this process; nobody stops it before the end."""
    with running_clamd() as server:
        yield server


@pytest.fixture
def own_clamd() -> Iterator[ClamdServer]:
    """A server that the test may stop and start."""
    with running_clamd() as server:
        yield server
