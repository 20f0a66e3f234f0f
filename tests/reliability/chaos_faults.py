"""What is done to the platform while it works; every fault ends with the part whole again."""

import asyncio
import os
import random
import signal
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from chaos_parts import PATIENCE_SECONDS, Part, Parts

from resume_review.testing.link import Link

LATENCY_S = (0.01, 0.08)
HOLD_S = (0.5, 2.5)
FREEZE_S = (2.0, 6.0)
BALLAST_BYTES = 1 << 20

Inject = Callable[[Parts, random.Random], Awaitable[None]]


@contextmanager
def outage(parts: Parts) -> Generator[None]:
    """Clients may be left without an answer meanwhile."""
    begin = parts.now()
    try:
        yield
    finally:
        parts.history.outages.append((begin, parts.now()))


async def kill_server(parts: Parts, _: random.Random) -> None:
    """Kill -9, with the worker inside; started again at once."""
    assert parts.server is not None
    with outage(parts):
        if not parts.server.kill():
            return
        try:
            await asyncio.wait_for(parts.server.up.wait(), PATIENCE_SECONDS)
        except TimeoutError:
            parts.history.crashes.append(f"the server did not answer again within {PATIENCE_SECONDS} s")


async def kill_worker(parts: Parts, chance: random.Random) -> None:
    """Kill -9 one of the separate workers."""
    part: Part = chance.choice(parts.workers)
    part.kill()


async def kill_postgres(parts: Parts, _: random.Random) -> None:
    """Kill -9 the database server; its supervisor starts it again."""
    pid = parts.postgres.pid
    if pid is not None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    await parts.database_answers()


async def kill_redis(parts: Parts, chance: random.Random) -> None:
    """Kill -9 Redis; it comes back empty."""
    assert parts.redis is not None
    await asyncio.to_thread(parts.redis.stop)
    await asyncio.sleep(chance.uniform(*HOLD_S))
    await asyncio.to_thread(parts.redis.start)


async def fill_disk(parts: Parts, chance: random.Random) -> None:
    """Leave not one free block to the database and the files, then give the space back."""
    ballast = parts.disk / "ballast"
    await asyncio.to_thread(_fill, ballast)
    try:
        await asyncio.sleep(chance.uniform(*HOLD_S))
    finally:
        ballast.unlink()
    await parts.database_answers()


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        for size in (BALLAST_BYTES, 4096, 1):
            with suppress(OSError):
                while file.write(b"\0" * size):
                    continue


async def slow(link: Link, parts: Parts, chance: random.Random) -> None:
    """Every chunk takes its time."""
    link.latency_s = chance.uniform(*LATENCY_S)
    await asyncio.sleep(chance.uniform(*HOLD_S))
    link.latency_s = 0.0


async def cut(link: Link, parts: Parts, chance: random.Random) -> None:
    """Reset every connection, twice."""
    link.cut()
    await asyncio.sleep(chance.uniform(0.05, 0.5))
    link.cut()


async def half_close(link: Link, parts: Parts, chance: random.Random) -> None:
    """The server's side of every connection ends, ours does not."""
    link.half_close()


async def freeze(link: Link, parts: Parts, chance: random.Random) -> None:
    """Nothing arrives and nothing is closed."""
    link.freeze()
    await asyncio.sleep(chance.uniform(*FREEZE_S))
    link.thaw()


async def _in_front(inject: Inject, parts: Parts, chance: random.Random) -> None:
    with outage(parts):
        await inject(parts, chance)


def faults(parts: Parts) -> dict[str, Inject]:
    """All that can be done on this machine, by name."""
    found: dict[str, Inject] = {
        "kill server": kill_server,
        "kill worker": kill_worker,
        "kill postgres": kill_postgres,
        "slow database": partial(slow, parts.database_link),
        "cut database": partial(cut, parts.database_link),
        "half-close database": partial(half_close, parts.database_link),
        "freeze database": partial(freeze, parts.database_link),
        "slow clients": partial(_in_front, partial(slow, parts.front)),
        "cut clients": partial(_in_front, partial(cut, parts.front)),
    }
    if parts.ask_models:
        found["slow models"] = partial(slow, parts.model_link)
        found["cut models"] = partial(cut, parts.model_link)
        found["freeze models"] = partial(freeze, parts.model_link)
    if "fill disk" not in parts.without:
        found["fill disk"] = fill_disk
    if parts.redis_link is not None:
        found["kill redis"] = kill_redis
        found["cut redis"] = partial(cut, parts.redis_link)
        found["freeze redis"] = partial(freeze, parts.redis_link)
    return found
