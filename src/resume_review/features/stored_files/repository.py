"""Which stored files rows refer to, and which wait for their removal."""

import uuid
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.database.base import Base
from resume_review.database.models import FileDeletion

FILE_COLUMNS = ("stored_filename", "file_key")
"""Columns of any table that hold the key of a file."""


class StoredFileRepository:
    """Reads and writes rows about files; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def note(self, keys: Collection[str]) -> None:
        """Remember files whose rows go.

        One that is noted already gets a new id, so that a removal that looked before its last row went does not
        take the note away.
        """
        statement = insert(FileDeletion)
        statement = statement.on_conflict_do_update(
            index_elements=[FileDeletion.storage_key], set_={"id": statement.excluded.id}
        )
        rows = [{"id": new_id(), "storage_key": key} for key in sorted(keys)]
        await self._session.execute(statement, rows)

    async def waiting(self, *, after: uuid.UUID | None, limit: int) -> Sequence[FileDeletion]:
        """Files to delete, oldest first."""
        statement = sa.select(FileDeletion).order_by(FileDeletion.id).limit(limit)
        if after is not None:
            statement = statement.where(FileDeletion.id > after)
        return (await self._session.scalars(statement)).all()

    async def in_use(self, keys: Collection[str]) -> set[str]:
        """Those that a row refers to: versions of one resume share a file, and a row may hand it to another."""
        columns = (
            table.c[name] for table in Base.metadata.sorted_tables for name in FILE_COLUMNS if name in table.c
        )
        found = sa.union(*(sa.select(column).where(column.in_(keys)) for column in columns))
        return set((await self._session.scalars(found)).all())

    async def done(self, deletion_ids: Collection[uuid.UUID]) -> None:
        """These files are gone, or needed after all."""
        await self._session.execute(sa.delete(FileDeletion).where(FileDeletion.id.in_(deletion_ids)))
