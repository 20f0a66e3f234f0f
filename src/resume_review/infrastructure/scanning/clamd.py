"""A clamd, spoken to in its own protocol (`man clamd`, INSTREAM): over TCP or a Unix socket, nothing on disk."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import structlog

from resume_review.core.addresses import SocketAddress
from resume_review.infrastructure.scanning.scanner import ScannerError, Verdict

log = structlog.get_logger(__name__)

CONNECT_SECONDS = 2.0
# Loading a new signature database keeps clamd busy for some seconds.
SCAN_SECONDS = 30.0
PING_SECONDS = 2.0
# Fewer than the ten threads that clamd has by default, as other processes scan too.
AT_ONCE = 4
PIECE = 128 * 1024
LONGEST_ANSWER = 4096
LONGEST_NAME = 100

_TOO_LARGE = (
    "The virus scanner takes no file of this size, so the file was refused and nothing was stored. Upload a smaller "
    "one, or have StreamMaxLength in clamd.conf raised above MAX_UPLOAD_MB."
)


class ClamdScanner:
    """Anything but a clear answer within the time is no verdict."""

    configured = True

    def __init__(self, address: SocketAddress, *, seconds: float = SCAN_SECONDS) -> None:
        self._address = address
        self._seconds = seconds
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def scan(self, data: bytes) -> Verdict:
        """See `Scanner.scan`."""
        async with self._guarded(self._seconds), self._turns, self._connection() as (reader, writer):
            sent = await self._send(writer, data)
            answer = await self._answer(reader)
        return self._verdict(answer, sent=sent)

    async def ping(self) -> None:
        """See `Scanner.ping`."""
        async with self._guarded(PING_SECONDS), self._connection() as (reader, writer):
            writer.write(b"zPING\0")
            answer = await self._answer(reader)
        if answer != "PONG":
            raise ScannerError

    @asynccontextmanager
    async def _guarded(self, seconds: float) -> AsyncGenerator[None]:
        try:
            async with asyncio.timeout(seconds):
                yield
        except (OSError, EOFError, asyncio.LimitOverrunError) as error:
            log.warning("scanner_unavailable", address=str(self._address), fault=type(error).__name__)
            raise ScannerError from error

    @asynccontextmanager
    async def _connection(self) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        async with asyncio.timeout(CONNECT_SECONDS):
            reader, writer = await self._connect()
        try:
            yield reader, writer
        finally:
            # Not closed in peace: what was sent of a file may still lie in the buffer of a clamd that hangs.
            writer.transport.abort()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        where = self._address
        if where.path is not None:
            return await asyncio.open_unix_connection(where.path, limit=LONGEST_ANSWER)
        return await asyncio.open_connection(where.host, where.port, limit=LONGEST_ANSWER)

    @staticmethod
    async def _send(writer: asyncio.StreamWriter, data: bytes) -> bool:
        """Whether clamd took it all; over its own size limit it hangs up, and may have said so before."""
        view = memoryview(data)
        try:
            writer.write(b"zINSTREAM\0")
            for start in range(0, len(data), PIECE):
                piece = view[start : start + PIECE]
                writer.write(len(piece).to_bytes(4, "big"))
                writer.write(piece)
                await writer.drain()
            writer.write(bytes(4))
            await writer.drain()
        except ConnectionError:
            return False
        return True

    @staticmethod
    async def _answer(reader: asyncio.StreamReader) -> str:
        return (await reader.readuntil(b"\0"))[:-1].decode("utf-8", "replace")

    @staticmethod
    def _verdict(answer: str, *, sent: bool) -> Verdict:
        if answer == "stream: OK" and sent:
            return Verdict(scanned=True)
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            name = answer.removeprefix("stream: ").removesuffix(" FOUND")
            shown = "".join(character for character in name if character.isprintable())
            return Verdict(scanned=True, signature=shown[:LONGEST_NAME] or "unnamed")
        log.warning("scanner_refused", answer=answer[:LONGEST_NAME])
        raise ScannerError(_TOO_LARGE if "size limit exceeded" in answer else None)
