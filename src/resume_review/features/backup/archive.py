"""The archive: a zip of parts and, last, the manifest that names each with its size and SHA-256."""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec

from resume_review.database.dump import Table
from resume_review.features.backup.errors import BackupDamagedError, BackupError

FORMAT = "resume-review-backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
SECRET = "secret.key"  # noqa: S105 - the name of a part
PIECE = 256 * 1024
_KEY = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*")
# Zip keeps no earlier year; the parts have no times of their own, so that equal parts make equal bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class Part(msgspec.Struct, frozen=True):
    """What a part must be like when it is read."""

    bytes: int
    sha256: str


class TablePart(msgspec.Struct, frozen=True):
    """The rows of one table; `part` is where they are."""

    table: Table
    rows: int
    part: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds.

    Attributes:
        revision: The schema that the rows belong to.
        files: Keys of stored files; their parts are `files/<key>`.
        missing: Keys that rows name and the file store has not.
        damaged: Keys whose content is not what was once uploaded; kept as found, unless it was sealed.
    """

    format: str
    format_version: int
    program: str
    created_at: datetime
    revision: str
    tables: Sequence[TablePart]
    sequences: Mapping[str, int]
    files: Sequence[str]
    missing: Sequence[str]
    damaged: Sequence[str]
    parts: Mapping[str, Part]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.tables)


def file_part(key: str) -> str:
    """The part that holds a stored file."""
    return f"files/{key}"


class ArchiveWriter:
    """Writes parts one after the other; only `finish` makes them an archive."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", allowZip64=True)
        self.parts: dict[str, Part] = {}

    @contextmanager
    def part(self, name: str, *, compress: bool = False) -> Generator[Callable[[bytes], object]]:
        """Open a part; what is yielded writes to it."""
        info = zipfile.ZipInfo(name, date_time=_NO_TIME)
        info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as entry:

            def write(piece: bytes) -> None:
                nonlocal size
                digest.update(piece)
                size += len(piece)
                entry.write(piece)

            yield write
        self.parts[name] = Part(size, digest.hexdigest())

    def add(self, name: str, content: bytes) -> None:
        """A part that is whole already."""
        with self.part(name) as write:
            write(content)

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and the directory of the zip."""
        content = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        self._zip.writestr(zipfile.ZipInfo(MANIFEST, date_time=_NO_TIME), content)
        self._zip.close()

    def abandon(self) -> None:
        """Let go of the file; without a manifest it is no archive."""
        with suppress(OSError):
            self._zip.close()


@contextmanager
def write_archive(file: IO[bytes]) -> Generator[ArchiveWriter]:
    """A writer that is let go of when the block fails."""
    writer = ArchiveWriter(file)
    try:
        yield writer
    except BaseException:
        writer.abandon()
        raise


class Archive:
    """A backup that is read; nothing of it is unpacked to disk."""

    def __init__(self, file: zipfile.ZipFile, name: str) -> None:
        self._zip = file
        self._name = name
        self.manifest = self._read_manifest()

    def read(self, name: str) -> Iterator[bytes]:
        """The content of a part, in pieces.

        Raises:
            BackupDamagedError: It cannot be read, or is not what was written; known only after the last piece.
        """
        expected, digest, size = self.manifest.parts[name], hashlib.sha256(), 0
        try:
            with self._zip.open(name) as entry:
                while piece := entry.read(PIECE):
                    digest.update(piece)
                    size += len(piece)
                    yield piece
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            KeyError,
            NotImplementedError,
            OSError,
            RuntimeError,
        ) as error:
            raise self._damaged(name) from error
        if (size, digest.hexdigest()) != (expected.bytes, expected.sha256):
            raise self._damaged(name)

    def check(self) -> None:
        """Read every part and compare it with the manifest.

        Raises:
            BackupDamagedError: The first part that differs, is missing or should not be there.
        """
        manifest = self.manifest
        wanted = {table.part for table in manifest.tables} | {file_part(key) for key in manifest.files}
        if bad := next((key for key in manifest.files if not _KEY.fullmatch(key)), None):
            raise self._damaged(bad)
        there = set(self._zip.namelist()) - {MANIFEST}
        if odd := (there ^ manifest.parts.keys()) | (wanted - there) | (there - wanted - {SECRET}):
            raise self._damaged(min(odd))
        for name in manifest.parts:
            for _ in self.read(name):
                pass

    def _read_manifest(self) -> Manifest:
        try:
            found = msgspec.json.decode(self._zip.read(MANIFEST))
        except KeyError:
            raise BackupDamagedError(
                f"{self._name} is no backup of this platform: it has no manifest."
            ) from None
        except (zipfile.BadZipFile, zlib.error, msgspec.DecodeError, EOFError, NotImplementedError, OSError):
            raise self._damaged(MANIFEST) from None
        if not isinstance(found, dict) or found.get("format") != FORMAT:  # pyright: ignore[reportUnknownMemberType] - any JSON
            raise BackupDamagedError(f"{self._name} is no backup of this platform.")
        if found.get("format_version") != FORMAT_VERSION:  # pyright: ignore[reportUnknownMemberType] - any JSON
            raise BackupError(f"{self._name} was made by a newer release; restore it with that release.")
        try:
            return msgspec.convert(found, Manifest)
        except msgspec.ValidationError:
            raise self._damaged(MANIFEST) from None

    def _damaged(self, part: str) -> BackupDamagedError:
        return BackupDamagedError(
            f"{self._name} is damaged: {part} is not what was written. Nothing was changed; use another copy."
        )


@contextmanager
def open_archive(path: Path) -> Generator[Archive]:
    """A backup to read.

    Raises:
        BackupError: There is no such file, or it cannot be opened.
        BackupDamagedError: It is no whole archive.
    """
    try:
        file = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise BackupDamagedError(
            f"{path.name} is damaged or cut short: it is no whole archive. Use another copy."
        ) from None
    except IsADirectoryError:
        raise BackupError(f"{path} is a folder; name the backup in it.") from None
    except OSError as error:
        raise BackupError(f"{path} cannot be read ({error.strerror}).") from None
    with file:
        yield Archive(file, path.name)
