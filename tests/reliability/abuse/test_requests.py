"""Bodies without end, lies about their length and floods of parts: cases 17 and 18, over bare sockets."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

import httpx2
import pytest

from resume_review.testing.consultant import Consultant

if TYPE_CHECKING:
    from tests.reliability.abuse.conftest import Site

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

PATIENCE_SECONDS = 30
# A second for the answer, and what a busy machine adds.
MOST_SECONDS = 3.0
MOST_GROWTH_MEGABYTES = 40
FAR_TOO_MUCH = 200 << 20
CHUNK = b"x" * 65_536


def head(robin: Consultant, *more: str) -> bytes:
    """The start of an upload."""
    created = robin.client.post("/candidates", json={"first_name": "Jane", "last_name": "Doe"}).json()
    path = f"/api/v1/resume_upload/candidates/{created['candidate']['id']}/resumes"
    lines = [
        f"POST {path} HTTP/1.1", "Host: test", f"Authorization: Bearer {robin.token}",
        "Content-Type: multipart/form-data; boundary=x", *more, "", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


def chunked() -> Iterator[bytes]:
    for _ in range(FAR_TOO_MUCH // len(CHUNK)):
        yield b"%x\r\n%s\r\n" % (len(CHUNK), CHUNK)


def plain() -> Iterator[bytes]:
    for _ in range(FAR_TOO_MUCH // len(CHUNK)):
        yield CHUNK


PART = b'--x\r\nContent-Disposition: form-data; name="file"; filename="cv.md"\r\n\r\n'
Bodies = Callable[[], Iterator[bytes]]
TOO_LARGE: dict[str, tuple[list[str], Bodies]] = {
    "chunked without end": (["Transfer-Encoding: chunked"], chunked),
    "a length beyond the limit": ([f"Content-Length: {FAR_TOO_MUCH}"], plain),
    "a length beyond all measure": (["Content-Length: 99999999999999999999"], plain),
    "a negative length": (["Content-Length: -1"], plain),
    "a length and chunks": (["Content-Length: 10", "Transfer-Encoding: chunked"], chunked),
    "more than was announced": (["Content-Length: 10"], plain),
}


def answered(site: "Site", request: bytes, bodies: Iterator[bytes]) -> tuple[int, int]:
    """The status of the answer, and how many bytes the server took before it closed."""
    address = urlsplit(site.server.address)
    taken = 0
    with socket.create_connection((address.hostname, address.port), timeout=PATIENCE_SECONDS) as client:
        client.sendall(request)
        try:
            for body in bodies:
                client.sendall(body)
                taken += len(body)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough
        try:
            answer = client.recv(4096)
        except ConnectionResetError:
            answer = b""
    return int(answer.split(b" ")[1]) if answer else 0, taken


@pytest.mark.parametrize("kind", TOO_LARGE)
def test_case_17_a_body_beyond_the_limit_is_cut_early(site: "Site", robin: Consultant, kind: str) -> None:
    headers, bodies = TOO_LARGE[kind]
    request, before = head(robin, *headers), site.resident_megabytes()

    status, taken = answered(site, request, bodies())
    grown = site.resident_megabytes() - before

    # Whoever is cut off while still sending may be reset before the answer is read.
    assert status == 0 or 400 <= status < 500
    assert taken < FAR_TOO_MUCH
    assert grown < MOST_GROWTH_MEGABYTES
    assert httpx2.get(f"{site.server.address}/health").status_code == 200


def parts() -> Iterator[bytes]:
    yield b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 10_000 + b"--x--\r\n"


def headers_of_a_part() -> Iterator[bytes]:
    yield b"--x\r\n" + b"X-Header: 1\r\n" * 700_000 + b"\r\n1\r\n--x--\r\n"


def one_long_header() -> Iterator[bytes]:
    yield b"--x\r\nContent-Disposition: form-data; name=" + b"a" * 9_000_000 + b"\r\n\r\n1\r\n--x--\r\n"


def boundaries() -> Iterator[bytes]:
    yield b"--x\r\n" * 1_800_000


FLOODS: dict[str, Bodies] = {
    "10,000 parts": parts,
    "headers of a part": headers_of_a_part,
    "one long header": one_long_header,
    "boundaries alone": boundaries,
}


class Neighbour:
    """Somebody who asks all the time; `slowest` is the longest they had to wait, in seconds."""

    def __init__(self, address: str) -> None:
        self.slowest = 0.0
        self._address = address
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _ask(self) -> None:
        with httpx2.Client(base_url=self._address, timeout=PATIENCE_SECONDS) as client:
            while not self._done.is_set():
                began = time.monotonic()
                client.get("/health")
                self.slowest = max(self.slowest, time.monotonic() - began)


@pytest.mark.parametrize("kind", FLOODS)
def test_case_18_a_flood_of_parts_is_refused_while_others_are_served(
    site: "Site", robin: Consultant, kind: str
) -> None:
    body = b"".join(FLOODS[kind]())
    request = head(robin, f"Content-Length: {len(body)}", "Connection: close")

    with Neighbour(site.server.address) as neighbour:
        began = time.monotonic()
        status, _ = answered(site, request, iter([body]))
        seconds = time.monotonic() - began

    assert status == 0 or 400 <= status < 500
    assert seconds < MOST_SECONDS
    assert neighbour.slowest < MOST_SECONDS


def test_case_18_headers_of_a_request_without_end_are_refused(site: "Site") -> None:
    request = b"GET /health HTTP/1.1\r\nHost: test\r\n" + b"X-Header: 1\r\n" * 200_000 + b"\r\n"

    with Neighbour(site.server.address) as neighbour:
        status, _ = answered(site, request, iter([]))

    assert status == 0 or 400 <= status < 500
    assert neighbour.slowest < MOST_SECONDS
