"""What a limit is, and what every counter of one promises."""

import hashlib
import ipaddress
import math
from dataclasses import dataclass
from typing import Protocol

import structlog

from resume_review.core.errors import RateLimitedError

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Limit:
    """So many requests in a window of seconds, refilled evenly."""

    name: str
    requests: int
    seconds: int

    @property
    def gap(self) -> float:
        """Seconds in which one request comes back."""
        return self.seconds / self.requests

    def stored_key(self, key: str) -> str:
        """How a key is stored: hashed, as it holds an address or an account."""
        return f"{self.name}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"

    def refusal(self, wait: float) -> RateLimitedError:
        """The error of a request that comes `wait` seconds too early."""
        retry_after = max(1, math.ceil(wait))
        log.info("rate_limited", limit=self.name, retry_after=retry_after)
        return RateLimitedError(
            f"Too many attempts. Wait {retry_after} seconds and try again.",
            retry_after=retry_after,
            limit=self.name,
        )


@dataclass(frozen=True)
class Allowance:
    """How a counter stands: `taken` requests granted now, `backlog` seconds until it is full again."""

    taken: int
    backlog: float

    def remaining(self, limit: Limit) -> int:
        """How many more would pass at this moment."""
        return max(0, int((limit.seconds - self.backlog) / limit.gap))


class RateLimiter(Protocol):
    """Counts requests per limit and key, for all processes that share it."""

    async def take(self, limit: Limit, key: str, *, number: int = 1) -> Allowance:
        """Count so many requests at once, all or none.

        Raises:
            RateLimitedError: The limit is used up; carries the seconds to wait.
        """
        ...

    async def purge(self) -> None:
        """Forget keys whose limit is full again."""
        ...


def address_key(address: str) -> str:
    """Whom an address stands for: an IPv6 network of 64 bits belongs to one customer, an IPv4 address to itself."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
