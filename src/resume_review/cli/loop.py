"""The event loop of long-running commands, and what would stop it."""

import asyncio
import gc
import sys
from collections.abc import Callable


def event_loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """Uvloop where it exists: a request costs about a third less with it."""
    if sys.platform == "win32":
        return asyncio.new_event_loop
    import uvloop  # noqa: PLC0415 - not installed on Windows

    return uvloop.new_event_loop


def spare_collector() -> None:
    """Leave what the program consists of out of garbage collection from now on.

    A full collection walks through half a million objects of classes and routes, which are never garbage: for 0.2 s
    nothing else happens, and every request that is under way waits.
    """
    gc.collect()
    gc.freeze()
