"""Spans of requests, jobs and calls of models, without saying who receives them."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from enum import Enum
from typing import Protocol

Value = str | int | float | bool | tuple[str, ...]
"""What an attribute may be; never a text that a user or a model wrote."""


class Kind(Enum):
    """Which side of a conversation a span is."""

    SERVER = "server"
    CONSUMER = "consumer"
    CLIENT = "client"
    INTERNAL = "internal"


class Span(Protocol):
    """Work that is under way."""

    def note(self, attributes: Mapping[str, Value]) -> None:
        """Add what has become known."""
        ...

    def rename(self, name: str) -> None:
        """Call it by what has become known."""
        ...

    def failed(self, kind: str) -> None:
        """It went wrong, and how in one word; an exception that leaves the span does the same."""
        ...


class Tracing(Protocol):
    """Tells about work while it happens."""

    def span(
        self,
        name: str,
        *,
        kind: Kind = Kind.INTERNAL,
        parent: str | None = None,
        attributes: Mapping[str, Value] | None = None,
    ) -> AbstractContextManager[Span]:
        """A span for as long as the block runs, inside the one that is open; `parent` names one elsewhere (W3C)."""
        ...


class _NoSpan:
    def note(self, attributes: Mapping[str, Value]) -> None:
        """Nobody listens."""

    def rename(self, name: str) -> None:
        """Nobody listens."""

    def failed(self, kind: str) -> None:
        """Nobody listens."""


_NOTHING: AbstractContextManager[Span] = nullcontext(_NoSpan())


class NoTracing:
    """For platforms without a receiver of traces."""

    def span(
        self,
        name: str,
        *,
        kind: Kind = Kind.INTERNAL,
        parent: str | None = None,
        attributes: Mapping[str, Value] | None = None,
    ) -> AbstractContextManager[Span]:
        """See `Tracing.span`."""
        del name, kind, parent, attributes
        return _NOTHING


NO_TRACING = NoTracing()
