"""Everything that is stored about a candidate, as one archive that is written while it is sent."""

import asyncio
import io
import uuid
import zipfile
from collections.abc import AsyncGenerator, Mapping
from pathlib import PurePath
from typing import IO, Any, cast

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.errors import NotFoundError
from resume_review.database.models import ActivityLog
from resume_review.features.candidates.belongings import about, belongings
from resume_review.infrastructure.storage import FileStore
from resume_review.infrastructure.transactions import Transactions

# What serves the platform and says nothing about the person.
INTERNAL = {
    "search_text", "search_grams", "stored_filename", "file_key", "attempt_token", "job_id", "token_hash",
}  # fmt: skip
ACTIVITY = ("created_at", "action", "entity_type", "entity_id", "user_id", "old_values", "new_values")
_KEYS = {"stored_filename", "file_key"}


class _Sink(io.RawIOBase):
    """What the archive was given and the client was not, yet."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """All that came since the last time."""
        taken, self._pieces = b"".join(self._pieces), []
        return taken


async def archive(
    transactions: Transactions, files: FileStore, candidate_id: uuid.UUID
) -> AsyncGenerator[bytes]:
    """A ZIP of one JSON file per table, the entries of the activity log and the stored files.

    One table or file at a time is in memory. A file that the store has lost is named in a note instead.
    """
    sink = _Sink()
    with zipfile.ZipFile(cast("IO[bytes]", sink), "w", zipfile.ZIP_DEFLATED) as target:
        stored: dict[str, str] = {}
        held = belongings(candidate_id)
        for table, condition in held.items():
            async with transactions.transaction() as session:
                rows = await _rows(session, table, condition)
            stored |= _files(table, rows)
            await _add(target, f"{table.name}.json", _json(rows))
            yield sink.take()
        async with transactions.transaction() as session:
            entries = await _activity(session, about(held))
        await _add(target, "activity.json", _json(entries))
        yield sink.take()
        for name, key in stored.items():
            try:
                await _add(target, name, await files.get(key))
            except NotFoundError as error:
                await _add(target, f"{name}.missing.txt", error.detail.encode())
            yield sink.take()
    yield sink.take()


async def _rows(
    session: AsyncSession, table: sa.Table, condition: sa.ColumnElement[bool]
) -> list[dict[str, Any]]:
    statement = sa.select(table).where(condition).order_by(*table.primary_key)
    return [dict(row) for row in (await session.execute(statement)).mappings()]


async def _activity(session: AsyncSession, condition: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    columns = [ActivityLog.__table__.c[name] for name in ACTIVITY]
    statement = sa.select(*columns).where(condition).order_by(ActivityLog.created_at, ActivityLog.id)
    return [dict(row) for row in (await session.execute(statement)).mappings()]


def _files(table: sa.Table, rows: list[dict[str, Any]]) -> dict[str, str]:
    """Names in the archive, which are ours, and keys in the store."""
    column = next((name for name in _KEYS if name in table.c), None)
    if column is None:
        return {}
    return {
        f"files/{table.name}-{number}{_suffix(row)}": row[column]
        for number, row in enumerate(rows, 1)
        if row[column]
    }


def _suffix(row: Mapping[str, Any]) -> str:
    suffix = PurePath(str(row.get("original_filename") or row.get("filename") or "")).suffix.lower()
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= 6 else ""


def _json(rows: list[dict[str, Any]]) -> bytes:
    shown = [{name: value for name, value in row.items() if name not in INTERNAL} for row in rows]
    return msgspec.json.format(msgspec.json.encode(shown), indent=2)


async def _add(target: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, utc_now().timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    await asyncio.to_thread(target.writestr, entry, data)
