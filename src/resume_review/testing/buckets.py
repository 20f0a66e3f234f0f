"""A real S3 server for tests: its own process on a free port, which the test may kill."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException

import pytest

from resume_review.core.ids import new_id

PATIENCE_SECONDS = 60
_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_REGION": "us-east-1",
}


class BucketServer:
    """Keeps nothing on disk: what is stopped comes back empty."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port: int = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> str:
        """As the variable `AWS_ENDPOINT_URL` takes it."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self._port)]
        self._process = subprocess.Popen(  # noqa: S603 - a program of the tests, arguments of our own
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while self._process.poll() is None:
            try:
                self._ask("GET", "/moto-api/")
            except (OSError, HTTPException):
                try:
                    self._process.wait(0.05)
                except subprocess.TimeoutExpired:
                    continue
            else:
                return
        raise AssertionError("the S3 server ended at once")

    def stop(self) -> None:
        """Kill it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE_SECONDS)
            self._process = None

    def new_bucket(self) -> str:
        """The name of a new, empty bucket."""
        name = f"test-{new_id()}"
        assert self._ask("PUT", f"/{name}").startswith("200")
        return name

    def unfinished_uploads(self, bucket: str) -> int:
        """How many uploads in parts were begun and neither completed nor called off."""
        return self._ask("GET", f"/{bucket}?uploads").count("<Upload>")

    def _ask(self, method: str, path: str) -> str:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, path)
            answer = connection.getresponse()
            return f"{answer.status} {answer.read().decode()}"
        finally:
            connection.close()


@pytest.fixture(scope="session")
def shared_bucket_server() -> Iterator[BucketServer]:
    """One server for the tests of this process; nobody stops it before the end."""
    server = BucketServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def bucket_server(shared_bucket_server: BucketServer, monkeypatch: pytest.MonkeyPatch) -> BucketServer:
    """The shared server, with the vendor's variables pointing to it."""
    for name, value in _ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", shared_bucket_server.endpoint)
    return shared_bucket_server


@pytest.fixture
def bucket_url(bucket_server: BucketServer) -> str:
    """The address of an empty bucket, with a prefix."""
    return f"s3://{bucket_server.new_bucket()}/agency/files"
