"""What made work begin, so that a job's logs and spans lead back to the request that sent it."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog

REQUEST_ID = "request_id"
TRACEPARENT = "traceparent"

_traceparent: ContextVar[str | None] = ContextVar("resume_review_traceparent", default=None)


def current_origin() -> dict[str, str]:
    """The request that is being served, and the span that is open, by W3C's name; empty where there is neither."""
    bound: dict[str, Any] = structlog.contextvars.get_contextvars()
    found = {REQUEST_ID: bound.get(REQUEST_ID), TRACEPARENT: _traceparent.get()}
    return {name: str(value) for name, value in found.items() if value}


@contextmanager
def logged_as(origin: Mapping[str, str], **names: str) -> Generator[None]:
    """Every log line in the block names the request and whatever else is given."""
    named = {REQUEST_ID: origin[REQUEST_ID]} if REQUEST_ID in origin else {}
    with structlog.contextvars.bound_contextvars(**named, **names):
        yield


@contextmanager
def under_span(traceparent: str, *, trace_id: str) -> Generator[None]:
    """Jobs that are sent in the block belong to this span; its log lines name the trace."""
    token = _traceparent.set(traceparent)
    try:
        with structlog.contextvars.bound_contextvars(trace_id=trace_id):
            yield
    finally:
        _traceparent.reset(token)
