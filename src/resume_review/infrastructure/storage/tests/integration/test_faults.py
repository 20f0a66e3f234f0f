"""A bucket that is away, slow, forbidden or not there; case 53 of the list of abuse cases."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import timedelta

import httpx2
import pytest

from resume_review.infrastructure.storage import FileStore, Keyring, StorageError, open_place
from resume_review.testing.buckets import BucketServer

pytestmark = pytest.mark.integration

PATIENCE = 1.0
KEY = bytes(32)
CALLS: dict[str, Callable[[FileStore], Awaitable[object]]] = {
    "put": lambda files: files.put("resumes/1", b"content"),
    "get": lambda files: files.get("resumes/1"),
    "stream": lambda files: files.stream("resumes/1", start=0, end=5),
    "delete": lambda files: files.delete("resumes/1"),
    "check": lambda files: files.check(),
}


def impatient(url: str) -> FileStore:
    return FileStore(open_place(url, patience_seconds=PATIENCE))


@contextlib.asynccontextmanager
async def answering(answer: bytes | None) -> AsyncGenerator[str]:
    """A server that gives everybody this answer, or none at all; its address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            if answer is None:
                await reader.read()
            else:
                writer.write(answer)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def refusing(status: str) -> bytes:
    return f"HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode()


@pytest.mark.parametrize("call", CALLS)
async def test_53_a_bucket_that_does_not_exist_is_named_so(bucket_server: BucketServer, call: str) -> None:
    files = FileStore(open_place("s3://nobody-made-this-bucket/files"))

    with pytest.raises(StorageError) as raised:
        await CALLS[call](files)

    assert raised.value.reason == "the bucket does not exist"


@pytest.mark.parametrize("call", CALLS)
async def test_53_a_refusal_is_told_from_a_missing_file(
    bucket_url: str, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    async with answering(refusing("403 Forbidden")) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        with pytest.raises(StorageError) as raised:
            await CALLS[call](impatient(bucket_url))

    assert raised.value.reason == "access is denied"


@pytest.mark.parametrize("call", CALLS)
async def test_53_a_bucket_that_never_answers_is_not_waited_for(
    bucket_url: str, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    async with answering(None) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        began = time.monotonic()
        with pytest.raises(StorageError) as raised:
            await CALLS[call](impatient(bucket_url))
        waited = time.monotonic() - began

    assert raised.value.reason == "it does not answer"
    assert waited < 10 * PATIENCE


async def test_53_a_bucket_that_fails_again_and_again_is_given_up(
    bucket_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with answering(refusing("500 Internal Server Error")) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        with pytest.raises(StorageError):
            await impatient(bucket_url).put("resumes/1", b"content")


async def test_53_a_bucket_whose_server_is_gone_says_so(
    bucket_server: BucketServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = BucketServer()
    server.start()
    try:
        monkeypatch.setenv("AWS_ENDPOINT_URL", server.endpoint)
        bucket = server.new_bucket()
        files = impatient(f"s3://{bucket}")
        await files.put("resumes/1", b"content")
        server.stop()
        with pytest.raises(StorageError, match="Nothing was stored"):
            await files.put("resumes/2", b"content")
        with pytest.raises(StorageError):
            await files.get("resumes/1")
    finally:
        server.stop()


async def test_a_large_file_that_is_cut_off_leaves_nothing_in_the_bucket(
    bucket_server: BucketServer, bucket_url: str
) -> None:
    bucket = bucket_url.removeprefix("s3://").partition("/")[0]

    class Breaking(Keyring):
        """Breaks off while it seals, when the first part is on its way."""

        def sealed(self, name: str, data: bytes):  # noqa: ANN202 - of the base
            for number, chunk in enumerate(super().sealed(name, data)):
                if number == 100:
                    raise OSError("broken off")
                yield chunk

    files = FileStore(open_place(bucket_url), Breaking([KEY]))

    with pytest.raises(StorageError):
        await files.put("resumes/1", bytes(12_000_000))

    assert [keys async for keys in files.list("resumes")] == []
    assert bucket_server.unfinished_uploads(bucket) == 0


async def test_a_bucket_gives_out_a_file_itself_as_an_attachment(bucket_url: str) -> None:
    files = FileStore(open_place(bucket_url))
    await files.put("resumes/1", b"<html>content", disposition='attachment; filename="cv.pdf"')

    link = await files.direct_link("resumes/1", lasts=timedelta(minutes=1))

    async with httpx2.AsyncClient() as client:
        answer = await client.get(link or "")
    assert (answer.status_code, answer.content) == (200, b"<html>content")
    assert answer.headers["content-disposition"] == 'attachment; filename="cv.pdf"'
    assert answer.headers["content-type"] == "application/octet-stream"


async def test_a_sealed_file_has_no_direct_link(bucket_url: str) -> None:
    files = FileStore(open_place(bucket_url), Keyring([KEY]))
    await files.put("resumes/1", b"content")

    assert await files.direct_link("resumes/1", lasts=timedelta(minutes=1)) is None
