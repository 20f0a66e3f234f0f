import io
import logging
import threading
from typing import Any

import pytest

from resume_review.infrastructure.monitoring.lines import DetachedHandler
from resume_review.infrastructure.monitoring.metrics import REGISTRY

pytestmark = pytest.mark.unit


class Stuck(io.BytesIO):
    """A sink that takes nothing before it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.taking = threading.Event()
        self.begun = threading.Event()

    def write(self, data: Any) -> int:
        self.begun.set()
        self.taking.wait()
        return super().write(data)


def record(text: str) -> logging.LogRecord:
    return logging.LogRecord("test", logging.INFO, __file__, 1, text, None, None)


def lost() -> float:
    return REGISTRY.get_sample_value("resume_review_log_lines_lost_total") or 0.0


def test_lines_are_written_in_their_order() -> None:
    stream = io.BytesIO()
    handler = DetachedHandler(stream.write)

    for number in range(100):
        handler.emit(record(str(number)))
    handler.flush()

    assert stream.getvalue().split() == [b"%d" % number for number in range(100)]


def test_a_sink_that_takes_nothing_costs_lines_and_no_time() -> None:
    stream, before = Stuck(), lost()
    handler = DetachedHandler(stream.write, most_waiting=3)
    handler.emit(record("first"))
    stream.begun.wait()

    for number in range(10):
        handler.emit(record(str(number)))
    stream.taking.set()
    handler.flush()

    assert stream.getvalue().split() == [b"first", b"0", b"1", b"2"]
    assert lost() == before + 7


def test_a_closed_sink_loses_lines_and_nothing_else() -> None:
    stream, before = io.BytesIO(), lost()
    stream.close()
    handler = DetachedHandler(stream.write)

    handler.emit(record("nobody reads this"))
    handler.flush()

    assert lost() == before + 1


def test_a_sink_that_takes_a_part_at_a_time_gets_all_of_it() -> None:
    taken: list[bytes] = []

    def take(data: bytes) -> int:
        taken.append(data[:3])
        return len(taken[-1])

    handler = DetachedHandler(take)
    handler.emit(record("a line 日本"))
    handler.flush()

    assert b"".join(taken).decode() == "a line 日本\n"
