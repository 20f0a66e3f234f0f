"""Every revision by squawk's rules, and an upgrade of a filled database that is in use (abuse case 58)."""

import itertools
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from resume_review.database import migrate
from resume_review.database.dump import libpq
from resume_review.database.embedded import EmbeddedPostgres
from resume_review.testing.postgres import temporary_database

pytestmark = pytest.mark.integration

HERE = Path(__file__).parent
OLD = "0008"
RESUMES = 300

# Rules that do not fit this house, for every revision.
NOT_OURS = {
    "prefer-text-field": "lengths are part of the model; a varchar is only ever made longer, which needs no rewriting",
    "prefer-bigint-over-int": "counts of pages, tokens and tries stay small; ids are UUIDs",
    "prefer-bigint-over-smallint": "scores, progress and levels end at 100",
    "prefer-identity": "the queue's own tables are as its library ships them",
    "require-lock-timeout": "set by database/migrate.py for the whole upgrade: five seconds",
    "require-statement-timeout": "an upgrade is one transaction that may take long; its locks may not be waited for",
}

_NEW_TABLE = (
    "the table is made by the revision before and is filled by administrators, with rows by the dozen"
)
_VALIDATED = (
    "validated in the one transaction of the upgrade: the table is locked while its rows are read once"
)
_SMALL_INDEX = (
    "one transaction, so not concurrently; built in seconds for a million rows, see docs/operate/upgrade.md"
)

# What broke the rules before they were kept, or has a reason to: (revision, rule) -> how often, why. Only ever shorter.
EXCEPTIONS: dict[tuple[str, str], tuple[int, str]] = {
    ("0003", "ban-drop-constraint"): (2, "replaced by a wider rule that holds for the same rows"),
    ("0003", "constraint-missing-not-valid"): (2, _VALIDATED),
    ("0003", "renaming-object"): (2, "a constraint is renamed; no program names it"),
    ("0005", "require-concurrent-index-creation"): (4, _SMALL_INDEX),
    ("0006", "adding-foreign-key-constraint"): (1, "the column is new and empty, so nothing is checked"),
    ("0006", "adding-not-nullable-field"): (
        1,
        "filled before, and by a trigger for programs that do not write it",
    ),
    ("0006", "ban-drop-constraint"): (1, "replaced by a wider rule that holds for the same rows"),
    ("0006", "constraint-missing-not-valid"): (4, _VALIDATED),
    ("0006", "renaming-object"): (1, "a constraint is renamed; no program names it"),
    ("0006", "require-concurrent-index-creation"): (9, _SMALL_INDEX),
    ("0006", "require-concurrent-index-deletion"): (3, "the new indexes do the work of the old ones"),
    ("0007", "require-concurrent-index-creation"): (2, "indexes of the queue, whose done jobs are deleted"),
    ("0008", "ban-drop-default"): (1, "before there was an old release; now a default stays for one release"),
    ("0008", "ban-drop-not-null"): (2, "programs of before never write null, and read it as no price"),
    ("0008", "constraint-missing-not-valid"): (1, _VALIDATED),
    ("0009", "ban-drop-constraint"): (2, "replaced by a wider rule that holds for the same rows"),
    ("0009", "constraint-missing-not-valid"): (2, _VALIDATED),
    ("0009", "renaming-object"): (1, "a constraint is renamed; no program names it"),
    ("0009", "require-concurrent-index-creation"): (1, _SMALL_INDEX),
    ("0010", "ban-drop-default"): (6, _NEW_TABLE),
    ("0010", "constraint-missing-not-valid"): (5, _NEW_TABLE),
    ("0010", "require-concurrent-index-creation"): (1, _NEW_TABLE),
    ("0011", "constraint-missing-not-valid"): (1, _NEW_TABLE),
    ("0011", "require-concurrent-index-creation"): (1, _NEW_TABLE),
    ("0013", "constraint-missing-not-valid"): (1, _VALIDATED),
    ("0014", "constraint-missing-not-valid"): (1, _VALIDATED),
    ("0014", "require-concurrent-index-creation"): (1, _SMALL_INDEX),
}

