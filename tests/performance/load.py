"""A load generator small enough not to be what is measured: raw sockets, keep-alive, one request in flight each."""

import asyncio
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """One request that is sent over and over."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] | None = None
    body: bytes = b""

    def encoded(self) -> bytes:
        parts = urlsplit(self.url)
        lines = [
            f"{self.method} {parts.path or '/'}{'?' + parts.query if parts.query else ''} HTTP/1.1",
            f"host: {parts.netloc}",
            f"content-length: {len(self.body)}",
            *(f"{name}: {value}" for name, value in (self.headers or {}).items()),
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + self.body


def p95_ms(request: Request, *, connections: int, requests: int) -> float:
    """The 95th percentile of the time to an answer, in milliseconds.

    Raises:
        RuntimeError: An answer was not a success.
    """
    times = asyncio.run(_measure(request, connections=connections, each=requests // connections))
    return statistics.quantiles(times, n=20)[-1] * 1000


async def _measure(request: Request, *, connections: int, each: int) -> list[float]:
    parts = urlsplit(request.url)
    assert parts.hostname
    assert parts.port
    tasks = [_one(parts.hostname, parts.port, request.encoded(), each) for _ in range(connections)]
    return [seconds for times in await asyncio.gather(*tasks) for seconds in times]


async def _one(host: str, port: int, payload: bytes, count: int) -> list[float]:
    reader, writer = await asyncio.open_connection(host, port)
    times: list[float] = []
    try:
        for _ in range(count):
            started = time.perf_counter()
            writer.write(payload)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            times.append(time.perf_counter() - started)
            if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
                raise RuntimeError(f"the answer was {head.splitlines()[0].decode()}")
    finally:
        writer.close()
        await writer.wait_closed()
    return times
