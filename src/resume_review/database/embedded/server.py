"""The handle that a process holds while it uses the embedded server."""

import atexit
import logging
import os
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from resume_review.database.embedded.account import choose_account
from resume_review.database.embedded.binaries import ADVICE, bin_dir, programs_for
from resume_review.database.embedded.cluster import SUPERUSER, ensure_cluster, fault
from resume_review.database.embedded.errors import EmbeddedPostgresError
from resume_review.database.embedded.launch import find_running, launch, trim_log
from resume_review.database.embedded.layout import PORT, Handles, Layout
from resume_review.database.embedded.locks import Locks, Mode
from resume_review.database.embedded.process import Postmaster

DEFAULT_DATABASE = "resume_review"
WATCH_SECONDS = 60.0
FIRST_RETRY_SECONDS = 0.2
LAST_RETRY_SECONDS = 10.0

logger = logging.getLogger(__name__)


class EmbeddedPostgres:
    """One process's use of the server in `data_dir`.

    All methods block, for at most a second in practice; call them through `asyncio.to_thread` where that matters.

    Args:
        data_dir: Directory of the server, made if missing. Give it a directory of its own.
        mode: Whether this process is the owner or one of many users.
        programs: Directory of `postgres` and `initdb`; null finds the installed ones.
        start_timeout: Seconds for start and crash recovery, and for other processes to finish theirs.
        stop_timeout: Seconds for a clean stop before it is forced.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        mode: Mode = Mode.SHARE,
        programs: Path | None = None,
        start_timeout: float = 60.0,
        stop_timeout: float = 10.0,
    ) -> None:
        self.mode = mode
        self.restarts = 0
        self._layout = Layout(data_dir.absolute())
        self._programs = programs
        self._start_timeout = start_timeout
        self._stop_timeout = stop_timeout
        self._locks = Locks(self._layout)
        self._handles = Handles()
        self._guard = threading.Lock()
        self._used_by: int | None = None
        self._socket = ""
        self._postmaster: Postmaster | None = None
        self._watcher: threading.Thread | None = None
        self._wake: tuple[int, int] = (-1, -1)
        self._leaving = threading.Event()

    def start(self) -> str:
        """Create, start or attach to the server and return the address of the default database.

        Raises:
            EmbeddedPostgresError: One line that says what is in the way and what to do.
        """
        if sys.platform == "win32":
            raise EmbeddedPostgresError(f"The embedded Postgres does not run on Windows. {ADVICE}")
        with self._guard:
            if self._used_by is None:
                self._join()
        return self.url()

    def stop(self) -> None:
        """Leave; the last user stops the server. Does nothing when not started, or in a forked child."""
        with self._guard:
            if self._used_by == os.getpid():
                self._leave()

    def url(self, database: str = DEFAULT_DATABASE) -> str:
        """Address for SQLAlchemy; `conninfo` is the same for libpq."""
        return self.conninfo(database).replace("postgresql://", "postgresql+psycopg://", 1)

    def conninfo(self, database: str = DEFAULT_DATABASE) -> str:
        """Address for psycopg and other libpq clients in this process and its children."""
        if self._used_by is None:
            raise EmbeddedPostgresError("The embedded Postgres is not started.")
        # The port is named because PGPORT in the environment would otherwise choose another socket.
        return (
            f"postgresql://{SUPERUSER}@:{PORT}/{quote(database, safe='')}?host={quote(self._socket, safe='')}"
        )

    @property
    def pid(self) -> int | None:
        """Process id of the server; null when not started."""
        return self._postmaster.pid if self._postmaster else None

    @property
    def log_path(self) -> Path:
        return self._layout.log

    def ensure_database(self, name: str = DEFAULT_DATABASE) -> str:
        """Create the database if it is missing and return its address.

        Raises:
            EmbeddedPostgresError: It could not be created, for example because the disk is full.
        """
        try:
            self._create_database(name)
        except psycopg.Error as error:
            raise EmbeddedPostgresError(
                f"The database {name} could not be created: {fault(str(error))}"
            ) from None
        return self.url(name)

    def _create_database(self, name: str) -> None:
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                # template0 is never in use, so two creations at once do not collide on it.
                statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
                try:
                    connection.execute(statement)
                except psycopg.errors.DuplicateDatabase:
                    logger.debug("another process created the database first")

    def drop_database(self, name: str) -> None:
        """Drop the database if it exists, closing connections to it."""
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _join(self) -> None:
        self._layout.create()
        if self.mode is Mode.OWN:
            self._locks.own()
        try:
            with self._locks.starting(self._start_timeout):
                self._locks.join()
                self._bring_up()
                self._used_by = os.getpid()
                self.ensure_database()
        except BaseException:
            self._leave()
            raise
        self._leaving.clear()
        self._wake = os.pipe()
        self._watcher = threading.Thread(target=self._watch, name="postgres-watcher", daemon=True)
        self._watcher.start()
        atexit.register(self.stop)

    def _bring_up(self) -> None:
        account = choose_account(self._layout)
        programs = programs_for(account, self._programs or bin_dir())
        ensure_cluster(self._layout, account, programs)
        self._layout.create_socket_dir(account.uid)
        self._socket = self._socket or self._handles.client_name(self._layout.socket)
        found = find_running(self._layout, self._socket, self._start_timeout)
        self._postmaster = found or launch(self._layout, account, programs, timeout=self._start_timeout)

    def _leave(self) -> None:
        self._stop_watching()
        try:
            if self._postmaster is not None:
                with self._locks.starting(self._start_timeout):
                    if self._locks.is_last():
                        self._postmaster.shut_down(self._stop_timeout)
                self._postmaster.let_go()
        finally:
            self._postmaster = None
            self._used_by = None
            self._socket = ""
            self._locks.release()
            self._handles.close()
            atexit.unregister(self.stop)

    def _stop_watching(self) -> None:
        if self._watcher is None:
            return
        self._leaving.set()
        os.write(self._wake[1], b".")
        self._watcher.join()
        self._watcher = None
        for descriptor in self._wake:
            os.close(descriptor)

    def _watch(self) -> None:
        """Start the server again whenever it ends while it is in use."""
        pause = FIRST_RETRY_SECONDS
        while not self._leaving.is_set():
            try:
                if self._postmaster is not None and not self._postmaster.wait(WATCH_SECONDS, self._wake[0]):
                    trim_log(self._layout)
                elif not self._leaving.is_set():
                    self._revive()
                pause = FIRST_RETRY_SECONDS
            except (EmbeddedPostgresError, OSError) as error:
                logger.error("the database server is down and could not be started: %s", error)  # noqa: TRY400 - one line is enough
                self._leaving.wait(pause)
                pause = min(pause * 2, LAST_RETRY_SECONDS)

    def _revive(self) -> None:
        logger.warning("the database server ended; starting it again")
        with self._locks.starting(self._start_timeout):
            if self._postmaster is not None:
                self._postmaster.let_go()
                self._postmaster = None
            self._bring_up()
            self.restarts += 1
