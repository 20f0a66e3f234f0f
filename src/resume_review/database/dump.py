"""The rows of a whole database, out of one and into another, without programs of a particular Postgres release."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager

import msgspec
import psycopg
from psycopg import sql

from resume_review.database.session import psycopg_url

Connection = psycopg.Connection[tuple[object, ...]]
Sink = Callable[[bytes], object]

# The version table is written by the migrations; the workers of a database that is gone mean nothing to another.
_LEFT_OUT = ["alembic_version", "procrastinate_workers"]

# Tables that are not logged hold limits and caches; what belongs to an extension comes with the extension.
_TABLES = """
    SELECT c.relname, array_agg(a.attname ORDER BY a.attnum)
    FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relpersistence = 'p'
      AND c.relname <> ALL(%s) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      AND NOT EXISTS (SELECT FROM pg_depend AS d
                      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    GROUP BY c.relname ORDER BY c.relname
"""
_SEQUENCES = """
    SELECT sequencename, last_value FROM pg_sequences
    WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename
"""
_REFERENCES = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conname
"""
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
# The same text for the same value, whatever the server's own settings are.
_TEXT_FORM = """
    SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';
    SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'
"""


class Table(msgspec.Struct, frozen=True):
    """A table and the columns that are copied, in this order; the server computes the others."""

    name: str
    columns: Sequence[str]


class UnknownTableError(Exception):
    """The schema lacks a table or a column that there are rows for; the message names it."""


def libpq(url: str) -> str:
    """The address of a database for libpq clients."""
    return psycopg_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def snapshot(url: str) -> Generator[Connection]:
    """A connection on which every statement sees the same moment and none can write."""
    with psycopg.connect(libpq(url), application_name="resume-review-backup") as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute(_TEXT_FORM)
        yield connection


def tables(connection: Connection) -> list[Table]:
    """The tables that are worth keeping, by name."""
    found = connection.execute(_TABLES, [_LEFT_OUT]).fetchall()
    return [msgspec.convert({"name": name, "columns": columns}, Table) for name, columns in found]


def sequences(connection: Connection) -> dict[str, int]:
    """How far the sequences have counted."""
    return dict(msgspec.convert(connection.execute(_SEQUENCES).fetchall(), list[tuple[str, int]]))


def users(connection: Connection) -> int:
    """How many other clients use the database, as far as this one may know."""
    return _number(connection.execute(_OTHERS).fetchone())


def copy_out(connection: Connection, table: Table, write: Sink) -> int:
    """Write the rows of a table as COPY writes text, in UTF-8; how many there are."""
    statement = sql.SQL("COPY {} ({}) TO STDOUT (ENCODING 'UTF8')").format(*_names(table))
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for piece in copy:
                write(bytes(piece))
        return cursor.rowcount


def filled(connection: Connection) -> list[str]:
    """The tables that hold at least one row."""
    return [
        table.name
        for table in tables(connection)
        if connection.execute(sql.SQL("SELECT FROM {} LIMIT 1").format(sql.Identifier(table.name))).rowcount
    ]


def clear(connection: Connection) -> None:
    """Empty every table, also those whose triggers refuse it."""
    found = tables(connection)
    for table in found:
        _triggers(connection, table.name, on=False)
    if found:
        names = sql.SQL(", ").join(sql.Identifier(table.name) for table in found)
        connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
    for table in found:
        _triggers(connection, table.name, on=True)


def load(
    connection: Connection,
    rows: Iterable[tuple[Table, Iterable[bytes]]],
    counted: Mapping[str, int],
    *,
    settle: Callable[[Connection], None],
) -> None:
    """Fill the tables with these rows and no others, and let the sequences go on where they were.

    No trigger runs: what triggers wrote is among the rows. References are checked once all rows are there and
    `settle` has changed what must not stay as it was.

    Raises:
        UnknownTableError: The schema lacks what the rows need.
        psycopg.errors.ForeignKeyViolation: Rows refer to others that are not there.
    """
    clear(connection)
    known = {table.name: set(table.columns) for table in tables(connection)}
    references = connection.execute(_REFERENCES).fetchall()
    for owner, name, _ in references:
        _alter(connection, str(owner), sql.SQL("DROP CONSTRAINT {}").format(sql.Identifier(str(name))))
    for table, pieces in rows:
        if lacking := set(table.columns) - known.get(table.name, set()):
            raise UnknownTableError(f"{table.name} ({', '.join(sorted(lacking))})")
        _triggers(connection, table.name, on=False)
        statement = sql.SQL("COPY {} ({}) FROM STDIN (ENCODING 'UTF8')").format(*_names(table))
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for piece in pieces:
                copy.write(piece)
        _triggers(connection, table.name, on=True)
    # Their owner is a column of a table that is left out or empty, so a missing one is no fault.
    for name, value in counted.items():
        connection.execute("SELECT setval(to_regclass(%s), %s)", [name, value])
    settle(connection)
    for owner, name, definition in references:
        text = f"ADD CONSTRAINT {sql.Identifier(str(name)).as_string(connection)} {definition}"
        _alter(connection, str(owner), sql.SQL(text))  # pyright: ignore[reportArgumentType] - the server's own words


def _alter(connection: Connection, quoted_table: str, action: sql.Composable) -> None:
    table = sql.SQL(quoted_table)  # pyright: ignore[reportArgumentType] - the server's own quoting
    connection.execute(sql.SQL("ALTER TABLE {} {}").format(table, action))


def _triggers(connection: Connection, table: str, *, on: bool) -> None:
    action = sql.SQL("ENABLE" if on else "DISABLE") + sql.SQL(" TRIGGER USER")
    connection.execute(sql.SQL("ALTER TABLE {} {}").format(sql.Identifier(table), action))


def _names(table: Table) -> tuple[sql.Composable, sql.Composable]:
    return sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, table.columns))


def _number(row: tuple[object, ...] | None) -> int:
    assert row is not None
    return msgspec.convert(row[0], int)
