"""How a reader asks the process that waits for it for more time."""

from collections.abc import Callable
from contextvars import ContextVar

_listener: ContextVar[Callable[[], None] | None] = ContextVar("listener", default=None)


def listen(heard: Callable[[], None]) -> None:
    """Call `heard` whenever this process starts on work that takes longer than reading does."""
    _listener.set(heard)


def ask_for_time() -> None:
    """Say that characters will be recognised: `Limits.recognition_seconds` start now."""
    heard = _listener.get()
    if heard is not None:
        heard()
