"""Tombstones beside the stored files, so that a lost database does not bring anybody back."""

import uuid
from collections.abc import Collection, Iterable
from datetime import timedelta

import msgspec
import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.database.models import Erasure
from resume_review.features.candidates.erasure import KEEP_TOMBSTONES_JOB, Tombstone
from resume_review.features.candidates.errors import TombstoneUnreadableError
from resume_review.infrastructure.maintenance import MaintenanceTask
from resume_review.infrastructure.queue import JobDefinition
from resume_review.infrastructure.storage import FileStore
from resume_review.infrastructure.transactions import Transactions

log = structlog.get_logger(__name__)

FOLDER = "tombstones"
MAX_RUNS = 12


async def kept_tombstones(files: FileStore) -> list[Tombstone]:
    """The tombstones beside the files.

    Raises:
        TombstoneUnreadableError: One of them is not what was written.
        StorageError: The store does not answer.
    """
    found: list[Tombstone] = []
    for key in await _kept_keys(files):
        try:
            found.append(msgspec.json.decode(await files.get(key), type=Tombstone))
        except msgspec.MsgspecError:
            raise TombstoneUnreadableError(f"The tombstone {key} in the file store cannot be read.") from None
    return found


async def keep_tombstones(files: FileStore, tombstones: Iterable[Tombstone]) -> int:
    """Write those that are not beside the files yet; how many that were.

    Raises:
        StorageError: The store does not answer.
    """
    kept, written = await _kept_keys(files), 0
    for tombstone in tombstones:
        if (key := _key(tombstone.candidate_id)) not in kept:
            await files.put(key, msgspec.json.encode(tombstone))
            written += 1
    return written


async def stored_tombstones(session: AsyncSession) -> list[Tombstone]:
    """The tombstones in the database."""
    rows = await session.scalars(select(Erasure))
    return [Tombstone(row.candidate_id, row.email_hash, row.erased_at) for row in rows]


async def store_tombstones(session: AsyncSession, tombstones: Collection[Tombstone]) -> None:
    """Add those that the database lacks."""
    if tombstones:
        rows: list[dict[str, object]] = [
            {
                "id": new_id(),
                "candidate_id": stone.candidate_id,
                "email_hash": stone.email_hash,
                "file_hashes": [],
                "erased_at": stone.erased_at,
            }
            for stone in tombstones
        ]
        await session.execute(insert(Erasure).on_conflict_do_nothing(), rows)


class KeepTombstones:
    """Copies tombstones from the database to the file store, right after each erasure and once a day."""

    def __init__(self, transactions: Transactions, files: FileStore) -> None:
        self._transactions = transactions
        self._files = files

    def definition(self) -> JobDefinition:
        """The job as workers register it; it tries for more than two hours."""
        return JobDefinition(name=KEEP_TOMBSTONES_JOB, run=self.run, give_up=self.give_up, max_runs=MAX_RUNS)

    def chore(self) -> MaintenanceTask:
        """For those that no job copied."""
        return MaintenanceTask("candidates.keep_tombstones", timedelta(hours=24), self.keep_all)

    async def run(self, _subject: uuid.UUID) -> None:
        """Copy what is missing.

        Raises:
            StorageError: The store does not answer.
        """
        await self.keep_all()

    async def keep_all(self) -> None:
        """Copy what is missing.

        Raises:
            StorageError: The store does not answer.
        """
        async with self._transactions.transaction() as session:
            stones = await stored_tombstones(session)
        await keep_tombstones(self._files, stones)

    async def give_up(self, _subject: uuid.UUID, reason: str) -> None:
        """Say so; the daily chore tries again."""
        log.error("tombstone_not_kept", reason=reason, hint="check the file store")


async def _kept_keys(files: FileStore) -> set[str]:
    kept: set[str] = set()
    async for keys in files.list(FOLDER):
        kept.update(keys)
    return kept


def _key(candidate_id: uuid.UUID) -> str:
    return f"{FOLDER}/{candidate_id}"
