"""Opening Redis, or saying what is in the way."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from resume_review.core.errors import StartupError
from resume_review.core.settings import PREFIX

log = structlog.get_logger(__name__)

ANSWER_SECONDS = 1.0
CONNECTIONS = 50

FAULTS = (RedisError, OSError, TimeoutError, RuntimeError)
"""What a Redis that is away, full, loading or slow raises; uvloop says RuntimeError where a connection was reset."""


@asynccontextmanager
async def connect_redis(url: str) -> AsyncGenerator[Redis]:
    """A client whose server answered once; each call waits a second at most.

    Raises:
        StartupError: It does not answer, or refuses.
    """
    client: Redis = Redis.from_url(  # pyright: ignore[reportUnknownMemberType] - redis leaves its keyword arguments untyped
        url,
        socket_timeout=ANSWER_SECONDS,
        socket_connect_timeout=ANSWER_SECONDS,
        max_connections=CONNECTIONS,
        # One more try on a fresh connection: the pooled one may have died with a restarted server.
        retry=Retry(NoBackoff(), 1),
    )
    try:
        try:
            await client.ping()  # pyright: ignore[reportUnknownMemberType] - redis leaves its keyword arguments untyped
        except FAULTS as error:
            raise StartupError(
                f"{PREFIX}REDIS_URL: cannot use the server at {_address(url)} ({type(error).__name__}). "
                f"Check that it runs and that the address is right, for example "
                f"{PREFIX}REDIS_URL=redis://localhost:6379/0"
            ) from None
        yield client
    finally:
        await client.aclose()


def _address(url: str) -> str:
    """The address without its password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
