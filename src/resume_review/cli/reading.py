"""Files to Documents, each parsed in a child process that may crash or hang without taking the command along.

The child is a fork, made once for all files and again after a failure: it starts in milliseconds, shares the modules
that are loaded already, and reads the next file while this process reviews the last one.
"""

import os
import select
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

import msgspec

from resume_review.cli.files import load
from resume_review.cli.parsing import CommandError
from resume_review.documents import Document, Status
from resume_review.documents.limits import DEFAULT_LIMITS, Limits
from resume_review.documents.patience import listen
from resume_review.documents.reader import read_document

Reader = Callable[[bytes, str], Document]
"""Takes the bytes and the name of a file."""

_HEADER = struct.Struct("<cQ")
_DOCUMENT, _PROBLEM, _FAULT, _MEMORY, _MORE_TIME = b"D", b"P", b"F", b"M", b"T"
_CHUNK = 1 << 20
# How a C++ library ends when it gets no memory, and how the kernel ends a process that takes too much.
_OUT_OF_MEMORY = {signal.SIGABRT, signal.SIGILL, signal.SIGTRAP, signal.SIGKILL}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a Document, refused or not, or the reason why there is none."""

    path: Path
    document: Document | None
    problem: str | None


class _ChildError(Exception):
    """The child died, failed or was too slow; carries what to say about the file it was at."""

    def __init__(self, status: Status, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def read_files(
    paths: Sequence[Path], *, limits: Limits = DEFAULT_LIMITS, read: Reader = read_document
) -> Generator[Outcome, None, None]:
    """Read files in order, one outcome each; the child starts now, not when the first outcome is asked for."""
    if sys.platform == "win32":
        return (_decoded(path, *_outcome(path, read)) for path in paths)
    return _receive(paths, _Child(paths, limits, read), limits=limits, read=read)


def _receive(
    paths: Sequence[Path], child: "_Child", *, limits: Limits, read: Reader
) -> Generator[Outcome, None, None]:
    done = 0
    while done < len(paths):
        try:
            for path in paths[done:]:
                yield _decoded(path, *child.receive())
                done += 1
        except _ChildError as failure:
            yield _refused(paths[done], failure)
            done += 1
        finally:
            child.stop()
        if done < len(paths):
            child = _Child(paths[done:], limits, read)


class _Child:
    """A forked process that reads files and sends what it found through a pipe."""

    def __init__(self, paths: Sequence[Path], limits: Limits, read: Reader) -> None:
        self._limits = limits
        self._pipe, sender = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._pid = os.fork()
        if self._pid == 0:
            # A group of its own, so that a program it started ends with it.
            os.setpgid(0, 0)
            os.close(self._pipe)
            _work(paths, sender, limits=limits, read=read)
        os.close(sender)

    def receive(self) -> tuple[bytes, bytes]:
        """The next message; waits as long as one file may take."""
        deadline = time.monotonic() + self._limits.seconds
        kind, size = _HEADER.unpack(self._bytes(_HEADER.size, deadline))
        if kind == _MORE_TIME:
            deadline = time.monotonic() + self._limits.recognition_seconds
            kind, size = _HEADER.unpack(self._bytes(_HEADER.size, deadline))
        return kind, self._bytes(size, deadline)

    def stop(self) -> None:
        """End the child; what it still reads is not wanted any more."""
        os.close(self._pipe)
        if self._pid:
            _kill_group(self._pid)
            os.waitpid(self._pid, 0)

    def _bytes(self, size: int, deadline: float) -> bytes:
        parts: list[bytes] = []
        while size > 0:
            ready, _, _ = select.select([self._pipe], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                seconds = f"{self._limits.seconds:g}"
                raise _ChildError(
                    Status.TIMEOUT,
                    f"Reading took longer than {seconds} seconds; export the resume again as a plain PDF or DOCX.",
                )
            part = os.read(self._pipe, min(size, _CHUNK))
            if not part:
                raise self._death()
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _death(self) -> _ChildError:
        _, code = os.waitpid(self._pid, 0)
        self._pid = 0
        if os.WIFSIGNALED(code) and os.WTERMSIG(code) in _OUT_OF_MEMORY:
            return _too_much_memory(self._limits)
        return _ChildError(
            Status.MALFORMED,
            "The file is damaged in a way that stops the reader; export the resume again as PDF or DOCX.",
        )


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except (
        ProcessLookupError,
        PermissionError,
    ):  # so early that it leads no group yet, and has started nothing
        os.kill(leader, signal.SIGKILL)


def _work(paths: Sequence[Path], sender: int, *, limits: Limits, read: Reader) -> NoReturn:
    """The life of the child: never returns into the code that forked it."""
    code = 1
    try:
        _restrict(limits)
        with os.fdopen(sender, "wb") as pipe:
            listen(lambda: _send(pipe, _MORE_TIME, b""))
            for path in paths:
                _send(pipe, *_outcome(path, read))
        code = 0
    except BrokenPipeError:
        pass  # the parent has stopped listening
    finally:
        os._exit(code)


def _restrict(limits: Limits) -> None:
    import resource  # noqa: PLC0415 - exists on Unix only

    # Private memory, not address space: libraries map far more than they use.
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Ctrl-C is for the parent, which ends the child.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _send(pipe: BinaryIO, kind: bytes, payload: bytes) -> None:
    pipe.write(_HEADER.pack(kind, len(payload)) + payload)
    pipe.flush()


def _outcome(path: Path, read: Reader) -> tuple[bytes, bytes]:
    try:
        return _DOCUMENT, msgspec.msgpack.encode(read(load(path), path.name))
    except CommandError as error:
        return _PROBLEM, str(error).encode(errors="replace")
    except MemoryError:
        return _MEMORY, b""
    except Exception as error:  # noqa: BLE001 - a fault in the reader must not cost the other files their reports
        place = traceback.extract_tb(error.__traceback__)[-1]
        return _FAULT, f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}".encode()


def _decoded(path: Path, kind: bytes, payload: bytes) -> Outcome:
    if kind == _DOCUMENT:
        return Outcome(path, msgspec.msgpack.decode(payload, type=Document), None)
    if kind == _MEMORY:
        return _refused(path, _too_much_memory(DEFAULT_LIMITS))
    if kind == _FAULT:
        message = f"The reader failed on this file ({payload.decode()}); please report it, and export the resume again meanwhile."
        return _refused(path, _ChildError(Status.MALFORMED, message))
    return Outcome(path, None, payload.decode())


def _too_much_memory(limits: Limits) -> _ChildError:
    return _ChildError(
        Status.TOO_LARGE,
        f"Reading needs more than {limits.memory_bytes >> 20} MB of memory; export the resume again as a plain PDF or DOCX.",
    )


def _refused(path: Path, failure: _ChildError) -> Outcome:
    from resume_review.documents.pipeline import refused  # noqa: PLC0415 - loads every reader, only failures need it

    try:
        data = load(path)
    except CommandError as error:
        return Outcome(path, None, str(error))
    document = refused(
        data,
        path.name,
        kind=None,
        status=failure.status,
        message=failure.message,
        started=time.perf_counter(),
    )
    return Outcome(path, document, None)
