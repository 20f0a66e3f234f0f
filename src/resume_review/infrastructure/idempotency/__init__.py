"""Work that a repeated request must not start twice: `Idempotency-Key`."""

from resume_review.infrastructure.idempotency.errors import (
    IdempotencyConflictError,
    InvalidIdempotencyKeyError,
)
from resume_review.infrastructure.idempotency.once import IdempotencyKeyHeader, Once, purge_keys
from resume_review.infrastructure.idempotency.request import request_fingerprint

__all__ = [
    "IdempotencyConflictError",
    "IdempotencyKeyHeader",
    "InvalidIdempotencyKeyError",
    "Once",
    "purge_keys",
    "request_fingerprint",
]
