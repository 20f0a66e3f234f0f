"""Creates the database cluster, whole or not at all."""

import os
import secrets
import shutil
import subprocess
from pathlib import Path

from resume_review.database.embedded.account import Account
from resume_review.database.embedded.binaries import server_version
from resume_review.database.embedded.errors import EmbeddedPostgresError
from resume_review.database.embedded.layout import Handles, Layout, give

SUPERUSER = "postgres"
UNFINISHED = "cluster.new-"

# Written to postgresql.conf once, so that an administrator may change them there.
TUNABLE = {
    "max_connections": "100",
    "shared_buffers": "64MB",
    "min_wal_size": "32MB",
    "max_wal_size": "512MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # Small data on one machine: helper processes for reading would only cost memory.
    "io_method": "sync",
}


def ensure_cluster(layout: Layout, account: Account, programs: Path) -> None:
    """Create the cluster if it is missing. Only one process may do this at a time.

    It is made beside its final place, flushed by `initdb`, and renamed: after a crash there is a whole
    cluster or none.

    Raises:
        EmbeddedPostgresError: The existing one is damaged or of another version, or creation failed.
    """
    for unfinished in layout.root.glob(f"{UNFINISHED}*"):
        # Errors do not matter: an `initdb` whose parent was killed may still be writing there.
        shutil.rmtree(unfinished, ignore_errors=True)
    if layout.cluster.exists():
        _check_version(layout, programs)
        return
    fresh = layout.root / f"{UNFINISHED}{secrets.token_hex(4)}"
    try:
        fresh.mkdir()
        give(fresh, account.uid)
        _initdb(fresh, account, programs)
        fresh.rename(layout.cluster)
        _flush(layout.root)
    except OSError as error:
        raise EmbeddedPostgresError(
            f"The database could not be created in {layout.root}: {error.strerror}."
        ) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _check_version(layout: Layout, programs: Path) -> None:
    try:
        found = (layout.cluster / "PG_VERSION").read_text().strip()
    except OSError:
        raise EmbeddedPostgresError(
            f"{layout.cluster} is not a database cluster. Move it away, or restore it from a backup."
        ) from None
    installed = server_version(programs)
    if found != installed.partition(".")[0]:
        raise EmbeddedPostgresError(
            f"{layout.cluster} was made by Postgres {found}, but Postgres {installed} is installed. Install the "
            "version of the platform that made it, dump the data, and load the dump into a new directory."
        )


def _initdb(target: Path, account: Account, programs: Path) -> None:
    handles = Handles()
    try:
        command = [
            str(programs / "initdb"),
            f"--pgdata={handles.name(target)}",
            f"--username={SUPERUSER}",
            # Nobody but our own user can reach the socket; no network port is opened.
            "--auth-local=trust",
            "--auth-host=reject",
            "--encoding=UTF8",
            # Built in, hence sorted alike on every machine and after every system upgrade.
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
            *(f"--set={name}={value}" for name, value in TUNABLE.items()),
        ]
        done = subprocess.run(  # noqa: S603 - a program of our own wheel
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            cwd="/",
            env=server_environment(),
            user=account.user,
            group=account.group,
            extra_groups=account.extra_groups,
            umask=0o077,
            pass_fds=handles.descriptors,
            start_new_session=True,
        )
    finally:
        handles.close()
    if done.returncode != 0:
        raise EmbeddedPostgresError(
            f"The database could not be created in {target.parent}: {fault(done.stderr)}"
        )


def server_environment() -> dict[str, str]:
    """Only what the programs need: our own environment may hold secrets and Postgres settings."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def fault(output: str) -> str:
    """The one line of the output that says what went wrong, with advice where the cause is known."""
    if "No space left on device" in output or "Disk quota exceeded" in output:
        return "the disk is full. Free at least 100 MB and start again."
    marks = ("PANIC:", "FATAL:", "ERROR:", "error:")
    lines = [line.strip() for line in output.splitlines() if any(mark in line for mark in marks)]
    return lines[-1] if lines else (output.strip().splitlines() or ["no reason was given"])[-1]


def _flush(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
