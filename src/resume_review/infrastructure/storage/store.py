"""Files by key: written whole or not at all, read as streams, checked against what was put there."""

import asyncio
import hashlib
import os
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from obstore import sign_async
from obstore.exceptions import BaseError
from obstore.store import LocalStore

from resume_review.infrastructure.storage.errors import (
    FileDamagedError,
    FileMissingError,
    StorageError,
    error_of,
)
from resume_review.infrastructure.storage.places import Place, open_folder
from resume_review.infrastructure.storage.sealing import (
    CHUNK,
    HEADER,
    MAGIC,
    SEALED_CHUNK,
    FileCipher,
    Keyring,
    plain_size,
    rechunked,
)

if TYPE_CHECKING:  # types that the library has for checkers only
    from obstore import Attributes, GetResult

log = structlog.get_logger(__name__)

PIECE = 256 * 1024
LISTED_AT_ONCE = 1_000
# Smaller files go up in one request instead of three.
IN_PARTS_FROM = 5 * 1024 * 1024
ATTACHMENT = "attachment"
OPAQUE = "application/octet-stream"
# What a writer that was killed leaves beside the place of its file.
_HALF_WRITTEN = "*#[0-9]*"
_FAULTS = (OSError, BaseError)


@dataclass(frozen=True)
class _Opened:
    """A stored file: its bytes as they lie there, and what opens them; null where they are not sealed."""

    stored: int
    cipher: FileCipher | None

    @property
    def size(self) -> int:
        return self.stored if self.cipher is None else plain_size(self.stored)


