"""From an archive to a platform that goes on where the backup was made."""

import asyncio
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from resume_review.database import migrate
from resume_review.database.dump import (
    Connection,
    Table,
    UnknownTableError,
    clear,
    filled,
    load,
    snapshot,
    tables,
    users,
)
from resume_review.database.session import Database
from resume_review.features.backup.archive import SECRET, Archive, Manifest, file_part, open_archive
from resume_review.features.backup.errors import BackupError
from resume_review.features.backup.platform import Platform, erasures, file_hashes
from resume_review.features.candidates import (
    Eraser,
    Tombstone,
    keep_tombstones,
    kept_tombstones,
    store_tombstones,
    stored_tombstones,
)
from resume_review.infrastructure.queue import JobQueue

# Jobs that ran then run again, whichever attempt it was: nobody was killed by them. Whoever was signed in then has had
# time to sign out, so every session ends.
_SETTLE = """
    UPDATE procrastinate_jobs SET worker_id = NULL WHERE worker_id IS NOT NULL;
    UPDATE procrastinate_jobs SET status = 'todo' WHERE status = 'doing' AND NOT abort_requested;
    UPDATE refresh_tokens SET status = 'revoked' WHERE status = 'active'
"""


@dataclass(frozen=True)
class Restored:
    """What came of it.

    Attributes:
        erased: People whom the backup held and who had been erased since.
        erasures_known: Whether there was any other place than the backup to learn of erasures from.
        secret: Whether the generated secret was put back.
    """

    manifest: Manifest
    revision: str
    erased: int
    erasures_known: bool
    secret: bool


@dataclass(frozen=True)
class _Present:
    """What is there before."""

    filled: Sequence[str]
    users: int
    tombstones: Sequence[Tombstone]


async def restore(platform: Platform, source: Path, *, replace: bool) -> Restored:
    """Put a backup in the place of what is there.

    Everything is checked before anything is touched. The rows change in one transaction; a restore that is killed
    leaves the old rows, or all new ones, and may simply be repeated.

    Args:
        platform: Its database is migrated or empty, and nobody uses it.
        source: The archive.
        replace: Whether rows that are there may go.

    Raises:
        BackupError: The archive cannot be used, or the platform is not empty or in use.
        BackupDamagedError: The archive is not what was written.
        StorageError: The file store does not answer.
    """
    with open_archive(source) as archive:
        manifest = archive.manifest
        if not migrate.is_known(manifest.revision):
            raise BackupError(
                f"{source.name} is of schema {manifest.revision}, which this release does not know; "
                "install the release that made it, or a later one."
            )
        await asyncio.to_thread(archive.check)
        present = await asyncio.to_thread(_look, platform.url)
        _refuse(present, replace=replace)
        survived = await _holds_anything(platform)
        await kept_tombstones(platform.files)
        # Beside the files they outlive everything that may go wrong from here on.
        await keep_tombstones(platform.files, present.tombstones)
        for key in manifest.files:
            await platform.files.put(key, b"".join(archive.read(file_part(key))))
        await asyncio.to_thread(_rebuild, platform.url, archive)
        secret = SECRET in manifest.parts and platform.secret_path is not None
        if secret and platform.secret_path is not None:
            _write_private(platform.secret_path, b"".join(archive.read(SECRET)))
    erased = await apply_erasures(platform)
    await _remove_needless(platform, manifest.files)
    return Restored(
        manifest=manifest,
        revision=migrate.head(),
        erased=erased,
        erasures_known=survived or bool(present.filled),
        secret=secret,
    )


async def apply_erasures(platform: Platform) -> int:
    """Erase again whoever an older copy of the database brought back; how many that were.

    Raises:
        StorageError: The file store does not answer; nobody was erased.
    """
    known = await kept_tombstones(platform.files)
    database = Database.connect(platform.url, pool_size=1)
    try:
        async with database.transaction() as session:
            await store_tombstones(session, known)
            erased = await Eraser(session, JobQueue()).apply_tombstones()
            stones = await stored_tombstones(session)
    finally:
        await database.dispose()
    await keep_tombstones(platform.files, stones)
    return erased


def _look(url: str) -> _Present:
    with snapshot(url) as connection:
        found = tables(connection)
        return _Present(filled(connection), users(connection), erasures(connection, found))


def _refuse(present: _Present, *, replace: bool) -> None:
    if present.users:
        raise BackupError(
            f"The database is in use ({present.users} connections). Stop the servers and workers first."
        )
    if present.filled and not replace:
        raise BackupError(
            f"The platform is not empty (rows in {', '.join(present.filled[:5])}). Restore into an empty one, or add "
            "--replace to give up what is there."
        )


async def _holds_anything(platform: Platform) -> bool:
    for folder in ("resumes", "tombstones"):
        async for _ in platform.files.list(folder):
            return True
    return False


def _rebuild(url: str, archive: Archive) -> None:
    manifest = archive.manifest

    def rows() -> Iterator[tuple[Table, Iterator[bytes]]]:
        for part in manifest.tables:
            yield part.table, archive.read(part.part)

    def fill(connection: Connection) -> None:
        load(connection, rows(), manifest.sequences, settle=_settle)

    try:
        migrate.rebuild(url, manifest.revision, clear=clear, load=fill)
    except UnknownTableError as error:
        raise BackupError(f"The backup holds {error}, which this release does not know.") from None
    except migrate.DatabaseInUseError as error:
        raise BackupError(str(error)) from None
    except psycopg.errors.IntegrityError as error:
        raise BackupError(
            f"The rows of the backup contradict each other ({error.diag.constraint_name})."
        ) from None


def _settle(connection: Connection) -> None:
    connection.execute(_SETTLE)


async def _remove_needless(platform: Platform, keys: Sequence[str]) -> None:
    """Files of people who were erased again."""

    def named() -> set[str]:
        with snapshot(platform.url) as connection:
            return set(file_hashes(connection, tables(connection)))

    for key in set(keys) - await asyncio.to_thread(named):
        await platform.files.delete(key)


def _write_private(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.restored")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        os.fsync(file.fileno())
    draft.replace(path)
