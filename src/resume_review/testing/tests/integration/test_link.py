"""A link does to its connections what it is told, and nothing else."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from resume_review.testing.link import Link, linked

pytestmark = pytest.mark.integration


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1024):
        writer.write(data)
    writer.close()


@asynccontextmanager
async def echoing() -> AsyncGenerator[Link]:
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    async with server, linked(server.sockets[0].getsockname()[:2]) as link:
        yield link


@asynccontextmanager
async def calling(link: Link) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection on which one message has come back already."""
    reader, writer = await asyncio.open_connection("127.0.0.1", link.port)
    writer.write(b"first")
    assert await reader.readexactly(5) == b"first"
    yield reader, writer
    writer.transport.abort()


async def test_what_is_sent_comes_back_late() -> None:
    async with echoing() as link, calling(link) as (reader, writer):
        link.latency_s = 0.05
        started = asyncio.get_running_loop().time()
        writer.write(b"hello")
        answer = await reader.readexactly(5)

    assert answer == b"hello"
    assert asyncio.get_running_loop().time() - started >= 2 * 0.05


async def test_a_cut_resets_every_connection_and_new_ones_are_whole() -> None:
    async with echoing() as link:
        async with calling(link) as (reader, _):
            cut = link.cut()
            with pytest.raises(ConnectionResetError):
                await reader.read()
        async with calling(link):
            pass

    assert cut == 1


async def test_what_is_frozen_is_neither_answered_nor_closed_until_it_thaws() -> None:
    async with echoing() as link, calling(link) as (reader, writer):
        link.freeze()
        writer.write(b"hello")
        answer: asyncio.Task[Any] = asyncio.create_task(reader.readexactly(5))
        done, _ = await asyncio.wait([answer], timeout=0.2)
        link.thaw()

        assert not done
        assert await answer == b"hello"


async def test_a_half_closed_connection_ends_for_the_client_alone() -> None:
    async with echoing() as link, calling(link) as (reader, writer):
        told = link.half_close()
        writer.write(b"hello")

        assert told == 1
        assert await reader.read() == b""


async def test_without_a_server_connections_end_at_once() -> None:
    async with linked(None) as link:
        reader, writer = await asyncio.open_connection("127.0.0.1", link.port)
        try:
            answer = await reader.read()
        except ConnectionResetError:
            answer = b""
        writer.transport.abort()

    assert answer == b""
