"""What is saved and restored."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from psycopg import sql
from psycopg.rows import class_row

from resume_review.database.dump import Connection, Table
from resume_review.database.models import Erasure
from resume_review.features.candidates import Tombstone
from resume_review.features.stored_files import FILE_COLUMNS
from resume_review.infrastructure.storage import FileStore

ERASURES = Erasure.__tablename__
HASH = "file_hash"


@dataclass(frozen=True)
class Platform:
    """The parts of a platform that hold something.

    Attributes:
        url: Of the database.
        secret_path: The generated secret; null where the settings give one.
    """

    url: str
    files: FileStore
    secret_path: Path | None


def file_hashes(connection: Connection, tables: Sequence[Table]) -> dict[str, str]:
    """The key of every file that a row names, and the SHA-256 of what was uploaded."""
    found: dict[str, str] = {}
    for table in tables:
        for column in set(FILE_COLUMNS) & set(table.columns):
            statement = sql.SQL("SELECT DISTINCT {key}, {hash} FROM {table} WHERE {key} IS NOT NULL").format(
                key=sql.Identifier(column), hash=sql.Identifier(HASH), table=sql.Identifier(table.name)
            )
            rows = connection.execute(statement).fetchall()
            found |= dict(msgspec.convert(rows, list[tuple[str, str]]))
    return found


def erasures(connection: Connection, tables: Sequence[Table]) -> list[Tombstone]:
    """Who was erased, as the database knows it."""
    if ERASURES not in {table.name for table in tables}:
        return []
    query = sql.SQL("SELECT candidate_id, email_hash, erased_at FROM {}").format(sql.Identifier(ERASURES))
    with connection.cursor(row_factory=class_row(Tombstone)) as cursor:
        return cursor.execute(query).fetchall()
