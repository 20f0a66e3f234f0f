import os
import subprocess
from contextlib import ExitStack

import pytest

from resume_review.database.embedded import EmbeddedPostgresError, Mode
from resume_review.database.embedded.process import recorded_pid
from resume_review.database.embedded.tests.support import Site, execute, kill, until

pytestmark = pytest.mark.integration


def test_second_owner_is_refused_and_told_who_the_first_is(site: Site) -> None:
    with site.process(Mode.OWN) as owner:
        owner.server_pid()

        with pytest.raises(EmbeddedPostgresError, match=f"served by process {owner.process.pid}"):
            site.postgres(Mode.OWN).start()

        assert owner.leave() == 0


def test_owner_may_follow_an_owner_that_left(site: Site) -> None:
    with site.process(Mode.OWN) as owner:
        owner.server_pid()
        owner.leave()

    with site.postgres(Mode.OWN) as postgres:
        assert execute(postgres, "SELECT 1") == 1


def test_others_attach_to_the_server_of_the_owner(site: Site) -> None:
    with site.process(Mode.OWN) as owner:
        server = owner.server_pid()

        with site.postgres() as postgres:
            assert postgres.pid == server
            assert execute(postgres, "SELECT 1") == 1

        assert server in site.alive()
        owner.leave()
    assert not site.alive()


def test_owner_may_come_after_the_others(site: Site) -> None:
    with site.process() as worker:
        server = worker.server_pid()
        with site.postgres(Mode.OWN) as postgres:
            assert postgres.pid == server
        worker.leave()


def test_server_outlives_its_starter_until_the_last_user_leaves(site: Site) -> None:
    with site.process(Mode.OWN) as owner, site.process() as worker:
        server = owner.server_pid()
        assert worker.server_pid() == server

        assert owner.leave() == 0
        assert server in site.alive()
        with site.postgres() as postgres:
            assert execute(postgres, "SELECT 1") == 1

        assert worker.leave() == 0
    assert not site.alive()


def test_two_users_in_one_process_are_two_users(site: Site) -> None:
    first, second = site.postgres(), site.postgres()
    first.start()
    second.start()

    first.stop()
    assert execute(second, "SELECT 1") == 1
    second.stop()

    assert not site.alive()


def test_server_stops_when_a_process_ends_without_stopping_it(site: Site) -> None:
    with site.process(Mode.OWN) as owner:
        owner.server_pid()

        assert owner.leave() == 0

    assert not site.alive()


def test_forked_child_cannot_stop_the_server(site: Site) -> None:
    with site.postgres() as postgres:
        child = os.fork()
        if child == 0:
            postgres.stop()
            os._exit(0)
        os.waitpid(child, 0)

        assert execute(postgres, "SELECT 1") == 1


def test_simultaneous_first_starts_share_one_server(fresh: Site) -> None:
    with ExitStack() as stack:
        users = [stack.enter_context(fresh.process()) for _ in range(4)]
        servers = {user.server_pid() for user in users}
        codes = [user.leave() for user in users]

    assert len(servers) == 1
    assert codes == [0, 0, 0, 0]
    assert not fresh.alive()


def test_server_of_a_killed_owner_is_adopted(site: Site) -> None:
    with site.process(Mode.OWN) as owner:
        orphan = owner.server_pid()
        owner.kill()
    assert orphan in site.alive()

    with site.postgres(Mode.OWN) as postgres:
        assert postgres.pid == orphan
        assert execute(postgres, "SELECT 1") == 1

    assert not site.alive()


def test_start_after_owner_and_server_were_killed(site: Site) -> None:
    with site.process(Mode.OWN) as owner:
        server = owner.server_pid()
        owner.kill()
    site.kill_server(server)

    with site.postgres() as postgres:
        assert postgres.pid != server
        assert execute(postgres, "SELECT 1") == 1


def test_zombie_named_as_the_server_counts_as_dead(site: Site) -> None:
    with site.postgres():
        pass
    with subprocess.Popen(["true"]) as ended:
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)  # it has ended and stays uncollected
        (site.layout.cluster / "postmaster.pid").write_text(f"{ended.pid}\n")

        with site.postgres() as postgres:
            assert postgres.pid != ended.pid
            assert execute(postgres, "SELECT 1") == 1


def test_stranger_with_the_recorded_process_id_is_left_alone(site: Site) -> None:
    owner = site.layout.cluster.stat().st_uid
    with subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None) as stranger:
        (site.layout.cluster / "postmaster.pid").write_text(f"{stranger.pid}\n")

        with site.postgres() as postgres:
            assert recorded_pid(site.layout) == postgres.pid != stranger.pid

        assert stranger.poll() is None
        stranger.kill()


def test_watcher_of_another_user_replaces_the_owner(site: Site) -> None:
    with site.process(Mode.OWN) as owner:
        server = owner.server_pid()
        with site.postgres() as postgres:
            owner.kill()
            kill(server)

            until(lambda: postgres.restarts == 1)

            assert execute(postgres, "SELECT 1") == 1
