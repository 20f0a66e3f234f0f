"""Child processes that work on files nobody vouches for, reused, limited and replaced when they fail.

A child that runs over its time, dies or breaks the protocol is killed and the next file gets a new one.
"""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from enum import Enum, auto
from typing import BinaryIO, TypeVar, cast

import msgspec

from resume_review.documents.frames import MORE_TIME, read_frame, write_frame

# Memory that libraries keep is given back by starting anew after this many files.
FILES_PER_CHILD = 200
MOST_ANSWER = 256 * 1024 * 1024
# A child needs this long to start; it does not count as working time.
START_SECONDS = 5.0
# How often somebody who waits for a free child looks whether that was called off.
LOOK_SECONDS = 0.05
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
T = TypeVar("T")


class End(Enum):
    """Why there is no answer."""

    LATE = auto()
    OUT_OF_MEMORY = auto()
    BROKEN = auto()


class CalledOffError(Exception):
    """Somebody called the work off before it was done; it says nothing about the file."""


class CallOff:
    """Lets another thread call off the work of a child: `call_off()` ends it at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._end: Callable[[], None] | None = None
        self.called = False

    def __call__(self) -> None:
        """Call it off; after the work is done this changes nothing."""
        with self._lock:
            self.called = True
            if self._end is not None:
                self._end()

    @contextlib.contextmanager
    def ending(self, end: Callable[[], None]) -> Generator[None]:
        """While the block runs, calling off means `end`."""
        with self._lock:
            self._end = end
            if self.called:
                end()
        try:
            yield
        finally:
            with self._lock:
                self._end = None


class _Child:
    """One process; used by one thread at a time."""

    def __init__(self, program: Sequence[str], memory_bytes: int) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, *program, str(memory_bytes)],
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

    def ask(self, payload: bytes, *, seconds: float, more_seconds: float) -> bytes | End:
        """The answer, or why the child is no longer there."""
        self._allow(seconds + (START_SECONDS if self.files == 0 else 0.0))
        try:
            answer = self._exchange(payload, more_seconds)
        finally:
            self._timer.cancel()
        self.files += 1
        if answer is not None and not self._late:
            return answer
        self.kill()
        if self._late:
            return End.LATE
        return End.OUT_OF_MEMORY if self._process.returncode in _OUT_OF_MEMORY else End.BROKEN

    def _allow(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.start()

    def _exchange(self, payload: bytes, more_seconds: float) -> bytes | None:
        try:
            write_frame(self._requests, payload)
        except (BrokenPipeError, OSError):
            self._process.wait()
            return None
        answer = read_frame(self._answers, most=MOST_ANSWER)
        if answer == MORE_TIME:
            self._timer.cancel()
            self._allow(more_seconds)
            answer = read_frame(self._answers, most=MOST_ANSWER)
        if answer is None and not self._late:
            self._await_end()
        return answer

    def _await_end(self) -> None:
        """Let a dying process end by itself, so that how it died is known."""
        try:
            self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            self.end()

    def _expire(self) -> None:
        self._late = True
        self.end()

    def end(self) -> None:
        """Stop the process and all it started; its pipes stay with the thread that uses them."""
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()

    def kill(self) -> None:
        """End the process and free its pipes."""
        if self._process.poll() is None:
            self.end()
        self._process.wait()
        self._answers.close()
        # What was still to be sent has nobody to read it.
        with contextlib.suppress(BrokenPipeError):
            self._requests.close()


class Children:
    """Up to `children` processes of one program; safe to use from many threads."""

    def __init__(self, program: Sequence[str], *, children: int, memory_bytes: int) -> None:
        self._program = tuple(program)
        self._memory_bytes = memory_bytes
        self._slots: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        self._children = max(1, children)
        self._closed = False
        for _ in range(self._children):
            self._slots.put(None)

    def ask(
        self,
        payload: bytes,
        answer: type[T],
        *,
        seconds: float,
        more_seconds: float = 0.0,
        call_off: CallOff | None = None,
    ) -> T | End:
        """What a child answers; waits for a free one.

        Raises:
            RuntimeError: The children were closed.
            CalledOffError: It was called off.
        """
        call_off = call_off or CallOff()
        child = self._free(call_off)
        keep: _Child | None = None
        try:
            child = child or _Child(self._program, self._memory_bytes)
            with call_off.ending(child.end):
                told = child.ask(payload, seconds=seconds, more_seconds=more_seconds)
            if isinstance(told, End):
                if call_off.called:
                    raise CalledOffError
                return told
            try:
                decoded = msgspec.msgpack.decode(told, type=answer)
            except msgspec.DecodeError:
                return End.BROKEN
            keep = child if child.files < FILES_PER_CHILD and not call_off.called else None
            return decoded
        finally:
            if child is not None and keep is None:
                child.kill()
            self._slots.put(keep)

    def _free(self, call_off: CallOff) -> _Child | None:
        while not call_off.called:
            with contextlib.suppress(queue.Empty):
                child = self._slots.get(timeout=LOOK_SECONDS)
                if self._closed:
                    self._slots.put(child)
                    raise RuntimeError("the reader is closed")
                return child
        raise CalledOffError

    def close(self) -> None:
        """End the children; waits for files that are being worked on."""
        self._closed = True
        for _ in range(self._children):
            child = self._slots.get()
            if child is not None:
                child.kill()
        for _ in range(self._children):
            self._slots.put(None)
