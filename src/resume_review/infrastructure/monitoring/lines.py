"""Log lines that nobody waits for: a sink that is slow, full or gone costs lines, never a request."""

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress

MOST_WAITING = 10_000
"""Lines that wait for a slow sink; later ones are lost and counted."""

FLUSH_SECONDS = 1.0


class DetachedHandler(logging.Handler):
    """Formats where the line is logged and writes in a thread of its own, which begins with the first line.

    Args:
        write: Takes bytes and says how many it took, as `os.write` does. A stream with a buffer of its own would be
            written out as the process ends, which a sink that takes nothing holds up for ever.
        most_waiting: Lines.
    """

    def __init__(self, write: Callable[[bytes], int], *, most_waiting: int = MOST_WAITING) -> None:
        super().__init__()
        self._sink = write
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
            rest = f"{item}\n".encode(errors="backslashreplace")
            try:
                while rest:
                    rest = rest[self._sink(rest) :]
            except (OSError, ValueError):  # the reader is gone, or the sink was closed
                _count_lost()


def _count_lost() -> None:
    from resume_review.infrastructure.monitoring.metrics import LOG_LINES_LOST  # noqa: PLC0415 - commands log too

    LOG_LINES_LOST.inc()
