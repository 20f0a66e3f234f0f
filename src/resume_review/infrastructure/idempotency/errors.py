"""Why a key is refused."""

from resume_review.core.errors import AppError, ConflictError


class IdempotencyConflictError(ConflictError):
    """The key belongs to a different request."""

    code = "idempotency.conflict"
    message = "This Idempotency-Key was used for a different request. Send a new key with a new request."


class InvalidIdempotencyKeyError(AppError):
    """The key cannot be kept as it is."""

    code = "idempotency.invalid_key"
    status = 422
    message = "The Idempotency-Key must be 1 to 255 visible ASCII characters, for example a UUID."
