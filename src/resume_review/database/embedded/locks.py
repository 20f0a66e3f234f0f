"""Who uses the server: three lock files, held by the kernel for as long as a process lives.

`flock` locks vanish with the process that holds them, even after `kill -9`, so nothing has to be cleaned up.
The descriptors are not inherited by programs that are started; a child made by a bare `fork` does keep them
until it ends.
"""

import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum

from resume_review.database.embedded.errors import EmbeddedPostgresError
from resume_review.database.embedded.layout import Layout, open_own

POLL_SECONDS = 0.01


class Mode(StrEnum):
    """How a process takes part.

    Attributes:
        OWN: The one main process (`serve`); a second owner of the same directory is refused.
        SHARE: Anybody else (command line, workers, tests); any number, with or without an owner.
    """

    OWN = "own"
    SHARE = "share"


class Locks:
    """The locks of one user of the directory."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._owner: int | None = None
        self._user: int | None = None

    def own(self) -> None:
        """Become the owner until `release`.

        Raises:
            EmbeddedPostgresError: Another process is the owner.
        """
        descriptor = open_own(self._layout.owner_lock, self._layout)
        if not _lock(descriptor, exclusive=True):
            holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
            os.close(descriptor)
            raise EmbeddedPostgresError(
                f"{self._layout.root} is already served by process {holder}. Stop that process, or choose "
                "another directory with RESUME_REVIEW_DATA_DIR."
            )
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._owner = descriptor

    def join(self) -> None:
        """Count as a user until `release`. Call it with `starting` held."""
        descriptor = open_own(self._layout.users_lock, self._layout)
        _lock(descriptor, exclusive=False, wait=True)
        self._user = descriptor

    def is_last(self) -> bool:
        """Whether nobody else is a user. Call it with `starting` held, then `release`."""
        return self._user is not None and _lock(self._user, exclusive=True)

    def release(self) -> None:
        for descriptor in (self._user, self._owner):
            if descriptor is not None:
                os.close(descriptor)
        self._user = self._owner = None

    @contextmanager
    def starting(self, timeout: float) -> Generator[None]:
        """Be the only process that starts or stops the server; `timeout` in seconds.

        Raises:
            EmbeddedPostgresError: Another process did not finish in time.
        """
        descriptor = open_own(self._layout.start_lock, self._layout)
        try:
            deadline = time.monotonic() + timeout
            while not _lock(descriptor, exclusive=True):
                if time.monotonic() > deadline:
                    raise EmbeddedPostgresError(
                        f"Another process has been starting or stopping the database in {self._layout.root} for "
                        f"more than {timeout:.0f} seconds. End it (see `fuser {self._layout.start_lock}`) and try again."
                    )
                time.sleep(POLL_SECONDS)
            yield
        finally:
            os.close(descriptor)


def _lock(descriptor: int, *, exclusive: bool, wait: bool = False) -> bool:
    import fcntl  # noqa: PLC0415 - does not exist on Windows, where this package must still be importable

    kind = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
    try:
        fcntl.flock(descriptor, kind if wait else kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
