import os
import signal
import time

import psycopg
import pytest

from resume_review.database.embedded import EmbeddedPostgres, Mode
from resume_review.database.embedded.process import recorded_pid
from resume_review.database.embedded.tests.support import Site, execute, until

pytestmark = pytest.mark.integration

BUSY_COUNT = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'DO %'"


def answers(postgres: EmbeddedPostgres) -> bool:
    try:
        return execute(postgres, "SELECT 1") == 1
    except psycopg.OperationalError:
        return False


def test_killed_server_is_started_again_with_nothing_lost(site: Site) -> None:
    with site.postgres(Mode.OWN) as postgres:
        execute(postgres, "CREATE TABLE written AS SELECT generate_series(1, 10000) AS n")
        execute(postgres, "CHECKPOINT")
        execute(postgres, "INSERT INTO written SELECT generate_series(10001, 20000)")
        first = postgres.pid
        assert first is not None

        site.kill_server(first)
        until(lambda: postgres.restarts == 1)

        assert execute(postgres, "SELECT count(*) FROM written") == 20000
        assert postgres.pid == recorded_pid(site.layout) != first
        execute(postgres, "DROP TABLE written")


def test_killed_server_is_started_again_each_time(site: Site) -> None:
    with site.postgres(Mode.OWN) as postgres:
        for count in (1, 2, 3):
            assert postgres.pid is not None
            site.kill_server(postgres.pid)
            until(lambda expected=count: postgres.restarts == expected)

        assert execute(postgres, "SELECT 1") == 1


def test_adopted_server_is_watched_too(site: Site) -> None:
    with site.process(Mode.OWN) as owner:
        orphan = owner.server_pid()
        owner.kill()
    with site.postgres() as postgres:
        site.kill_server(orphan)

        until(lambda: postgres.restarts == 1)

        assert execute(postgres, "SELECT 1") == 1


def test_busy_backend_of_a_dead_server_does_not_prevent_the_restart(site: Site) -> None:
    with site.postgres(Mode.OWN) as postgres, psycopg.connect(postgres.conninfo(), autocommit=True) as busy:
        backend = busy.info.backend_pid
        busy.pgconn.send_query(b"DO $$ BEGIN LOOP END LOOP; END $$")  # never looks whether its server lives
        until(lambda: busy.pgconn.flush() == 0)
        until(lambda: execute(postgres, BUSY_COUNT) == 1)
        assert postgres.pid is not None

        site.kill_server(postgres.pid)
        until(lambda: postgres.restarts == 1)

        assert backend not in site.alive()
        assert execute(postgres, "SELECT 1") == 1
        busy.close()


def test_all_users_see_the_same_new_server(site: Site) -> None:
    with site.postgres(Mode.OWN) as owner, site.postgres() as user:
        assert owner.pid is not None
        site.kill_server(owner.pid)

        until(lambda: owner.restarts == user.restarts == 1)

        assert owner.pid == user.pid
        assert execute(user, "SELECT 1") == 1


def test_ended_connections_can_be_replaced_at_once(site: Site) -> None:
    with site.postgres() as postgres:
        assert postgres.pid is not None
        killed_at = time.monotonic()
        site.kill_server(postgres.pid)

        until(lambda: postgres.restarts == 1 and answers(postgres))

        assert time.monotonic() - killed_at < 5


def test_server_stopped_by_an_administrator_comes_back_while_in_use(site: Site) -> None:
    with site.postgres() as postgres:
        assert postgres.pid is not None
        os.kill(postgres.pid, signal.SIGINT)

        until(lambda: postgres.restarts == 1)

        assert execute(postgres, "SELECT 1") == 1


def test_restart_that_fails_is_tried_again_and_said_in_one_line(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    config = site.layout.cluster / "postgresql.auto.conf"
    original = config.read_bytes()
    with site.postgres() as postgres:
        assert postgres.pid is not None
        config.write_bytes(original + b"shared_buffers = 'plenty'\n")
        site.kill_server(postgres.pid)
        try:
            until(lambda: "is down and could not be started" in caplog.text)
        finally:
            config.write_bytes(original)

        until(lambda: postgres.restarts == 1)

        assert execute(postgres, "SELECT 1") == 1
