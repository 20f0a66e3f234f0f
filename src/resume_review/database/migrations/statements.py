"""How revisions run SQL: as written, without parameters, so that one text may hold many statements."""

from pathlib import Path
from typing import LiteralString, cast

import psycopg
from alembic import op


def run_statements(sql: LiteralString) -> None:
    """Run SQL text on the connection of the migration, inside its transaction.

    SQLAlchemy would read `:name` and `%` in it as parameters and refuse more than one statement.
    """
    driver = op.get_bind().connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError("Migrations run on psycopg 3; call them through resume_review.database.migrate.")
    driver.execute(sql)


def run_script(path: Path) -> None:
    """Run a file of SQL that is part of the package."""
    run_statements(cast("LiteralString", path.read_text(encoding="utf-8")))


def drop_tables(*names: LiteralString) -> None:
    """Drop tables in the order given; children come first."""
    for name in names:
        run_statements(f"DROP TABLE {name}")
