"""How much of what the API allows.

Generous to people and their clients: the first client asks for the state of each of 25 reviews every three seconds
(500 a minute) and searches at every key stroke. An address may be an office.
"""

import re

from resume_review.infrastructure.rate_limit import (
    LeasingRateLimiter,
    Limit,
    Operation,
    RateLimiter,
    RequestLimits,
)

BY_ADDRESS = Limit("address", requests=6_000, seconds=60)
BY_USER = Limit("user", requests=3_000, seconds=60)
UPLOADS = Limit("uploads", requests=600, seconds=3_600)
REVIEWS = Limit("reviews", requests=1_200, seconds=3_600)
EXPORTS = Limit("exports", requests=60, seconds=600)
WEBHOOK_TESTS = Limit("webhook_tests", requests=60, seconds=3_600)

_OPERATIONS = (
    ("POST", r"/api/v1/resume_upload/candidates/[^/]+/resumes", UPLOADS),
    ("POST", r"/api/v1/resume_upload/batch(/.*)?", UPLOADS),
    ("POST", r"/api/v1/analysis/resumes/[^/]+/analyze", REVIEWS),
    ("POST", r"/api/v1/analysis/analysis/[^/]+/retry", REVIEWS),
    ("GET", r"/api/v1/.*/export([./].*)?", EXPORTS),
    ("POST", r"/api/v1/webhooks/.*", WEBHOOK_TESTS),
)


def request_limits(limiter: RateLimiter) -> RequestLimits:
    """The limits of this API, counted in the given place."""
    operations = [Operation(method, re.compile(path), limit) for method, path, limit in _OPERATIONS]
    return RequestLimits(LeasingRateLimiter(limiter), BY_ADDRESS, BY_USER, operations)
