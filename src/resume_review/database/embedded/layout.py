"""The directory of the embedded server, and how a server that lacks the way into it still reaches it.

The server may not be able to walk to its own directory: as root the supervisor drops to a plain user, and
`/root` is closed to everybody else. Socket paths have a second problem: the kernel takes about 100 bytes.
On Linux both are solved without opening any parent directory: the supervisor opens the directories itself and
hands the open descriptors to the server, which names them `/proc/self/fd/N`. A client with a long path does the
same with its own descriptor, `/proc/PID/fd/N`.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from resume_review.database.embedded.errors import EmbeddedPostgresError

# Part of the socket's name only; no network port is opened.
PORT = 5432
SOCKET_NAME = f".s.PGSQL.{PORT}"
# The kernel's field holds 108 bytes on Linux and 104 elsewhere, with the closing zero.
MAX_SOCKET_PATH = (108 if sys.platform == "linux" else 104) - 1
PRIVATE = 0o700


@dataclass(frozen=True)
class Layout:
    """Where everything is."""

    root: Path

    @property
    def cluster(self) -> Path:
        return self.root / "cluster"

    @property
    def socket(self) -> Path:
        return self.root / "socket"

    @property
    def log(self) -> Path:
        return self.root / "server.log"

    @property
    def owner_lock(self) -> Path:
        return self.root / "owner.lock"

    @property
    def users_lock(self) -> Path:
        return self.root / "users.lock"

    @property
    def start_lock(self) -> Path:
        return self.root / "start.lock"

    def create(self) -> None:
        """Make the directory, private to its user, if it is missing.

        Raises:
            EmbeddedPostgresError: It cannot be made or written.
        """
        try:
            self.root.parent.mkdir(parents=True, exist_ok=True)
            self.root.mkdir(mode=PRIVATE, exist_ok=True)
        except OSError as error:
            raise self._refusal(error) from None
        if not os.access(self.root, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
            raise self._refusal(PermissionError(0, "Permission denied"))

    def _refusal(self, error: OSError) -> EmbeddedPostgresError:
        return EmbeddedPostgresError(
            f"The database directory {self.root} cannot be written ({error.strerror}). Make it writable for this "
            "user, or choose another with RESUME_REVIEW_DATA_DIR."
        )

    def create_socket_dir(self, uid: int) -> None:
        try:
            self.socket.mkdir(mode=PRIVATE, exist_ok=True)
            give(self.socket, uid)
        except OSError as error:
            raise self._refusal(error) from None

    def identity(self) -> str:
        """A name for this cluster that all of its processes carry, whatever path leads to it."""
        stat = self.cluster.stat()
        return f"resume-review-{stat.st_dev:x}-{stat.st_ino:x}"


def open_own(path: Path, layout: Layout, flags: int = os.O_RDWR) -> int:
    """Open a file of the directory, creating it private and with the owner of the directory.

    A link in its place is not followed, so that root cannot be led to write elsewhere.
    """
    try:
        descriptor = os.open(path, flags | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise EmbeddedPostgresError(
            f"{path} cannot be opened ({error.strerror}). It must be a plain file that this user may write; "
            "start as the user who created it, or choose another directory with RESUME_REVIEW_DATA_DIR."
        ) from None
    if os.geteuid() == 0:
        stat = layout.root.stat()
        os.fchown(descriptor, stat.st_uid, stat.st_gid)
    return descriptor


def give(directory: Path, uid: int) -> None:
    """Make one of our own directories private to `uid`."""
    if os.geteuid() == 0:
        os.chown(directory, uid, -1, follow_symlinks=False)
    directory.chmod(PRIVATE)


class Handles:
    """Open directories under names that work for whoever inherits the descriptors."""

    def __init__(self) -> None:
        self._usable = sys.platform == "linux" and Path("/proc/self/fd").is_dir()
        self._directory_flags = os.O_RDONLY | os.O_CLOEXEC
        self.descriptors: list[int] = []

    def name(self, directory: Path) -> str:
        """The path under which a child that inherits `descriptors` reaches the directory."""
        if not self._usable:
            return str(directory)
        return f"/proc/self/fd/{self._open(directory)}"

    def client_name(self, directory: Path) -> str:
        """A path to the socket directory that is short enough for a client in this process or its children.

        Raises:
            EmbeddedPostgresError: The path is too long and this system offers no way around it.
        """
        if len(os.fsencode(directory / SOCKET_NAME)) <= MAX_SOCKET_PATH:
            return str(directory)
        if not self._usable:
            raise EmbeddedPostgresError(
                f"The path {directory} is too long for a socket. Choose a shorter RESUME_REVIEW_DATA_DIR."
            )
        return f"/proc/{os.getpid()}/fd/{self._open(directory)}"

    def _open(self, directory: Path) -> int:
        descriptor = os.open(directory, self._directory_flags)
        self.descriptors.append(descriptor)
        return descriptor

    def close(self) -> None:
        for descriptor in self.descriptors:
            os.close(descriptor)
        self.descriptors.clear()
