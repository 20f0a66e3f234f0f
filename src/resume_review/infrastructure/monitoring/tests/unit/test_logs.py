import json
import logging
from collections.abc import Iterator

import pytest
import structlog

pytestmark = pytest.mark.unit


class Lines(logging.Handler):
    """Formats records as the configured handler does and keeps the lines."""

    def __init__(self) -> None:
        super().__init__()
        self.formatter = logging.getLogger().handlers[0].formatter
        self.lines: list[dict[str, object]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(self.format(record)))


@pytest.fixture
def lines() -> Iterator[list[dict[str, object]]]:
    handler = Lines()
    logging.getLogger().addHandler(handler)
    yield handler.lines
    logging.getLogger().removeHandler(handler)


def test_secrets_and_texts_are_masked(lines: list[dict[str, object]]) -> None:
    structlog.get_logger("test").info("event", password="hunter2", extracted_text="Jane Doe", status=200)

    shown = lines[-1]
    assert (shown["password"], shown["extracted_text"], shown["status"]) == ("[masked]", "[masked]", 200)


def test_an_exception_is_its_type_and_place_without_its_words(lines: list[dict[str, object]]) -> None:
    try:
        int("Jane Doe lives in London")
    except ValueError as error:
        structlog.get_logger("test").error("event", exc_info=error)

    assert "ValueError at" in str(lines[-1]["exception"])
    assert "test_logs.py" in str(lines[-1]["exception"])
    assert "Jane" not in json.dumps(lines[-1])


def test_lines_of_libraries_have_the_same_form(lines: list[dict[str, object]]) -> None:
    logging.getLogger("some.library").warning("disk is %s", "full")

    shown = lines[-1]
    assert (shown["event"], shown["level"], shown["logger"]) == ("disk is full", "warning", "some.library")
