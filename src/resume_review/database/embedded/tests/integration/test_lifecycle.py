import os
import signal
import stat
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from resume_review.database.embedded import EmbeddedPostgres, EmbeddedPostgresError, Mode
from resume_review.database.embedded.launch import MAX_LOG_BYTES, trim_log
from resume_review.database.embedded.tests.support import Site, execute, until

pytestmark = pytest.mark.integration


def test_first_start_creates_a_usable_default_database(fresh: Site) -> None:
    with fresh.postgres() as postgres:
        assert execute(postgres, "SELECT current_database()") == "resume_review"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("listen_addresses", ""),
        ("server_encoding", "UTF8"),
        ("timezone", "UTC"),
        ("max_connections", "100"),
        ("shared_buffers", "64MB"),
        ("unix_socket_permissions", "0700"),
        ("data_checksums", "on"),
    ],
)
def test_settings_are_safe_and_modest(running: EmbeddedPostgres, setting: str, value: str) -> None:
    assert execute(running, f"SHOW {setting}") == value


def test_text_sorts_alike_on_every_machine(running: EmbeddedPostgres) -> None:
    collation = execute(
        running,
        "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = current_database()",
    )

    assert collation == "b C.UTF-8"


def test_data_survive_stop_and_start(site: Site) -> None:
    with site.postgres() as postgres:
        execute(postgres, "CREATE TABLE kept AS SELECT 42 AS value")

    with site.postgres() as postgres:
        kept = execute(postgres, "SELECT value FROM kept")
        execute(postgres, "DROP TABLE kept")

    assert kept == 42


def test_stop_ends_every_process(site: Site) -> None:
    postgres = site.postgres()
    postgres.start()
    assert site.alive()

    postgres.stop()

    assert not site.alive()


def test_stop_does_not_wait_for_open_transactions(site: Site) -> None:
    postgres = site.postgres()
    postgres.start()
    with psycopg.connect(postgres.conninfo()) as idle:
        idle.execute("SELECT 1")

        postgres.stop()

        assert not site.alive()
        idle.close()


def test_stop_is_forced_when_the_server_hangs(site: Site) -> None:
    postgres = site.postgres(stop_timeout=0.2)
    postgres.start()
    assert postgres.pid is not None
    os.kill(postgres.pid, signal.SIGSTOP)

    postgres.stop()

    until(lambda: not site.alive())


def test_start_and_stop_may_be_repeated(site: Site) -> None:
    postgres = site.postgres()
    first = postgres.start()
    pid = postgres.pid

    again = postgres.start()
    assert (again, postgres.pid) == (first, pid)
    postgres.stop()
    postgres.stop()

    assert postgres.start() == first
    postgres.stop()


def test_address_needs_a_started_server(site: Site) -> None:
    with pytest.raises(EmbeddedPostgresError, match="not started"):
        site.postgres().url()


async def test_address_works_in_sqlalchemy(running: EmbeddedPostgres) -> None:
    engine = create_async_engine(running.url())
    async with engine.connect() as connection:
        answer = await connection.scalar(text("SELECT current_database()"))
    await engine.dispose()

    assert answer == "resume_review"


def test_foreign_postgres_settings_in_the_environment_do_not_matter(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "6000")
    monkeypatch.setenv("PGDATA", "/nowhere")
    monkeypatch.setenv("PGUSER", "somebody")

    with site.postgres() as postgres:
        assert execute(postgres, "SELECT current_user") == "postgres"


@pytest.mark.parametrize("name", ["x" * 120 + "/postgres", "with space, comma %20 and 'quote'"])
def test_directory_may_be_moved_anywhere(site: Site, tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / name
    elsewhere.parent.mkdir(exist_ok=True)
    site.path.rename(elsewhere)
    try:
        with EmbeddedPostgres(elsewhere) as postgres:
            assert execute(postgres, "SELECT 1") == 1
    finally:
        elsewhere.rename(site.path)


def test_databases_are_made_once_and_dropped(running: EmbeddedPostgres) -> None:
    url = running.ensure_database("second one")
    again = running.ensure_database("second one")
    with psycopg.connect(running.conninfo("second one")) as connection:
        name = connection.info.dbname
    running.drop_database("second one")

    assert url == again
    assert name == "second one"
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(running.conninfo("second one"))


def test_only_our_user_can_enter_the_socket_directory(running: EmbeddedPostgres, site: Site) -> None:
    assert stat.S_IMODE(site.layout.socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(site.layout.cluster.stat().st_mode) == 0o700


def test_too_open_socket_directory_is_closed_again(site: Site) -> None:
    with site.postgres():
        pass
    site.layout.socket.chmod(0o777)

    with site.postgres():
        assert stat.S_IMODE(site.layout.socket.stat().st_mode) == 0o700


def test_values_of_failed_statements_stay_out_of_the_log(running: EmbeddedPostgres, site: Site) -> None:
    with psycopg.connect(running.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TEMP TABLE once (words text PRIMARY KEY)")
        connection.execute("INSERT INTO once VALUES ('words of a resume')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO once VALUES ('words of a resume')")
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            connection.execute("SELECT 'words of a resume'::int")

    assert "words of a resume" not in site.layout.log.read_text()


def test_log_is_cut_while_the_server_writes_to_it(running: EmbeddedPostgres, site: Site) -> None:
    with site.layout.log.open("ab") as log:
        log.write(b"old\n" * (MAX_LOG_BYTES // 4 + 1))

    trim_log(site.layout)
    assert site.layout.log.stat().st_size == 0
    execute(running, "SELECT pg_reload_conf()")

    until(lambda: "received SIGHUP" in site.layout.log.read_text())
    assert site.layout.log.with_suffix(".log.1").stat().st_size == MAX_LOG_BYTES


def test_interrupt_from_the_terminal_reaches_only_the_application(site: Site) -> None:
    with site.process(Mode.OWN) as owner:
        server = owner.server_pid()

        assert os.getpgid(server) != os.getpgid(owner.process.pid)
        assert os.getsid(server) != os.getsid(owner.process.pid)
        assert owner.leave() == 0
