"""The twin that counts nothing."""

import structlog

from resume_review.infrastructure.rate_limit.limit import Allowance, Limit

log = structlog.get_logger(__name__)


class NullRateLimiter:
    """No limits; says so when it is made, for load tests only."""

    def __init__(self) -> None:
        log.warning("rate_limits_off", hint="set RESUME_REVIEW_RATE_LIMITS=on unless this is a load test")

    async def take(self, limit: Limit, key: str, *, number: int = 1) -> Allowance:  # noqa: ARG002 - nothing is counted
        """Let everything pass."""
        return Allowance(number, 0.0)

    async def purge(self) -> None:
        """Nothing is kept."""