# Columns that a program of the release before does not write and that must not be null: what fills them, or why it may fail.
UNWRITTEN = {
    ("0006", "review_requests.candidate_id"): "a trigger",
    ("0008", "prompt_usage_history.cached_input_tokens"): "before there was an old release",
    ("0010", "experiments.traffic"): "trials are not begun while releases are exchanged",
    ("0010", "rollouts.change"): "the same",
    ("0010", "rollouts.unit"): "the same",
    ("0010", "rollouts.mode"): "the same",
    ("0010", "rollouts.shadow_per_day"): "the same",
    ("0010", "rollouts.shadow_usd_per_day"): "the same",
}

COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
      AND is_generated = 'NEVER' AND table_name NOT LIKE 'procrastinate%%'
"""


def revisions() -> list[str]:
    """All of them, in the order in which they are applied."""
    config = Config()
    config.set_main_option("script_location", "resume_review.database:migrations")
    config.set_main_option("path_separator", "os")
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


@pytest.fixture(scope="module")
def applied(postgres_server: EmbeddedPostgres) -> dict[str, tuple[str, set[tuple[str, str]]]]:
    """By revision: its SQL as it ran on a server, and the columns that must be written after it."""
    ran: list[str] = []
    execute: Any = psycopg.Connection.execute

    def note(connection: Any, query: Any, *values: Any, **options: Any) -> Any:
        if isinstance(query, str):
            ran.append(query.strip().rstrip(";"))
        return execute(connection, query, *values, **options)

    found: dict[str, tuple[str, set[tuple[str, str]]]] = {}
    with (
        pytest.MonkeyPatch.context() as patch,
        temporary_database(postgres_server, template="template0") as url,
    ):
        for revision in revisions():
            ran.clear()
            patch.setattr(psycopg.Connection, "execute", note)
            migrate.upgrade(url, revision)
            patch.undo()
            with psycopg.connect(libpq(url)) as connection:
                columns = {(str(row[0]), str(row[1])) for row in connection.execute(COLUMNS)}
            found[revision] = (";\n".join(ran) + ";\n", columns)
    return found


def squawk(path: Path, *, sql: str) -> Counter[str]:
    """How often each rule is broken."""
    path.write_text(sql)
    program = Path(sys.executable).with_name("squawk")
    left_out = ["--exclude", ",".join(NOT_OURS)]
    options = ["--reporter", "json", "--assume-in-transaction", "--pg-version", "16.0"]
    told = subprocess.run([program, *left_out, *options, path], capture_output=True, text=True, check=False)
    assert not told.stderr or told.returncode in {0, 1}, told.stderr
    return Counter(fault["rule_name"] for fault in json.loads(told.stdout or "[]"))


@pytest.mark.parametrize("revision", revisions())
def test_revision_keeps_the_rules(
    revision: str, applied: dict[str, tuple[str, set[tuple[str, str]]]], tmp_path: Path
) -> None:
    sql, _ = applied[revision]
    assert len(sql) > 100

    found = squawk(tmp_path / f"{revision}.sql", sql=sql)

    assert found == {rule: count for (number, rule), (count, _) in EXCEPTIONS.items() if number == revision}


def test_a_broken_rule_is_found(tmp_path: Path) -> None:
    sql = "ALTER TABLE users ADD COLUMN x text; CREATE INDEX ix_users_x ON users (x); ALTER TABLE users DROP COLUMN email;"

    assert squawk(tmp_path / "x.sql", sql=sql) == {
        "require-concurrent-index-creation": 1,
        "ban-drop-column": 1,
    }


def test_exceptions_have_reasons_and_revisions() -> None:
    known = revisions()

    assert {number for number, _ in EXCEPTIONS} <= set(known)
    assert all(len(reason) > 20 for _, reason in EXCEPTIONS.values())


def test_what_the_release_before_does_not_write_is_filled(
    applied: dict[str, tuple[str, set[tuple[str, str]]]],
) -> None:
    found: set[tuple[str, str]] = set()
    order = revisions()
    for before, after in itertools.pairwise(order):
        old, new = applied[before][1], applied[after][1]
        there = {table for table, _ in old}
        found |= {(after, f"{table}.{column}") for table, column in new - old if table in there}

    assert found == set(UNWRITTEN)


class OldRelease(threading.Thread):
    """A program of an older release at work: what it reads and writes for an upload and its review, again and again."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.reviews = 0
        self.faults: list[str] = []
        self._conninfo = libpq(url)
        self._statements = (HERE / "old_release.sql").read_text().split("\n--\n")
        self._stop_asked = threading.Event()
        self._rounds = threading.Condition()

    def run(self) -> None:
        options = "-c lock_timeout=5000 -c statement_timeout=30000"
        with psycopg.connect(self._conninfo, options=options, autocommit=True) as connection:
            while not self._stop_asked.is_set():
                try:
                    self._work(connection)
                except psycopg.Error as error:
                    self.faults.append(f"{type(error).__name__}: {error}")
                with self._rounds:
                    self.reviews += 1
                    self._rounds.notify_all()

    def rounds(self, more: int) -> None:
        """Wait until so many more were done."""
        with self._rounds:
            wanted = self.reviews + more
            assert self._rounds.wait_for(lambda: self.reviews >= wanted, timeout=60)

    def finish(self) -> None:
        self._stop_asked.set()
        self.join(60)

    def _work(self, connection: psycopg.Connection[Any]) -> None:
        row = connection.execute("SELECT uuidv7(), uuidv7(), uuidv7(), uuidv7(), uuidv7()").fetchone()
        assert row is not None
        values = dict(zip(("user", "candidate", "resume", "review", "result"), row, strict=True))
        for statements in self._statements:
            with connection.transaction():
                for statement in filter(str.strip, statements.split(";\n")):
                    connection.execute(statement, values)  # pyright: ignore[reportArgumentType] - a file of ours


