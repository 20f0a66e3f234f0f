"""Run by Alembic for every command; the connection and its transaction belong to `database.migrate`."""

from alembic import context

from resume_review.database import models
from resume_review.database.base import Base

QUEUE_PREFIX = "procrastinate_"


def include_name(name: str | None, type_: str, _parents: object) -> bool:
    """Leave the tables of the queue to the queue's own schema."""
    return type_ != "table" or not (name or "").startswith(QUEUE_PREFIX)


def run() -> None:
    connection = context.config.attributes["connection"]
    if connection is None:
        raise RuntimeError(
            "Run migrations through resume_review.database.migrate, which opens the connection and takes the lock."
        )
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_name=include_name,
        compare_server_default=True,
    )
    context.run_migrations()


assert models  # importing them is what fills the metadata
run()
