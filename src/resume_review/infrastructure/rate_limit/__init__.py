"""Rate limits that all processes share."""

from resume_review.infrastructure.rate_limit.limiter import (
    Limit,
    NullRateLimiter,
    PostgresRateLimiter,
    RateLimiter,
)

__all__ = ["Limit", "NullRateLimiter", "PostgresRateLimiter", "RateLimiter"]
