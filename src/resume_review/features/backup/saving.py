"""From a running platform to one archive."""

import asyncio
import hashlib
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO

from resume_review.core.clock import utc_now
from resume_review.database.dump import Connection, Table, copy_out, sequences, snapshot, tables
from resume_review.database.migrate import revision_of
from resume_review.features.backup.archive import (
    FORMAT,
    FORMAT_VERSION,
    SECRET,
    ArchiveWriter,
    Manifest,
    TablePart,
    file_part,
    open_archive,
    write_archive,
)
from resume_review.features.backup.errors import BackupError
from resume_review.features.backup.platform import ERASURES, Platform, file_hashes
from resume_review.infrastructure.storage import FileDamagedError, FileMissingError

DRAFT = ".resume-review-backup.part"
SUFFIX = ".zip"
PRIVATE = 0o600


@dataclass(frozen=True)
class _Rows:
    """What one look at the database gave."""

    revision: str
    tables: list[TablePart]
    sequences: dict[str, int]
    files: dict[str, str]


async def back_up(platform: Platform, to: Path) -> tuple[Path, Manifest]:
    """Write everything into one archive, read it back, and only then give it its name.

    The rows are those of one moment. Files follow, and last who was erased meanwhile. Nothing is stopped.

    Args:
        platform: May be in use.
        to: A folder, in which the archive is named after the time, or the name of a file that is not there yet.

    Raises:
        BackupError: The place cannot be written, or the database was never set up.
        StorageError: The file store does not answer.
    """
    target = _target(to)
    with _draft(target) as file, write_archive(file) as writer:
        rows = await asyncio.to_thread(_save_rows, platform.url, writer)
        kept, missing, damaged = await _save_files(platform, rows.files, writer)
        erased = await asyncio.to_thread(_save_erasures, platform.url, writer)
        if platform.secret_path is not None and platform.secret_path.exists():
            writer.add(SECRET, platform.secret_path.read_bytes())
        manifest = Manifest(
            format=FORMAT,
            format_version=FORMAT_VERSION,
            program=version("resume-review"),
            created_at=utc_now(),
            revision=rows.revision,
            tables=[*rows.tables, *erased],
            sequences=rows.sequences,
            files=kept,
            missing=missing,
            damaged=damaged,
            parts=writer.parts,
        )
        writer.finish(manifest)
        await asyncio.to_thread(_settle, file, target)
    return target, manifest


def _target(to: Path) -> Path:
    if to.is_dir():
        to = to / f"resume-review-{utc_now():%Y%m%dT%H%M%SZ}{SUFFIX}"
    if to.exists():
        raise BackupError(f"{to} exists already; backups are never overwritten. Choose another name.")
    if not to.parent.is_dir():
        raise BackupError(f"{to.parent} is no folder; create it first.")
    return to


@contextmanager
def _draft(target: Path) -> Generator[IO[bytes]]:
    """The one unfinished backup of a folder: what a killed one left there is written over."""
    path = target.with_name(DRAFT)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)
    except OSError as error:
        raise BackupError(f"{target.parent} cannot be written ({error.strerror}); choose another.") from None
    with os.fdopen(descriptor, "r+b") as file:
        if not _is_alone(path, descriptor):
            raise BackupError(f"Another backup is being written to {target.parent}; wait for it.")
        try:
            file.truncate()
            yield file
        except BaseException as error:
            path.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise BackupError(
                    f"{target} could not be written ({error.strerror}); nothing is left of it."
                ) from None
            raise


def _is_alone(path: Path, descriptor: int) -> bool:
    if sys.platform == "win32":
        return True
    import fcntl  # noqa: PLC0415 - not on Windows

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Another one that ended in between has given this file its name; it must not be touched any more.
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except (BlockingIOError, FileNotFoundError):
        return False


def _settle(file: IO[bytes], target: Path) -> None:
    """Have the archive on disk, read it back and name it."""
    file.flush()
    os.fsync(file.fileno())
    draft = target.with_name(DRAFT)
    with open_archive(draft) as archive:
        archive.check()
    draft.rename(target)
    if sys.platform != "win32":
        folder = os.open(target.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _save_rows(url: str, writer: ArchiveWriter) -> _Rows:
    with snapshot(url) as connection:
        revision = revision_of(connection)
        if revision is None:
            raise BackupError("The database has no tables yet: there is nothing to back up.")
        found = tables(connection)
        saved = [_save_table(connection, table, writer) for table in found if table.name != ERASURES]
        return _Rows(revision, saved, sequences(connection), file_hashes(connection, found))


def _save_erasures(url: str, writer: ArchiveWriter) -> list[TablePart]:
    """Last and as of now, so that who was erased during the backup is erased after its way back."""
    with snapshot(url) as connection:
        return [
            _save_table(connection, table, writer) for table in tables(connection) if table.name == ERASURES
        ]


def _save_table(connection: Connection, table: Table, writer: ArchiveWriter) -> TablePart:
    part = f"tables/{table.name}.copy"
    with writer.part(part, compress=True) as write:
        rows = copy_out(connection, table, write)
    return TablePart(table, rows, part)


async def _save_files(
    platform: Platform, hashes: dict[str, str], writer: ArchiveWriter
) -> tuple[list[str], list[str], list[str]]:
    """The keys that were saved, those without a file, and those whose file is not what was uploaded.

    A sealed file that was damaged cannot be opened and is not saved; any other is, as found.
    """
    kept: list[str] = []
    missing: list[str] = []
    damaged: list[str] = []
    for key, expected in sorted(hashes.items()):
        try:
            content = await platform.files.get(key)
        except FileMissingError:
            missing.append(key)
            continue
        except FileDamagedError:
            damaged.append(key)
            continue
        writer.add(file_part(key), content)
        kept.append(key)
        if hashlib.sha256(content).hexdigest() != expected:
            damaged.append(key)
    return kept, missing, damaged
