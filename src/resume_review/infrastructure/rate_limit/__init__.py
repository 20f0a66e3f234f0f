"""Rate limits that all processes share: counted in Postgres, or in Redis where one is configured."""

from resume_review.infrastructure.rate_limit.fallback import FallbackRateLimiter
from resume_review.infrastructure.rate_limit.leasing import LeasingRateLimiter
from resume_review.infrastructure.rate_limit.limit import Allowance, Limit, RateLimiter, address_key
from resume_review.infrastructure.rate_limit.null import NullRateLimiter
from resume_review.infrastructure.rate_limit.postgres import PostgresRateLimiter
from resume_review.infrastructure.rate_limit.redis import RedisRateLimiter
from resume_review.infrastructure.rate_limit.requests import (
    Operation,
    RequestLimits,
    within_address_limit,
    within_user_limit,
)

__all__ = [
    "Allowance",
    "FallbackRateLimiter",
    "LeasingRateLimiter",
    "Limit",
    "NullRateLimiter",
    "Operation",
    "PostgresRateLimiter",
    "RateLimiter",
    "RedisRateLimiter",
    "RequestLimits",
    "address_key",
    "within_address_limit",
    "within_user_limit",
]
