"""The way between a client and a server, which can be slow, cut, frozen or half closed."""

import asyncio
import socket
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

CHUNK_BYTES = 65_536
_RESET_AT_CLOSE = struct.pack("ii", 1, 0)

Upstream = tuple[str, int] | Path
"""Host and port, or the path of a Unix socket."""


@dataclass(eq=False)
class _Connection:
    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    half_closed: bool = False

    def reset(self) -> None:
        for writer in (self.client, self.server):
            sock: socket.socket | None = writer.get_extra_info("socket")
            if sock is not None and sock.family != socket.AF_UNIX and sock.fileno() >= 0:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_CLOSE)
            writer.transport.abort()


@dataclass
class Link:
    """Passes on what comes, as told; everything may be changed while connections are open.

    Attributes:
        upstream: Where new connections lead; null ends them at once.
        latency_s: What every chunk waits, in either direction.
        port: Where it listens, on 127.0.0.1.
    """

    upstream: Upstream | None
    latency_s: float = 0.0
    port: int = 0
    _open: set[_Connection] = field(default_factory=set[_Connection])
    _flowing: asyncio.Event = field(default_factory=asyncio.Event)

    def freeze(self) -> None:
        """Pass nothing on and close nothing: neither side learns that the other is out of reach."""
        self._flowing.clear()

    def thaw(self) -> None:
        """Pass on what was held back, and all that follows."""
        self._flowing.set()

    def cut(self) -> int:
        """Reset all connections; how many there were."""
        connections = list(self._open)
        for connection in connections:
            connection.reset()
        return len(connections)

    def close(self) -> None:
        """Reset all connections, those that are still being made as well, and let nothing pass any more."""
        self.upstream = None
        self.thaw()
        self.cut()

    def half_close(self) -> int:
        """Tell clients that the server has said all, and swallow what they still send; how many were told."""
        connections = [connection for connection in self._open if not connection.half_closed]
        for connection in connections:
            connection.half_closed = True
            with suppress(OSError, RuntimeError):
                connection.client.write_eof()
        return len(connections)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its first byte to its end."""
        try:
            server_reader, server_writer = await self._connect()
        except OSError:
            writer.transport.abort()
            return
        connection = _Connection(writer, server_writer)
        self._open.add(connection)
        if self.upstream is None:
            connection.reset()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pass_on(connection, reader, server_writer))
                group.create_task(self._pass_on(connection, server_reader, writer))
        finally:
            self._open.discard(connection)
            writer.transport.abort()
            server_writer.transport.abort()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.upstream is None:
            raise ConnectionRefusedError
        if isinstance(self.upstream, Path):
            return await asyncio.open_unix_connection(self.upstream)
        return await asyncio.open_connection(*self.upstream)

    async def _pass_on(
        self, connection: _Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while data := await reader.read(CHUNK_BYTES):
                if self.latency_s:
                    await asyncio.sleep(self.latency_s)
                await self._flowing.wait()
                if not connection.half_closed:
                    writer.write(data)
                    await writer.drain()
            await self._flowing.wait()
            if writer is connection.server or not connection.half_closed:
                writer.write_eof()
        except OSError:
            connection.reset()


@asynccontextmanager
async def linked(upstream: Upstream | None) -> AsyncGenerator[Link]:
    """A link on a free port while the block runs."""
    link = Link(upstream)
    link.thaw()
    async with asyncio.TaskGroup() as group:

        def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            group.create_task(link.carry(reader, writer))

        server = await asyncio.start_server(carry, "127.0.0.1", 0)
        link.port = server.sockets[0].getsockname()[1]
        try:
            yield link
        finally:
            server.close()
            link.close()