@pytest.fixture
def filled_old_url(postgres_server: EmbeddedPostgres) -> Iterator[str]:
    """A database of an older release with people, resumes and reviews."""
    with temporary_database(postgres_server, template="template0") as url:
        migrate.upgrade(url, OLD)
        statements = (HERE / "old_release.sql").read_text().replace("--\n", "")
        with psycopg.connect(libpq(url)) as connection, connection.pipeline():
            for number in range(RESUMES):
                ids = {name: f"{number:08x}-0000-7000-8000-{place:012x}" for place, name in enumerate(
                    ("user", "candidate", "resume", "review", "result"))}  # fmt: skip
                for statement in filter(str.strip, statements.split(";\n")):
                    connection.execute(statement, ids)  # pyright: ignore[reportArgumentType] - a file of ours
        yield url


def test_case_58_old_programs_work_before_during_and_after_the_upgrade(filled_old_url: str) -> None:
    programs = [OldRelease(filled_old_url) for _ in range(2)]
    for program in programs:
        program.start()
        program.rounds(10)

    migrate.upgrade(filled_old_url)
    for program in programs:
        program.rounds(10)
        program.finish()

    assert [program.faults for program in programs] == [[], []]
    assert migrate.current(filled_old_url) == migrate.head()
    migrate.check(filled_old_url)
    with psycopg.connect(libpq(filled_old_url)) as connection:
        whole = connection.execute("""
            SELECT count(*), count(*) FILTER (WHERE request.candidate_id = resume.candidate_id
                                              AND request.overall_score = result.overall_score)
            FROM review_requests AS request
            JOIN resumes AS resume ON resume.id = request.resume_id
            JOIN review_results AS result ON result.review_request_id = request.id
        """).fetchone()
    assert whole is not None
    assert whole[0] == whole[1] == RESUMES + sum(program.reviews for program in programs)


def test_case_58_a_program_that_is_put_back_leaves_the_newer_schema_alone(
    committed_database_url: str,
) -> None:
    with psycopg.connect(libpq(committed_database_url), autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

        migrate.upgrade(committed_database_url)

        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_case_58_a_table_in_use_stops_the_upgrade_and_nothing_else(
    filled_old_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT_MS", 50)
    with psycopg.connect(libpq(filled_old_url)) as reader:
        reader.execute("SELECT FROM resumes LIMIT 1")
        with pytest.raises(migrate.DatabaseInUseError):
            migrate.upgrade(filled_old_url)

    old = OldRelease(filled_old_url)
    old.start()
    old.rounds(3)
    old.finish()

    assert (old.faults, migrate.current(filled_old_url)) == ([], OLD)
