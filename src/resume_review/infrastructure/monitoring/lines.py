"""Log lines that nobody waits for: a sink that is slow, full or gone costs lines, never a request."""

import logging
import queue
import threading
from contextlib import suppress
from typing import TextIO

MOST_WAITING = 10_000
"""Lines that wait for a slow sink; later ones are lost and counted."""

FLUSH_SECONDS = 1.0


class DetachedHandler(logging.Handler):
    """Formats where the line is logged and writes in a thread of its own, which begins with the first line."""

    def __init__(self, stream: TextIO, *, most_waiting: int = MOST_WAITING) -> None:
        super().__init__()
        self._stream = stream
        self._waiting: queue.Queue[str | threading.Event] = queue.Queue(most_waiting)
        self._writer: threading.Thread | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Hand the line over, or lose it."""
        try:
            line = self.format(record)
        except Exception:  # noqa: BLE001 - logging must not break what is logged; the base class tells
            self.handleError(record)
            return
        if self._writer is None:
            # Under the handler's lock, so that there is one.
            self._writer = threading.Thread(target=self._write, name="log-lines", daemon=True)
            self._writer.start()
        try:
            self._waiting.put_nowait(line)
        except queue.Full:
            _count_lost()

    def flush(self) -> None:
        """Wait a moment for what was logged so far to be written; at the end of the process, it is called."""
        if self._writer is None:
            return
        written = threading.Event()
        with suppress(queue.Full):
            self._waiting.put(written, timeout=FLUSH_SECONDS)
            written.wait(FLUSH_SECONDS)

    def _write(self) -> None:
        while True:
            item = self._waiting.get()
            if isinstance(item, threading.Event):
                item.set()
                continue
            try:
                self._stream.write(f"{item}\n")
                # One system call for the lines of a burst.
                if self._waiting.empty():
                    self._stream.flush()
            except (OSError, ValueError):  # the pipe's reader is gone, or the stream was closed
                _count_lost()


def _count_lost() -> None:
    from resume_review.infrastructure.monitoring.metrics import LOG_LINES_LOST  # noqa: PLC0415 - commands log too

    LOG_LINES_LOST.inc()
