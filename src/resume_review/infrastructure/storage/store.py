"""Files by key, on a local directory through obstore."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from obstore.exceptions import BaseError
from obstore.store import LocalStore

from resume_review.core.errors import NotFoundError, StartupError, UnavailableError

if TYPE_CHECKING:  # types that the library has for checkers only
    from obstore import GetResult

PIECE = 256 * 1024
LISTED_AT_ONCE = 1_000


class StorageError(UnavailableError):
    """The file store does not answer."""

    code = "storage.unavailable"
    message = "The file store cannot be reached. Nothing was stored; try again shortly."


class FileMissingError(NotFoundError):
    """The row says there is a file and the store has none."""

    code = "storage.missing"
    message = "The stored file is missing. Upload the resume again."


class FileStore:
    """Stores, reads and deletes whole files; keys are ours, never a user's file name."""

    def __init__(self, directory: Path) -> None:
        try:
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._store = LocalStore(str(directory))
        except (OSError, BaseError):
            raise StartupError(
                f"RESUME_REVIEW_STORAGE_URL: cannot write to {directory}. "
                "Choose a writable directory, for example RESUME_REVIEW_STORAGE_URL=file:///var/lib/resume-review/files"
            ) from None

    async def put(self, key: str, data: bytes) -> None:
        """Store the bytes under the key, replacing what was there.

        Raises:
            StorageError: Nothing was stored.
        """
        try:
            await self._store.put_async(key, data)
        except (OSError, BaseError) as error:
            raise StorageError from error

    async def get(self, key: str) -> bytes:
        """The bytes under the key.

        Raises:
            FileMissingError: There is no such key.
            StorageError: The store does not answer.
        """
        try:
            result = await self._store.get_async(key)
            return bytes(await result.bytes_async())
        except FileNotFoundError as error:
            raise FileMissingError from error
        except (OSError, BaseError) as error:
            raise StorageError from error

    async def stream(self, key: str, *, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes of a half-open range, in pieces; the first piece waits for the file to be opened.

        Raises:
            FileMissingError: There is no such key.
            StorageError: The store does not answer.
        """
        try:
            # An empty range is refused by the store, and there is nothing to ask for.
            if start == end:
                return _pieces(None)
            result = await self._store.get_async(key, options={"range": (start, end)})
        except FileNotFoundError as error:
            raise FileMissingError from error
        except (OSError, BaseError) as error:
            raise StorageError from error
        return _pieces(result)

    async def list(self, folder: str, *, before: datetime) -> AsyncIterator[list[str]]:
        """The keys in a folder that were written before this time, some at a time.

        Raises:
            StorageError: The store does not answer.
        """
        try:
            listed = self._store.list(folder, chunk_size=LISTED_AT_ONCE)  # pyright: ignore[reportUnknownMemberType] - its Arrow form is untyped
            async for found in listed:
                if keys := [entry["path"] for entry in found if entry["last_modified"] < before]:
                    yield keys
        except (OSError, BaseError) as error:
            raise StorageError from error

    async def delete(self, key: str) -> None:
        """Delete the key; a missing one is no fault."""
        try:
            await self._store.delete_async(key)
        except FileNotFoundError:
            return
        except (OSError, BaseError) as error:
            raise StorageError from error


async def _pieces(result: "GetResult | None") -> AsyncIterator[bytes]:
    if result is not None:
        async for piece in result.stream(min_chunk_size=PIECE):
            yield bytes(piece)
