"""Erasing a person: at once and completely, with a tombstone that outlives a restored backup."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.folding import fold
from resume_review.core.ids import new_id
from resume_review.database.base import Base
from resume_review.database.enums import ActivityAction, EntityType
from resume_review.database.models import (
    Candidate,
    Erasure,
    Resume,
    User,
)
from resume_review.database.session import driver_connection
from resume_review.features.audit import record_activity
from resume_review.features.candidates.belongings import SHARED, belongings
from resume_review.features.candidates.errors import CandidateNotFoundError, NotConfirmedError
from resume_review.features.candidates.repository import CandidateRepository
from resume_review.features.stored_files import FILE_COLUMNS, remove_files
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.queue import JobQueue

KEEP_TOMBSTONES_JOB = "candidates.keep_tombstones"

# JSON that is kept for a while and may quote what it speaks of.
MENTIONING = {"idempotency_keys": "answer", "webhook_deliveries": "payload"}


@dataclass(frozen=True)
class Tombstone:
    """What is known of somebody erased; `email_hash` is null where there was no address."""

    candidate_id: uuid.UUID
    email_hash: str | None
    erased_at: datetime


@dataclass(frozen=True)
class _Held:
    """What is stored of a candidate, as far as the erasure has to know."""

    candidate_id: uuid.UUID
    email: str | None
    ids: Sequence[uuid.UUID]
    file_keys: Sequence[str]
    file_hashes: Sequence[str]


def email_hash(email: str | None) -> str | None:
    """The hash of a (lower-case) address, as tombstones keep it."""
    return hashlib.sha256(email.encode()).hexdigest() if email else None


class Eraser:
    """Works in the given session and commits nothing; who may call it is decided by its callers."""

    def __init__(self, session: AsyncSession, queue: JobQueue) -> None:
        self._session = session
        self._queue = queue

    async def erase(self, candidate_id: uuid.UUID, *, by: User, confirm: str, client: ClientInfo) -> None:
        """Stop the work on a candidate and delete all that is stored; files follow right after the commit.

        A job that ends later finds no row to write to.

        Raises:
            CandidateNotFoundError: Unknown, or not this user's to see.
            NotConfirmedError: `confirm` is neither the full name nor the address.
        """
        candidate = await CandidateRepository(self._session).readable(candidate_id, by, lock=True)
        if candidate is None:
            raise CandidateNotFoundError
        if not _confirmed(confirm, candidate):
            raise NotConfirmedError
        await self._erase(candidate, by=by, client=client)

    async def apply_tombstones(self, tombstones: Iterable[Tombstone] = ()) -> int:
        """Erase again whoever a restored backup brought back; how many that were.

        Uses the tombstones in the database and the given ones, which may come from a newer copy of it. An address
        counts only for candidates that were there before the erasure: somebody may come back of their own will.
        """
        stored = await self._session.scalars(sa.select(Erasure))
        known = [*(Tombstone(row.candidate_id, row.email_hash, row.erased_at) for row in stored), *tombstones]
        erased = 0
        for tombstone in known:
            returned = Candidate.id == tombstone.candidate_id
            if tombstone.email_hash is not None:
                digest = sa.func.encode(sa.func.sha256(sa.func.convert_to(Candidate.email, "UTF8")), "hex")
                returned |= (digest == tombstone.email_hash) & (Candidate.created_at <= tombstone.erased_at)
            for candidate in (
                await self._session.scalars(sa.select(Candidate).where(returned).with_for_update())
            ).all():
                await self._erase(candidate, by=None, client=None)
                erased += 1
        return erased

    async def _erase(self, candidate: Candidate, *, by: User | None, client: ClientInfo | None) -> None:
        held = await self._held(candidate)
        connection = await driver_connection(self._session)
        await self._queue.cancel_all(connection, held.ids)
        await self._forget_mentions(held)
        by_id = by.id if by else None
        await self._bury(held, by=by_id)
        await self._queue.enqueue(connection, KEEP_TOMBSTONES_JOB, subject=held.candidate_id)
        for table, condition in belongings(candidate.id, email=candidate.email).items():
            if table.name in SHARED:
                await self._session.execute(sa.delete(table).where(condition))
        self._session.expunge(candidate)
        await self._session.execute(sa.delete(Candidate).where(Candidate.id == held.candidate_id))
        await remove_files(self._session, self._queue, held.file_keys)
        record_activity(
            self._session,
            ActivityAction.ERASE,
            entity=EntityType.CANDIDATE,
            entity_id=held.candidate_id,
            user_id=by_id,
            client=client,
            new={"file_sha256": list(held.file_hashes)},
        )

    async def _held(self, candidate: Candidate) -> _Held:
        tables = belongings(candidate.id, email=candidate.email)
        ids: list[uuid.UUID] = []
        keys: set[str] = set()
        for table, condition in tables.items():
            wanted = [table.c[name] for name in ("id", *FILE_COLUMNS) if name in table.c]
            for row in await self._session.execute(sa.select(*wanted).where(condition)):
                ids.append(row[0])
                keys.update(key for key in row[1:] if key)
        statement = sa.select(Resume.file_hash).where(Resume.candidate_id == candidate.id).distinct()
        hashes = sorted((await self._session.scalars(statement)).all())
        return _Held(candidate.id, candidate.email, ids, sorted(keys), hashes)

    async def _forget_mentions(self, held: _Held) -> None:
        """Delete kept answers and messages that name any of the rows: they may hold what the person wrote."""
        named = sa.func.any(sa.cast([f"%{identity}%" for identity in held.ids], sa.ARRAY(sa.Text)))
        for name, column in MENTIONING.items():
            table = Base.metadata.tables.get(name)
            if table is not None:
                mentions = sa.cast(table.c[column], sa.Text).like(named)
                await self._session.execute(sa.delete(table).where(mentions))

    async def _bury(self, held: _Held, *, by: uuid.UUID | None) -> None:
        tombstone = {
            "candidate_id": held.candidate_id,
            "id": new_id(),
            "erased_by_user_id": by,
            "email_hash": email_hash(held.email),
            "file_hashes": list(held.file_hashes),
        }
        await self._session.execute(insert(Erasure).on_conflict_do_nothing(), tombstone)


def _confirmed(confirm: str, candidate: Candidate) -> bool:
    first, last = candidate.first_name, candidate.last_name
    accepted = {fold(f"{first} {last}"), fold(f"{last} {first}"), fold(last + first)}
    if candidate.email:
        accepted.add(fold(candidate.email))
    return fold(confirm) in accepted
