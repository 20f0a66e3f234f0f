"""Logs as JSON lines on standard error, without secrets or resume text."""

import functools
import logging
import os
import sys
from collections.abc import MutableMapping
from typing import Any, cast

import structlog

from resume_review.infrastructure.monitoring.lines import DetachedHandler

SECRET_WORDS = ("password", "token", "secret", "authorization", "cookie", "api_key", "text", "quote", "body")
NOISY = ("uvicorn.access", "procrastinate", "alembic", "httpx2", "psycopg.pool")
FRAMES = 8
STANDARD_ERROR = 2


def _mask(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Values under names that hold secrets or resume text never reach a log line."""
    for name in event:
        if _is_secret(name):
            event[name] = "[masked]"
    return event


@functools.cache
def _is_secret(name: str) -> bool:
    """Kept, because names are few: they are written in the program."""
    folded = name.lower()
    return any(word in folded for word in SECRET_WORDS)


def _describe_exception(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep type and place of an exception; its message may quote a resume or a row."""
    info = event.pop("exc_info", None)
    error = (
        sys.exc_info()[1]
        if info is True
        else cast("tuple[object, object]", info)[1]
        if isinstance(info, tuple)
        else info
    )
    if isinstance(error, BaseException):
        event["exception"] = _describe(error)
    return event


def _describe(error: BaseException) -> str:
    frames: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        frames.append(
            f"{trace.tb_frame.f_code.co_filename.rpartition('site-packages/')[2]}:{trace.tb_lineno}"
        )
        trace = trace.tb_next
    cause = f" <- {_describe(error.__cause__)}" if error.__cause__ else ""
    return f"{type(error).__name__} at {' > '.join(frames[-FRAMES:])}{cause}"


def configure_logging(*, level: str = "INFO") -> None:
    """Send every log line of ours and of the libraries through one JSON formatter."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _describe_exception,
        _mask,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    # Without a standard error, its number may be that of a connection by now.
    lost = sys.__stderr__ is None
    handler = logging.NullHandler() if lost else DetachedHandler(functools.partial(os.write, STANDARD_ERROR))
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for noisy in NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