class FileStore:
    """Stores, reads and deletes whole files; keys are ours, never a user's file name.

    With a key in the ring, files are sealed; those that were stored before are read as they are.
    """

    def __init__(self, place: Place | Path, keys: Keyring | None = None) -> None:
        self._place = place if isinstance(place, Place) else open_folder(place)
        self._store = self._place.store
        self._keys = keys or Keyring()

    async def put(self, key: str, data: bytes, *, disposition: str = ATTACHMENT) -> None:
        """Store the bytes under the key, replacing what was there.

        Args:
            key: Where.
            data: What.
            disposition: The Content-Disposition with which a bucket gives out the file.

        Raises:
            StorageError: Nothing was stored.
        """
        directory = self._place.directory
        attributes: Attributes | None = None
        if directory is None:
            attributes = {"Content-Type": OPAQUE, "Content-Disposition": disposition}
        body = self._keys.sealed(key, data) if self._keys.ids else data
        in_parts = len(data) > IN_PARTS_FROM
        try:
            await self._store.put_async(key, body, use_multipart=in_parts, attributes=attributes)
            if directory is not None:
                await asyncio.to_thread(_to_disk, directory / key)
        except _FAULTS as error:
            raise error_of(error, about_file=False) from None

    async def get(self, key: str, *, sha256: str | None = None) -> bytes:
        """The bytes under the key, which must have this hash where one is given.

        Raises:
            FileMissingError: There is no such key.
            FileDamagedError: They are not what was put there.
            StorageKeyError: They are sealed with a key that is not in the ring.
            StorageError: The store does not answer.
        """
        data = await self._get(key)
        plain = self._unsealed(key, data) if bytes(data[: len(MAGIC)]) == MAGIC else bytes(data)
        if sha256 is not None and hashlib.sha256(plain).hexdigest() != sha256:
            raise _damaged(key)
        return plain

    async def stream(
        self, key: str, *, start: int, end: int, sha256: str | None = None
    ) -> AsyncIterator[bytes]:
        """The bytes of a half-open range, in pieces; the first piece waits for the file to be opened.

        Where all of the file is asked for it must have the hash. One that has not ends with an error before its last
        piece, so that nobody takes it for whole.

        Raises:
            FileMissingError: There is no such key.
            FileDamagedError: It is not what was put there; also while streaming.
            StorageKeyError: It is sealed with a key that is not in the ring.
            StorageError: The store does not answer; also while streaming.
        """
        # An empty range is refused by the store, and there is nothing to ask for.
        if start == end:
            return _no_pieces()
        file = await self._open(key)
        if end > file.size:
            raise _damaged(key)
        pieces = await self._pieces(key, file, start, end)
        whole = (start, end) == (0, file.size)
        return _checked(key, pieces, sha256) if sha256 is not None and whole else pieces

    async def direct_link(self, key: str, *, lasts: timedelta) -> str | None:
        """An address at which a bucket itself gives out the file; null where it has to come from here.

        Raises:
            FileMissingError: There is no such key.
            StorageError: The store does not answer.
        """
        store = self._store
        if isinstance(store, LocalStore) or (await self._open(key)).cipher is not None:
            return None
        try:
            return await sign_async(store, "GET", key, lasts)
        except _FAULTS as error:
            raise error_of(error) from None

    async def list(
        self, folder: str | None = None, *, before: datetime | None = None
    ) -> AsyncIterator[list[str]]:
        """The keys in a folder, or all of them, some at a time; only those that were written before a time, where one is given.

        Raises:
            StorageError: The store does not answer.
        """
        try:
            listed = self._store.list(folder, chunk_size=LISTED_AT_ONCE)  # pyright: ignore[reportUnknownMemberType] - its Arrow form is untyped
            async for found in listed:
                if keys := [e["path"] for e in found if before is None or e["last_modified"] < before]:
                    yield keys
        except _FAULTS as error:
            raise error_of(error, about_file=False) from None

    async def delete(self, key: str) -> None:
        """Delete the key; a missing one is no fault."""
        try:
            await self._store.delete_async(key)
        except _FAULTS as error:
            fault = error_of(error)
            if not isinstance(fault, FileMissingError):
                raise fault from None

    async def delete_half_written(self, folder: str, *, before: datetime) -> int:
        """Remove what killed writers left in a folder; how many files. Buckets do that by rules of their own."""
        if self._place.directory is None:
            return 0
        return await asyncio.to_thread(_delete_half_written, self._place.directory / folder, before)

    async def check(self) -> None:
        """Find out whether files can be stored and read now.

        Raises:
            StorageError: They cannot; `reason` says why.
        """
        directory = self._place.directory
        if directory is not None:
            if not await asyncio.to_thread(os.access, directory, os.W_OK):
                raise StorageError("the folder cannot be written")
            return
        async for _ in self.list("check"):
            break

    async def reseal(self, key: str) -> bool:
        """Store a file anew if the first key of the ring has not sealed it; whether it was.

        A file that is deleted at this very moment comes back; the sweep for files without a row finds it.

        Raises:
            AppError: As for `get` and `put`.
        """
        if not self._keys.ids or self._keys.sealed_by_first(bytes((await self._get(key))[:HEADER])):
            return False
        await self.put(key, await self.get(key))
        return True

    async def _get(self, key: str) -> memoryview:
        try:
            return memoryview(await (await self._store.get_async(key)).bytes_async())
        except _FAULTS as error:
            raise error_of(error) from None

    async def _get_part(self, key: str, start: int, end: int) -> "GetResult":
        try:
            return await self._store.get_async(key, options={"range": (start, end)})
        except _FAULTS as error:
            raise error_of(error) from None

    async def _open(self, key: str) -> _Opened:
        result = await self._get_part(key, 0, HEADER)
        try:
            beginning = bytes(await result.bytes_async())
        except _FAULTS as error:
            raise error_of(error) from None
        sealed = beginning.startswith(MAGIC)
        return _Opened(result.meta["size"], self._keys.cipher_of(beginning, key) if sealed else None)

    def _unsealed(self, key: str, data: memoryview) -> bytes:
        cipher = self._keys.cipher_of(bytes(data[:HEADER]), key)
        body = data[HEADER:]
        starts = range(0, max(1, len(body)), SEALED_CHUNK)
        return b"".join(
            cipher.open(number, body[at : at + SEALED_CHUNK], last=at == starts[-1])
            for number, at in enumerate(starts)
        )

    async def _pieces(self, key: str, file: _Opened, start: int, end: int) -> AsyncGenerator[bytes]:
        if file.cipher is None:
            return _plain(await self._get_part(key, start, end))
        first, last = start // CHUNK, (end - 1) // CHUNK
        stored_end = min(file.stored, HEADER + (last + 1) * SEALED_CHUNK)
        result = await self._get_part(key, HEADER + first * SEALED_CHUNK, stored_end)
        chunks = _chunks(result, file.cipher, first=first, last_of_file=(file.size - 1) // CHUNK)
        return _cut(chunks, start - first * CHUNK, end - start)


async def _no_pieces() -> AsyncGenerator[bytes]:
    for piece in ():
        yield piece


async def _plain(result: "GetResult") -> AsyncGenerator[bytes]:
    try:
        async for piece in result.stream(min_chunk_size=PIECE):
            yield bytes(piece)
    except _FAULTS as error:
        raise error_of(error) from None


async def _chunks(
    result: "GetResult", cipher: FileCipher, *, first: int, last_of_file: int
) -> AsyncGenerator[bytes]:
    number = first
    async for sealed in rechunked(_plain(result), SEALED_CHUNK):
        yield cipher.open(number, sealed, last=number == last_of_file)
        number += 1


async def _cut(pieces: AsyncGenerator[bytes], skip: int, length: int) -> AsyncGenerator[bytes]:
    """So many bytes after the first few."""
    left = length
    async for piece in pieces:
        part = piece[skip : skip + left]
        skip, left = max(0, skip - len(piece)), left - len(part)
        if part:
            yield part


async def _checked(key: str, pieces: AsyncGenerator[bytes], sha256: str) -> AsyncGenerator[bytes]:
    digest, held = hashlib.sha256(), b""
    async for piece in pieces:
        digest.update(piece)
        if held:
            yield held
        held = piece
    if digest.hexdigest() != sha256:
        raise _damaged(key)
    yield held


def _damaged(key: str) -> FileDamagedError:
    log.error("stored_file_damaged", key=key)
    return FileDamagedError()


def _to_disk(path: Path) -> None:
    """The row of a file outlives a loss of power, so the file has to as well: its content and its name."""
    for part in (path, path.parent):
        descriptor = os.open(part, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _delete_half_written(folder: Path, before: datetime) -> int:
    old = [path for path in folder.rglob(_HALF_WRITTEN) if path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
