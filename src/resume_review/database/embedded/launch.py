"""Starts the server process, or finds the one that runs already."""

import os
import subprocess
import time
from pathlib import Path

from psycopg import pq

from resume_review.database.embedded.account import Account
from resume_review.database.embedded.cluster import SUPERUSER, fault, server_environment
from resume_review.database.embedded.errors import EmbeddedPostgresError
from resume_review.database.embedded.layout import PORT, SOCKET_NAME, Handles, Layout, open_own
from resume_review.database.embedded.process import (
    POLL_SECONDS,
    Postmaster,
    belongs,
    clear_leftovers,
    exists,
    recorded_as_ready,
    recorded_pid,
)

MAX_LOG_BYTES = 5_000_000
LEFTOVER_SECONDS = 2.0
HELD_SECONDS = 5.0


class _SharedMemoryHeldError(EmbeddedPostgresError):
    """A backend of the server that ran before still holds its memory."""


def find_running(layout: Layout, socket: str, timeout: float) -> Postmaster | None:
    """The server of this cluster if one answers; one that is starting or stopping is waited for.

    Raises:
        EmbeddedPostgresError: A server process exists but does not answer within `timeout` seconds.
    """
    identity = layout.identity()
    deadline = time.monotonic() + timeout
    while True:
        answer = pq.PGconn.ping(
            f"host={_quoted(socket)} port={PORT} user={SUPERUSER} connect_timeout=2".encode()
        )
        pid = recorded_pid(layout)
        alive = pid is not None and belongs(pid, identity)
        if answer == pq.Ping.OK:
            return Postmaster(pid if alive else None)
        if not alive and answer != pq.Ping.REJECT:
            return None
        if time.monotonic() > deadline:
            raise EmbeddedPostgresError(
                f"Postgres process {pid} of {layout.root} does not answer. End it (kill {pid}) and start again."
            )
        time.sleep(POLL_SECONDS)


def launch(layout: Layout, account: Account, programs: Path, *, timeout: float) -> Postmaster:
    """Start the server and wait until it takes connections, after crash recovery where needed.

    Raises:
        EmbeddedPostgresError: It ended or was not ready within `timeout` seconds.
    """
    identity = layout.identity()
    if (stale := recorded_pid(layout)) is not None:
        clear_leftovers(identity, LEFTOVER_SECONDS)
        _forget(layout, stale, identity)
    trim_log(layout)
    deadline = time.monotonic() + HELD_SECONDS
    while True:
        try:
            return _launch_once(layout, account, programs, timeout=timeout)
        except _SharedMemoryHeldError:
            # A backend that ends gives its memory back a moment after it can no longer be seen.
            if time.monotonic() > deadline:
                raise
            time.sleep(POLL_SECONDS)


def _launch_once(layout: Layout, account: Account, programs: Path, *, timeout: float) -> Postmaster:
    log_start, child = _spawn(layout, account, programs)
    postmaster = Postmaster(child.pid, child)
    try:
        _await_ready(layout, postmaster, child.pid, log_start=log_start, timeout=timeout)
    except BaseException:  # Ctrl-C included: nothing half-started stays behind
        postmaster.shut_down(LEFTOVER_SECONDS)
        postmaster.let_go()
        raise
    return postmaster


def _await_ready(layout: Layout, postmaster: Postmaster, pid: int, *, log_start: int, timeout: float) -> None:
    deadline = time.monotonic() + timeout
    while not recorded_as_ready(layout, pid):
        if postmaster.ended():
            reason = fault(_log_since(layout, log_start))
            held = "shared memory block" in reason
            raise _not_started(layout, reason, kind=_SharedMemoryHeldError if held else EmbeddedPostgresError)
        if time.monotonic() > deadline:
            raise _not_started(layout, f"it was not ready within {timeout:.0f} seconds.")
        time.sleep(POLL_SECONDS / 2)


def _not_started(
    layout: Layout, reason: str, *, kind: type[EmbeddedPostgresError] = EmbeddedPostgresError
) -> EmbeddedPostgresError:
    return kind(f"Postgres did not start in {layout.root}: {reason} Its log is {layout.log}.")


def _forget(layout: Layout, pid: int, identity: str) -> None:
    """Remove lock files that name a zombie or a stranger, which Postgres would take for a live server."""
    if exists(pid) and not belongs(pid, identity):
        (layout.cluster / "postmaster.pid").unlink(missing_ok=True)
        (layout.socket / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def _spawn(layout: Layout, account: Account, programs: Path) -> tuple[int, "subprocess.Popen[bytes]"]:
    handles = Handles()
    log = open_own(layout.log, layout, os.O_WRONLY | os.O_APPEND)
    log_start = os.fstat(log).st_size
    try:
        settings = {
            "cluster_name": layout.identity(),
            "listen_addresses": "",
            "unix_socket_directories": f'"{handles.name(layout.socket)}"',
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            "logging_collector": "off",
            "log_destination": "stderr",
            # Events of the server only. Failed statements are reported to the caller; here they could
            # carry the words of a resume.
            "log_min_messages": "log",
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        }
        return log_start, subprocess.Popen(  # noqa: S603 - a program of our own wheel
            [
                str(programs / "postgres"),
                "-D",
                handles.name(layout.cluster),
                *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=server_environment(),
            user=account.user,
            group=account.group,
            extra_groups=account.extra_groups,
            umask=0o077,
            pass_fds=handles.descriptors,
            # Ctrl-C in the terminal is for the application, which stops the server when it is done with it.
            start_new_session=True,
        )
    except OSError as error:
        raise _not_started(layout, f"{programs / 'postgres'} could not be run ({error.strerror}).") from None
    finally:
        os.close(log)
        handles.close()


def trim_log(layout: Layout) -> None:
    """Keep the log and one older piece, each at most about `MAX_LOG_BYTES`.

    The server appends to the open file, so the content is moved rather than the file.
    """
    descriptor = open_own(layout.log, layout)
    try:
        size = os.fstat(descriptor).st_size
        if size <= MAX_LOG_BYTES:
            return
        older = open_own(layout.log.with_suffix(".log.1"), layout, os.O_WRONLY | os.O_TRUNC)
        try:
            os.write(older, os.pread(descriptor, MAX_LOG_BYTES, size - MAX_LOG_BYTES))
        finally:
            os.close(older)
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _log_since(layout: Layout, start: int) -> str:
    with layout.log.open("rb") as log:
        log.seek(start)
        return log.read(MAX_LOG_BYTES).decode(errors="replace")


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
