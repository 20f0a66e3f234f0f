"""The event loop of long-running commands."""

import asyncio
import sys
from collections.abc import Callable


def event_loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """Uvloop where it exists: a request costs about a third less with it."""
    if sys.platform == "win32":
        return asyncio.new_event_loop
    import uvloop  # noqa: PLC0415 - not installed on Windows

    return uvloop.new_event_loop
