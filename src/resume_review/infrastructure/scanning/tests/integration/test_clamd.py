"""Numbers are those of the list of abuse cases; ASVS 5.4.3 asks for the scan."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest

from resume_review.core.addresses import SocketAddress
from resume_review.infrastructure.scanning import ClamdScanner, ScannerError, Verdict
from resume_review.testing.clamd import (
    LARGEST_MEGABYTES,
    MARK,
    SIGNATURE,
    ClamdServer,
    infected,
    running_clamd,
)

pytestmark = pytest.mark.integration

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
def scanner(shared_clamd: ClamdServer) -> ClamdScanner:
    return ClamdScanner(SocketAddress.parse(shared_clamd.address))


@contextlib.asynccontextmanager
async def odd_server(talk: Talk) -> AsyncGenerator[SocketAddress]:
    """Something that is no clamd, or one in a bad way."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await talk(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield SocketAddress(host="127.0.0.1", port=server.sockets[0].getsockname()[1])
    finally:
        server.close()


@pytest.mark.parametrize("size", [0, 1, 131_072, 131_073, 1_000_000])
async def test_a_clean_file_is_clean_at_any_size(scanner: ClamdScanner, size: int) -> None:
    assert await scanner.scan(b"x" * size) == Verdict(scanned=True)


@pytest.mark.parametrize("before", [0, 131_060, 900_000])
async def test_what_is_infected_is_named_wherever_it_lies(scanner: ClamdScanner, before: int) -> None:
    verdict = await scanner.scan(b"x" * before + MARK + b"y" * 100)

    assert verdict == Verdict(scanned=True, signature=f"{SIGNATURE}.UNOFFICIAL")


async def test_a_scanner_on_a_port_answers_too(unused_tcp_port: int) -> None:
    with running_clamd(port=unused_tcp_port) as server:
        scanner = ClamdScanner(SocketAddress.parse(server.address))
        await scanner.ping()
        verdict = await scanner.scan(infected())

    assert verdict.signature is not None


async def test_many_files_at_once_each_get_their_own_verdict(scanner: ClamdScanner) -> None:
    files = [infected(f"file {number}") if number % 3 == 0 else b"clean" for number in range(60)]

    verdicts = await asyncio.gather(*map(scanner.scan, files))

    assert [verdict.signature is not None for verdict in verdicts] == [n % 3 == 0 for n in range(60)]


async def test_a_file_larger_than_the_scanner_takes_is_no_clean_file(scanner: ClamdScanner) -> None:
    with pytest.raises(ScannerError):
        await scanner.scan(b"x" * (LARGEST_MEGABYTES * 2**20 + 1))


async def test_a_scanner_that_is_gone_gives_no_verdict_and_one_that_is_back_does(
    own_clamd: ClamdServer,
) -> None:
    scanner = ClamdScanner(SocketAddress.parse(own_clamd.address))
    await scanner.ping()
    own_clamd.stop()

    with pytest.raises(ScannerError):
        await scanner.scan(b"x")
    with pytest.raises(ScannerError):
        await scanner.ping()
    own_clamd.start()

    assert await scanner.scan(b"x") == Verdict(scanned=True)


async def test_a_scanner_that_is_killed_while_files_are_scanned_clears_none_by_mistake(
    own_clamd: ClamdServer,
) -> None:
    scanner = ClamdScanner(SocketAddress.parse(own_clamd.address))
    scans = [asyncio.create_task(scanner.scan(infected("x" * 1_000_000))) for _ in range(20)]
    await asyncio.wait(scans, return_when=asyncio.FIRST_COMPLETED)
    own_clamd.stop()

    outcomes = await asyncio.gather(*scans, return_exceptions=True)

    assert any(isinstance(outcome, ScannerError) for outcome in outcomes)
    assert all(isinstance(o, ScannerError) or (isinstance(o, Verdict) and o.signature) for o in outcomes)


async def test_a_scanner_that_never_answers_is_not_waited_for() -> None:
    hung_up = asyncio.Event()

    async def swallow(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while await reader.read(65_536):
                pass
        hung_up.set()

    async with odd_server(swallow) as address, asyncio.timeout(10):
        with pytest.raises(ScannerError):
            await ClamdScanner(address, seconds=0.2).scan(b"x")
        await hung_up.wait()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: OK",
        b"OK\0",
        b"stream: ok\0",
        b"stream: nothing wrong with it\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"x" * 10_000,
        b"\xff\xfe\0",
    ],
)
async def test_anything_but_a_clear_answer_is_no_verdict(answer: bytes) -> None:
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(len(b"zINSTREAM\0") + 4 + 1 + 4)
        writer.write(answer)
        with contextlib.suppress(ConnectionError):
            await writer.drain()

    async with odd_server(say) as address:
        with pytest.raises(ScannerError):
            await ClamdScanner(address).scan(b"x")


async def test_a_size_limit_says_which_setting_to_raise() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(20)
        writer.write(b"INSTREAM size limit exceeded. ERROR\0")
        await writer.drain()
        await reader.read()

    async with odd_server(refuse) as address:
        with pytest.raises(ScannerError, match="StreamMaxLength"):
            await ClamdScanner(address).scan(b"x" * 1000)


async def test_the_name_of_what_was_found_is_fit_for_a_log() -> None:
    async def find(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(len(b"zINSTREAM\0") + 9)
        writer.write(b"stream: Bad\r\nThing" + b"!" * 300 + b" FOUND\0")
        await writer.drain()

    async with odd_server(find) as address:
        verdict = await ClamdScanner(address).scan(b"x")

    assert verdict.signature is not None
    assert (verdict.signature[:8], len(verdict.signature)) == ("BadThing", 100)
