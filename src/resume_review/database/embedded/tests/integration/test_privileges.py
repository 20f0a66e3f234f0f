"""What is special about root; the other tests already run as whoever runs them."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from resume_review.database.embedded import EmbeddedPostgres, EmbeddedPostgresError, Mode
from resume_review.database.embedded.account import Account, choose_account
from resume_review.database.embedded.binaries import bin_dir, programs_for
from resume_review.database.embedded.tests.support import Site, execute, kept_clean

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root to change users"),
]

NOBODY = 65534
PLAIN = 1  # the account `daemon`, which every system has


def owner_of(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def test_server_runs_as_a_plain_user_in_a_directory_closed_to_him(fresh: Site) -> None:
    closed = fresh.path.parent
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700

    with fresh.postgres() as postgres:
        assert postgres.pid is not None
        assert owner_of(postgres.pid) not in {0, PLAIN}
        assert fresh.path.stat().st_uid == 0
    assert (stat.S_IMODE(closed.stat().st_mode), closed.stat().st_uid) == (0o700, 0)


def test_server_has_no_groups_of_root(site: Site) -> None:
    with site.postgres() as postgres:
        status = Path(f"/proc/{postgres.pid}/status").read_text()

    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert fields["Groups"].split() == []
    assert set(fields["Gid"].split()) != {"0"}
    assert int(fields["CapEff"], 16) == 0


def test_server_does_not_know_our_secrets(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")

    with site.postgres() as postgres:
        assert b"sk-secret" not in Path(f"/proc/{postgres.pid}/environ").read_bytes()


def test_directory_of_a_plain_user_is_served_as_that_user(public_dir: Path) -> None:
    home = public_dir / "home"
    home.mkdir(mode=0o700)
    os.chown(home, PLAIN, PLAIN)
    with kept_clean(Site(home)) as site:
        with site.postgres() as postgres:
            assert postgres.pid is not None
            assert owner_of(postgres.pid) == PLAIN

        with site.process(Mode.OWN, user=PLAIN) as owner:
            assert owner_of(owner.server_pid()) == PLAIN
            assert owner.leave() == 0


def test_plain_user_needs_no_root(public_dir: Path) -> None:
    public_dir.chmod(0o777)
    with kept_clean(Site(public_dir / "postgres")) as site, site.process(user=PLAIN) as owner:
        assert owner_of(owner.server_pid()) == PLAIN
        assert owner.leave() == 0


def test_root_joins_the_server_of_a_plain_user(public_dir: Path) -> None:
    public_dir.chmod(0o777)
    with kept_clean(Site(public_dir / "postgres")) as site, site.process(Mode.OWN, user=PLAIN) as owner:
        server = owner.server_pid()

        with site.postgres() as postgres:
            assert postgres.pid == server
            assert execute(postgres, "SELECT 1") == 1

        assert owner.leave() == 0


def test_plain_user_cannot_use_the_cluster_of_another(public_dir: Path) -> None:
    public_dir.chmod(0o777)
    site = Site(public_dir)
    site.layout.cluster.mkdir()
    os.chown(site.layout.cluster, NOBODY, -1)

    with site.process(user=PLAIN) as other:
        answer = other.answer()

    assert "belongs to user id 65534, not to this user (1)" in answer


def test_cluster_of_root_is_refused(fresh: Site) -> None:
    fresh.layout.cluster.mkdir(parents=True)

    with pytest.raises(EmbeddedPostgresError, match="belongs to root"):
        choose_account(fresh.layout)


@pytest.mark.parametrize(("user", "answer"), [(0, "accepting connections"), (PLAIN, "no response")])
def test_other_users_cannot_connect(
    running: EmbeddedPostgres, public_dir: Path, user: int, answer: str
) -> None:
    programs = programs_for(Account(user, user, switch=True), bin_dir(), copies=public_dir / "copies")

    done = subprocess.run(
        [programs / "pg_isready", "--dbname", running.conninfo()],
        user=user,
        group=user,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer in done.stdout


def test_programs_that_the_user_cannot_reach_are_copied(public_dir: Path) -> None:
    account = Account(NOBODY, NOBODY, switch=True)
    closed = public_dir / "closed"
    closed.mkdir(mode=0o700)
    package = bin_dir().parent.parent
    installed = closed / package.name
    shutil.copytree(bin_dir().parent, installed / "pginstall18")
    shutil.copytree(package.with_name(f"{package.name}.libs"), closed / f"{package.name}.libs")

    programs = programs_for(account, installed / "pginstall18" / "bin", copies=public_dir / "copies")
    with EmbeddedPostgres(public_dir / "postgres", programs=programs) as postgres:
        answer = execute(postgres, "SELECT 1")

    assert programs.is_relative_to(public_dir / "copies")
    assert answer == 1
    assert not any(path.stat().st_mode & 0o022 for path in programs.iterdir())


def test_programs_are_copied_once(public_dir: Path) -> None:
    account = Account(NOBODY, NOBODY, switch=True)
    closed = public_dir / "closed"
    (closed / "package" / "pginstall18" / "bin").mkdir(parents=True)
    closed.chmod(0o700)
    installed = closed / "package" / "pginstall18" / "bin"
    for name in ("initdb", "postgres"):
        (installed / name).write_text("#!/bin/sh\n")

    first = programs_for(account, installed, copies=public_dir / "copies")
    again = programs_for(account, installed, copies=public_dir / "copies")

    assert first == again
    assert len(list((public_dir / "copies").iterdir())) == 1


def test_programs_that_all_can_reach_are_used_in_place(public_dir: Path) -> None:
    installed = public_dir / "package" / "pginstall18" / "bin"
    installed.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        (installed / name).touch(mode=0o755)

    assert programs_for(Account(NOBODY, NOBODY, switch=True), installed) == installed
