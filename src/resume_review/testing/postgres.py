"""A real Postgres for tests: one embedded server per run, databases copied from a migrated template."""

import itertools
import os
from collections.abc import Generator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from resume_review.database import migrate
from resume_review.database.embedded import EmbeddedPostgres

TEMPLATE = "migrated_template"
_numbers = itertools.count()


def ensure_template(server: EmbeddedPostgres) -> None:
    """Migrate the template; of several test processes the first does the work and the others wait."""
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATE])
        migrate.upgrade(server.ensure_database(TEMPLATE))


@contextmanager
def temporary_database(server: EmbeddedPostgres, *, template: str = TEMPLATE) -> Generator[str]:
    """The address of a new database, dropped at the end; `template0` gives an empty one."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(template)
    )
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        connection.execute(statement)
    try:
        yield server.url(name)
    finally:
        server.drop_database(name)
