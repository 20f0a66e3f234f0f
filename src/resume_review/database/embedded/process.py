"""Looks at server processes from outside: which are alive, whose they are, and when they end.

A zombie counts as dead: it holds nothing, but may stay for ever where process 1 does not collect it.
"""

import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from resume_review.database.embedded.layout import Layout

POLL_SECONDS = 0.01
# Where the system cannot wake us when a process ends.
BLIND_POLL_SECONDS = 0.2


def recorded_pid(layout: Layout) -> int | None:
    """The process that `postmaster.pid` names, alive or not."""
    lines = _pid_file(layout)
    return int(lines[0]) if lines and lines[0].strip().isdigit() else None


def recorded_as_ready(layout: Layout, pid: int) -> bool:
    """Whether the server with this process id has written that it takes connections."""
    lines = _pid_file(layout)
    return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _pid_file(layout: Layout) -> list[str]:
    try:
        return (layout.cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def belongs(pid: int, identity: str) -> bool:
    """Whether the process is alive and serves the cluster with this identity.

    Without `/proc` only life can be seen.
    """
    if sys.platform != "linux":
        return exists(pid)
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()  # empty for a zombie
    except OSError:  # ended in this moment
        return False
    name = identity.encode()
    return command.startswith(b"postgres: %s: " % name) or b"cluster_name=%s\0" % name in command


def members(identity: str) -> list[int]:
    """Every live process of the cluster, the server and its backends."""
    if sys.platform != "linux":
        return []
    numbers = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [pid for pid in numbers if belongs(pid, identity)]


def clear_leftovers(identity: str, patience: float) -> None:
    """Wait until the backends of a dead server are gone; after `patience` seconds kill them.

    They hold the shared memory, and Postgres does not start while somebody holds it. An idle backend leaves at
    once, a busy one only when its statement ends. Killing it loses nothing that was committed.
    """
    deadline = time.monotonic() + patience
    while left := members(identity):
        if time.monotonic() > deadline:
            for pid in left:
                _kill(pid)
            deadline = time.monotonic() + patience
        time.sleep(POLL_SECONDS)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


class Postmaster:
    """The server process: our child, or one that another process started.

    Args:
        pid: Its process id; null when it lives where we cannot see it (another container on the same volume).
        child: Its handle if it is our child, so that it is collected when it ends.
    """

    def __init__(self, pid: int | None, child: "subprocess.Popen[bytes] | None" = None) -> None:
        self.pid = pid
        self._child = child
        self._pidfd = _open_pidfd(pid) if pid is not None else None

    def ended(self) -> bool:
        if self._child is not None:
            return self._child.poll() is not None
        if self._pidfd is not None:
            return bool(_readable([self._pidfd], 0))
        return self.pid is not None and not exists(self.pid)

    def wait(self, timeout: float, wake: int | None = None) -> bool:
        """Wait for its end, at most `timeout` seconds or until `wake` is readable; whether it has ended."""
        deadline = time.monotonic() + timeout
        watched = [descriptor for descriptor in (self._pidfd, wake) if descriptor is not None]
        while not self.ended():
            rest = deadline - time.monotonic()
            if rest <= 0:
                return False
            pause = rest if self._pidfd is not None else min(rest, BLIND_POLL_SECONDS)
            if wake in _readable(watched, pause):
                return self.ended()
        return True

    def shut_down(self, patience: float) -> None:
        """Stop it: politely, then without a checkpoint, at last by force, each after `patience` seconds.

        One that cannot be seen from here is left to those who can see it.
        """
        if self.pid is None:
            return
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            self._send(number)
            if self.wait(patience):
                return

    def _send(self, number: signal.Signals) -> None:
        try:
            if sys.platform == "linux" and self._pidfd is not None:
                signal.pidfd_send_signal(self._pidfd, number)
            elif self.pid is not None:
                os.kill(self.pid, number)
        except ProcessLookupError:
            return

    def let_go(self) -> None:
        """Forget it. A living child is left to a thread that collects it when it ends."""
        if self._child is not None and self._child.poll() is None:
            _collect_later(self._child)
        if self._pidfd is not None:
            os.close(self._pidfd)
        self._pidfd = self._child = None


def _collect_later(child: "subprocess.Popen[bytes]") -> None:
    try:
        threading.Thread(target=child.wait, name="postgres-collector", daemon=True).start()
    except RuntimeError:
        return  # the interpreter is ending: process 1 inherits the server


def _readable(descriptors: list[int], timeout: float) -> list[int]:
    poller = select.poll()  # `select.select` refuses descriptors above 1023
    for descriptor in descriptors:
        poller.register(descriptor, select.POLLIN)
    return [descriptor for descriptor, _ in poller.poll(timeout * 1000)]


def _open_pidfd(pid: int) -> int | None:
    if sys.platform != "linux":
        return None
    try:
        return os.pidfd_open(pid)
    except OSError:  # an old kernel or a sandbox without it, or ended already: `exists` tells
        return None


def exists(pid: int) -> bool:
    """Whether the kernel still knows the process, be it a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
