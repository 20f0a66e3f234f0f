"""Waiting for a reader of files without keeping the event loop, or anybody's patience, too long."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from resume_review.documents import Document
from resume_review.documents.isolation import CallOff
from resume_review.infrastructure.monitoring.metrics import READ_SECONDS, READS

# The first web client gives up on any call after ten seconds.
PATIENCE_SECONDS = 7.0
UNKNOWN = "unknown"
"""The format of files whose bytes are of none that is known, or were not looked at yet."""

PUT_OFF = "put_off"
"""How a reading ends, for metrics, that a job takes over."""


class DocumentReader(Protocol):
    """Reads files where they can do no harm."""

    def read(self, data: bytes, filename: str, *, call_off: CallOff | None = None) -> Document:
        """What the file holds; blocks for seconds at most."""
        ...

    def close(self) -> None:
        """End what it runs."""
        ...


class PatientReader:
    """Has threads of its own, so that files that wait for a reader hold up nothing else.

    Attributes:
        patience: Seconds that a person waits for an answer; a file that takes longer is read by a job.
    """

    def __init__(self, reader: DocumentReader, *, children: int, patience: float = PATIENCE_SECONDS) -> None:
        self._reader = reader
        self._threads = ThreadPoolExecutor(children, thread_name_prefix="reading")
        self.patience = patience

    async def read(self, data: bytes, filename: str, *, within: float | None = None) -> Document:
        """What the file holds; its reading ends when the caller is cancelled.

        Raises:
            TimeoutError: It was not read within so many seconds, waiting for a free reader included.
            RuntimeError: The reader was closed.
        """
        call_off, started = CallOff(), time.perf_counter()
        reading = self._threads.submit(self._reader.read, data, filename, call_off=call_off)
        try:
            async with asyncio.timeout(within):
                document = await asyncio.wrap_future(reading)
        except TimeoutError:
            READS.labels(UNKNOWN, PUT_OFF).inc()
            raise
        finally:
            # Nothing changes when it is done; otherwise nobody waits for it any more.
            call_off()
        kind = document.source.kind.value if document.source.kind else UNKNOWN
        READS.labels(kind, document.status.value).inc()
        READ_SECONDS.labels(kind).observe(time.perf_counter() - started)
        return document

    async def close(self) -> None:
        """Read nothing more; what is being read is waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self._reader.close)
