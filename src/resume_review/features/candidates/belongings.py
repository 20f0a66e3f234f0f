"""Everything that hangs on a candidate, read from the foreign keys: a new table is neither forgotten nor left behind."""

import uuid
from collections.abc import Mapping

import sqlalchemy as sa

from resume_review.database.base import Base
from resume_review.database.models import ActivityLog, Candidate

# Rows of these outlive what they refer to, as a rule; those of a person who leaves go with the person.
SHARED = {"upload_batch_items"}


def belongings(
    candidate_id: uuid.UUID, *, email: str | None = None
) -> Mapping[sa.Table, sa.ColumnElement[bool]]:
    """The tables that hold something of the candidate, parents first, and which rows of them do.

    With the address also what was read under it and is nobody's yet.
    """
    root = Base.metadata.tables[Candidate.__tablename__]
    held: dict[sa.Table, sa.ColumnElement[bool]] = {root: root.c.id == candidate_id}
    for table in Base.metadata.sorted_tables:
        conditions = [
            key.parent.in_(sa.select(key.column).where(held[key.column.table]).correlate(None))
            for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
            if _belongs(key) and key.column.table in held and key.column.table is not table
        ]
        if table.name in SHARED and email is not None:
            conditions.append(table.c.contact["email"].as_string() == email)
        if conditions:
            held[table] = sa.or_(*conditions)
    return held


def _belongs(key: sa.ForeignKey) -> bool:
    return key.ondelete == "CASCADE" or key.parent.table.name in SHARED


def about(held: Mapping[sa.Table, sa.ColumnElement[bool]]) -> sa.ColumnElement[bool]:
    """Which entries of the activity log speak of any of these rows."""
    return sa.or_(
        *(
            ActivityLog.entity_id.in_(sa.select(table.c.id).where(condition).correlate(None))
            for table, condition in held.items()
            if "id" in table.c
        )
    )
