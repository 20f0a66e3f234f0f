"""The migrations against a real server: from empty, back, again, at once, and equal to the models."""

import subprocess
import sys

import psycopg
import pytest
import sqlalchemy as sa

from resume_review.database import migrate, models
from resume_review.database.base import Base
from resume_review.database.session import psycopg_url

pytestmark = pytest.mark.integration

OBJECTS = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'alembic_version%'
UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typname NOT LIKE '%alembic_version'
"""
# Everything that a table consists of, as the server itself writes it.
STRUCTURE = """
WITH ours AS (
    SELECT oid, relname, relpersistence, reloptions FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND relname NOT LIKE 'procrastinate%' AND relname <> 'alembic_version'
)
SELECT relname, 'table', relpersistence::text || ' ' || coalesce(reloptions::text, '') FROM ours
UNION ALL SELECT relname, attname, format_type(atttypid, atttypmod) || ' ' || attnotnull || ' ' || attnum
FROM ours JOIN pg_attribute ON attrelid = ours.oid WHERE attnum > 0 AND NOT attisdropped
UNION ALL SELECT relname, conname, pg_get_constraintdef(c.oid) FROM ours JOIN pg_constraint c ON conrelid = ours.oid
UNION ALL SELECT relname, indexrelid::regclass::text, pg_get_indexdef(indexrelid)
FROM ours JOIN pg_index ON indrelid = ours.oid
"""


def fetch(url: str, query: str) -> set[tuple[object, ...]]:
    engine = sa.create_engine(psycopg_url(url), poolclass=sa.NullPool)
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(sa.text(query))}


def libpq(url: str) -> str:
    return psycopg_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def test_upgrade_from_empty_reaches_head(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)

    assert migrate.current(empty_database_url) == migrate.head()


def test_a_database_that_was_never_migrated_has_no_revision(empty_database_url: str) -> None:
    assert migrate.current(empty_database_url) is None


def test_upgrade_of_a_current_database_changes_nothing(committed_database_url: str) -> None:
    before = fetch(committed_database_url, STRUCTURE)

    migrate.upgrade(committed_database_url)

    assert fetch(committed_database_url, STRUCTURE) == before


def test_downgrade_leaves_nothing_behind(committed_database_url: str) -> None:
    migrate.downgrade(committed_database_url, "base")

    assert fetch(committed_database_url, OBJECTS) == set()


def test_upgrade_after_downgrade_gives_the_same_schema(committed_database_url: str) -> None:
    before = fetch(committed_database_url, OBJECTS) | fetch(committed_database_url, STRUCTURE)

    migrate.downgrade(committed_database_url, "base")
    migrate.upgrade(committed_database_url)

    assert fetch(committed_database_url, OBJECTS) | fetch(committed_database_url, STRUCTURE) == before


def test_autogenerate_finds_no_difference_to_the_models(committed_database_url: str) -> None:
    migrate.check(committed_database_url)


def test_check_reports_a_difference(committed_database_url: str) -> None:
    with psycopg.connect(libpq(committed_database_url)) as connection:
        connection.execute("ALTER TABLE users DROP COLUMN locked_until")

    with pytest.raises(migrate.SchemaDriftError, match="locked_until"):
        migrate.check(committed_database_url)


def test_tables_are_exactly_what_the_models_say(committed_database_url: str, empty_database_url: str) -> None:
    engine = sa.create_engine(psycopg_url(empty_database_url), poolclass=sa.NullPool)
    assert models.__all__
    Base.metadata.create_all(engine)

    assert fetch(committed_database_url, STRUCTURE) == fetch(empty_database_url, STRUCTURE)


def test_two_processes_may_upgrade_at_once(empty_database_url: str) -> None:
    code = f"from resume_review.database import migrate; migrate.upgrade({empty_database_url!r})"

    processes = [
        subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    errors = [process.communicate(timeout=60)[1] for process in processes]

    assert ([process.returncode for process in processes], errors) == ([0, 0], ["", ""])
    assert migrate.current(empty_database_url) == migrate.head()


def test_migration_gives_up_on_a_table_in_use_and_changes_nothing(
    committed_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT_MS", 50)

    with psycopg.connect(libpq(committed_database_url)) as reader:
        reader.execute("SELECT FROM users")
        with pytest.raises(migrate.DatabaseInUseError):
            migrate.downgrade(committed_database_url, "base")

    assert migrate.current(committed_database_url) == migrate.head()


def test_process_that_waits_for_another_gives_up_in_the_end(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "WAIT_FOR_OTHERS_MS", 50)

    with psycopg.connect(libpq(empty_database_url)) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [migrate.ADVISORY_LOCK])
        with pytest.raises(migrate.DatabaseInUseError):
            migrate.upgrade(empty_database_url)

    assert migrate.current(empty_database_url) is None
