"""Reading in child processes, so that no file can hang, fill or kill the process that asks."""

import time
from collections.abc import Sequence
from typing import Self

import msgspec

from resume_review.documents.children import CalledOffError, CallOff, Children, End
from resume_review.documents.frames import Request
from resume_review.documents.limits import DEFAULT_LIMITS, Limits
from resume_review.documents.model import Document, Status
from resume_review.documents.refusals import DAMAGED, HEAVY, refused

__all__ = ["CallOff", "CalledOffError", "IsolatedReader"]

PROGRAM = ("-m", "resume_review.documents.child")
SLOW = "Reading the file took too long. Save it again, or print it to PDF, and upload the new copy."
_REFUSALS = {
    End.LATE: (Status.TIMEOUT, SLOW),
    End.OUT_OF_MEMORY: (Status.TOO_LARGE, HEAVY),
    End.BROKEN: (Status.MALFORMED, DAMAGED),
}


class IsolatedReader:
    """Reads files in up to `children` processes; safe to use from many threads."""

    def __init__(
        self, *, children: int = 1, limits: Limits = DEFAULT_LIMITS, program: Sequence[str] = PROGRAM
    ) -> None:
        self._limits = limits
        self._children = Children(program, children=children, memory_bytes=limits.memory_bytes)

    def read(self, data: bytes, filename: str, *, call_off: CallOff | None = None) -> Document:
        """Read a file; waits for a free child. Never raises for a bad file.

        Raises:
            RuntimeError: The reader was closed.
            CalledOffError: It was called off, from another thread.
        """
        started = time.perf_counter()
        if len(data) > self._limits.file_bytes:
            megabytes = self._limits.file_bytes // (1024 * 1024)
            message = f"The file is larger than {megabytes} MB. Upload a smaller one."
            return refused(
                data, filename, kind=None, status=Status.TOO_LARGE, message=message, started=started
            )
        result = self._children.ask(
            msgspec.msgpack.encode(Request(data, filename, self._limits)),
            Document,
            seconds=self._limits.seconds,
            more_seconds=self._limits.recognition_seconds,
            call_off=call_off,
        )
        if isinstance(result, Document):
            return result
        status, message = _REFUSALS[result]
        return refused(data, filename, kind=None, status=status, message=message, started=started)

    def close(self) -> None:
        """End the children; waits for files that are being read."""
        self._children.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
