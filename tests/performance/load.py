"""A load generator small enough not to be what is measured: raw HTTP on kept connections, one request in flight each.

As a program it is a process of its own: reads a `Job` a line and answers each with a `Figures` a line, both as JSON.
"""

import asyncio
import itertools
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self, cast

import msgspec

from resume_review.cli.loop import event_loop_factory

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length: "


class Job(msgspec.Struct, frozen=True):
    """Whole requests, as they go over the wire, sent in turns for so many seconds."""

    port: int
    connections: int
    seconds: float
    requests: list[bytes]


class Figures(msgspec.Struct, frozen=True):
    """Times to a whole answer in milliseconds; `fault` is the first answer that was no success."""

    p50: float
    p95: float
    p99: float
    per_second: float
    fault: str | None = None


def request(
    method: str, path: str, *, token: str = "", address: str = "", kind: str = "", body: bytes = b""
) -> bytes:
    """A request on the wire; `address` is whom a proxy says it comes from."""
    headers = {
        "host": "127.0.0.1",
        "authorization": token and f"Bearer {token}",
        "x-forwarded-for": address,
        "content-type": kind,
        "content-length": str(len(body)) if method == "POST" else "",
    }
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items() if value)]
    return "\r\n".join(lines).encode() + _END_OF_HEAD + body


class LoadGenerator:
    """The program in a process of its own, so that what it costs is not measured with the server."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def run(self, job: Job) -> Figures:
        """Do the job.

        Raises:
            RuntimeError: An answer was not a success.
        """
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(msgspec.json.encode(job) + b"\n")
        self._process.stdin.flush()
        figures = msgspec.json.decode(self._process.stdout.readline(), type=Figures)
        if figures.fault is not None:
            raise RuntimeError(f"the answer was {figures.fault}")
        return figures

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()


class _Connection(asyncio.Protocol):
    """Sends the next request as soon as the answer to the one before is whole, until the time is up."""

    def __init__(self, requests: Iterator[bytes], times: list[float], until: float) -> None:
        self._requests = requests
        self._times = times
        self._until = until
        self._received = b""
        self._sent_at = 0.0
        self.ended: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, separator, body = self._received.partition(_END_OF_HEAD)
        if not separator:
            return
        length = head.lower().partition(_LENGTH)[2].partition(b"\r")[0]
        if len(body) < int(length):
            return
        now = time.perf_counter()
        self._times.append(now - self._sent_at)
        self._received = b""
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
            self._end(f"{head.splitlines()[0].decode()} {body[:200].decode()}")
        elif now >= self._until:
            self._end(None)
        else:
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(f"none, the connection was lost ({exc})")

    def _send(self) -> None:
        self._sent_at = time.perf_counter()
        self._transport.write(next(self._requests))

    def _end(self, fault: str | None) -> None:
        if not self.ended.done():
            self.ended.set_result(fault)
            self._transport.close()


async def _run(job: Job) -> Figures:
    loop, times, requests = asyncio.get_running_loop(), list[float](), itertools.cycle(job.requests)
    started = time.perf_counter()
    until = started + job.seconds
    opened = [
        loop.create_connection(lambda: _Connection(requests, times, until), "127.0.0.1", job.port)
        for _ in range(job.connections)
    ]
    ended = [protocol.ended for _, protocol in await asyncio.gather(*opened)]
    faults = [fault for fault in await asyncio.gather(*ended) if fault is not None]
    return _figures(times, time.perf_counter() - started, faults[0] if faults else None)


def _figures(times: Sequence[float], seconds: float, fault: str | None) -> Figures:
    ordered = sorted(times)

    def at(share: float) -> float:
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

    return Figures(at(0.5), at(0.95), at(0.99), len(ordered) / seconds, fault)


def main() -> None:
    with asyncio.Runner(loop_factory=event_loop_factory()) as runner:
        for line in sys.stdin.buffer:
            figures = runner.run(_run(msgspec.json.decode(line, type=Job)))
            sys.stdout.buffer.write(msgspec.json.encode(figures) + b"\n")
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
