import io
import logging
import threading

import pytest

from resume_review.infrastructure.monitoring.lines import DetachedHandler
from resume_review.infrastructure.monitoring.metrics import REGISTRY

pytestmark = pytest.mark.unit


class Stuck(io.StringIO):
    """A sink that takes nothing before it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.taking = threading.Event()
        self.begun = threading.Event()

    def write(self, text: str) -> int:
        self.begun.set()
        self.taking.wait()
        return super().write(text)


def record(text: str) -> logging.LogRecord:
    return logging.LogRecord("test", logging.INFO, __file__, 1, text, None, None)


def lost() -> float:
    return REGISTRY.get_sample_value("resume_review_log_lines_lost_total") or 0.0


def test_lines_are_written_in_their_order() -> None:
    stream = io.StringIO()
    handler = DetachedHandler(stream)

    for number in range(100):
        handler.emit(record(str(number)))
    handler.flush()

    assert stream.getvalue().split() == [str(number) for number in range(100)]


def test_a_sink_that_takes_nothing_costs_lines_and_no_time() -> None:
    stream, before = Stuck(), lost()
    handler = DetachedHandler(stream, most_waiting=3)
    handler.emit(record("first"))
    stream.begun.wait()

    for number in range(10):
        handler.emit(record(str(number)))
    stream.taking.set()
    handler.flush()

    assert stream.getvalue().split() == ["first", "0", "1", "2"]
    assert lost() == before + 7


def test_a_closed_sink_loses_lines_and_nothing_else() -> None:
    stream, before = io.StringIO(), lost()
    stream.close()
    handler = DetachedHandler(stream)

    handler.emit(record("nobody reads this"))
    handler.flush()

    assert lost() == before + 1
