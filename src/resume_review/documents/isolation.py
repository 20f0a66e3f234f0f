"""Reading in child processes, so that no file can hang, fill or kill the process that asks.

A child is reused. One that runs over its time, dies or breaks the protocol is killed and replaced, and its file
gets a Document that says why.
"""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import BinaryIO, Self, cast

import msgspec

from resume_review.documents.frames import MORE_TIME, Request, read_frame, write_frame
from resume_review.documents.limits import DEFAULT_LIMITS, Limits
from resume_review.documents.model import Document, Status
from resume_review.documents.refusals import DAMAGED, HEAVY, refused

PROGRAM = ("-m", "resume_review.documents.child")
# Memory that libraries keep is given back by starting anew after this many files.
FILES_PER_CHILD = 200
MOST_ANSWER = 256 * 1024 * 1024
# A child needs this long to start; it does not count as reading time.
START_SECONDS = 5.0
SLOW = "Reading the file took too long. Save it again, or print it to PDF, and upload the new copy."
# How a process ends that may not have more memory.
_OUT_OF_MEMORY = {
    -getattr(signal, name) for name in ("SIGKILL", "SIGABRT", "SIGTRAP", "SIGILL") if hasattr(signal, name)
}
# The child sees nothing else of the environment: no secret, no address.
_ENVIRONMENT = (
    "PATH",
    "PYTHONPATH",
    "VIRTUAL_ENV",
    "LANG",
    "LC_ALL",
    "HOME",
    "SYSTEMROOT",
    "TESSDATA_PREFIX",
    "TMPDIR",
    "COVERAGE_PROCESS_START",
)


class _Child:
    """One process; used by one thread at a time."""

    def __init__(self, program: Sequence[str], limits: Limits) -> None:
        self._limits = limits
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, *program, str(limits.memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # A group of its own, so that a program it started ends with it.
            start_new_session=True,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        self._late = False
        self.files = 0

    def read(self, data: bytes, filename: str) -> Document | Status:
        """Read a file, or return the status that explains why the child is no longer there."""
        seconds = self._limits.seconds + (START_SECONDS if self.files == 0 else 0.0)
        self._allow(seconds)
        try:
            payload = self._ask(msgspec.msgpack.encode(Request(data, filename, self._limits)))
        finally:
            self._timer.cancel()
        self.files += 1
        if payload is not None and not self._late:
            try:
                return msgspec.msgpack.decode(payload, type=Document)
            except msgspec.DecodeError:
                self.kill()
                return Status.MALFORMED
        self.kill()
        if self._late:
            return Status.TIMEOUT
        return Status.TOO_LARGE if self._process.returncode in _OUT_OF_MEMORY else Status.MALFORMED

    def _allow(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.start()

    def _ask(self, payload: bytes) -> bytes | None:
        try:
            write_frame(self._requests, payload)
        except (BrokenPipeError, OSError):
            self._process.wait()
            return None
        answer = read_frame(self._answers, most=MOST_ANSWER)
        if answer == MORE_TIME:
            self._timer.cancel()
            self._allow(self._limits.recognition_seconds)
            answer = read_frame(self._answers, most=MOST_ANSWER)
        if answer is None and not self._late:
            self._await_end()
        return answer

    def _await_end(self) -> None:
        """Let a dying process end by itself, so that how it died is known."""
        try:
            self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            self._kill_group()

    def _expire(self) -> None:
        self._late = True
        self._kill_group()

    def _kill_group(self) -> None:
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()

    def kill(self) -> None:
        """End the process and free its pipes."""
        if self._process.poll() is None:
            self._kill_group()
        self._process.wait()
        self._answers.close()
        # What was still to be sent has nobody to read it.
        with contextlib.suppress(BrokenPipeError):
            self._requests.close()


class IsolatedReader:
    """Reads files in up to `children` processes; safe to use from many threads."""

    def __init__(
        self, *, children: int = 1, limits: Limits = DEFAULT_LIMITS, program: Sequence[str] = PROGRAM
    ) -> None:
        self._limits = limits
        self._program = tuple(program)
        self._slots: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        self._children = max(1, children)
        self._closed = False
        for _ in range(self._children):
            self._slots.put(None)

    def read(self, data: bytes, filename: str) -> Document:
        """Read a file; waits for a free child. Never raises for a bad file.

        Raises:
            RuntimeError: The reader was closed.
        """
        started = time.perf_counter()
        if len(data) > self._limits.file_bytes:
            megabytes = self._limits.file_bytes // (1024 * 1024)
            message = f"The file is larger than {megabytes} MB. Upload a smaller one."
            return refused(
                data, filename, kind=None, status=Status.TOO_LARGE, message=message, started=started
            )
        child = self._slots.get()
        if self._closed:
            self._slots.put(child)
            raise RuntimeError("the reader is closed")
        keep: _Child | None = None
        try:
            child = child or _Child(self._program, self._limits)
            result = child.read(data, filename)
            if isinstance(result, Document):
                keep = child if child.files < FILES_PER_CHILD else None
                return result
        finally:
            if child is not None and keep is None:
                child.kill()
            self._slots.put(keep)
        message = {Status.TIMEOUT: SLOW, Status.TOO_LARGE: HEAVY}.get(result, DAMAGED)
        return refused(data, filename, kind=None, status=result, message=message, started=started)

    def close(self) -> None:
        """End the children; waits for files that are being read."""
        self._closed = True
        for _ in range(self._children):
            child = self._slots.get()
            if child is not None:
                child.kill()
        for _ in range(self._children):
            self._slots.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
