"""The root of the errors that a caller can act on."""

from typing import ClassVar


class AppError(Exception):
    """An expected failure: a stable code, an HTTP status and a sentence that says what to do.

    Subclasses set `code`, `status` and a default `message`; the API maps them in one place. One that
    sets `keeps_changes` lets the transaction commit all the same: what was recorded is part of the refusal.
    """

    code: ClassVar[str] = "internal.error"
    status: ClassVar[int] = 500
    keeps_changes: ClassVar[bool] = False
    message: ClassVar[str] = (
        "Something went wrong on our side. Try again; if it persists, report the request id."
    )

    def __init__(self, message: str | None = None, *, retry_after: int | None = None) -> None:
        self.detail = message or self.message
        self.retry_after = retry_after
        super().__init__(self.detail)


class NotFoundError(AppError):
    """The thing does not exist, or the caller may not know that it does."""

    code = "not_found"
    status = 404
    message = "Not found. Check the id, or ask an administrator for access."


class ForbiddenError(AppError):
    """The caller is known but lacks the role."""

    code = "forbidden"
    status = 403
    message = "Your role does not allow this. Ask an administrator."


class ConflictError(AppError):
    """The request contradicts the present state."""

    code = "conflict"
    status = 409
    message = "This contradicts the present state. Reload and try again."


class RateLimitedError(AppError):
    """Too many requests; `retry_after` is in seconds, `limit` the name of what is used up."""

    code = "rate_limited"
    status = 429
    message = "Too many attempts. Wait a moment and try again."

    def __init__(
        self, message: str | None = None, *, retry_after: int | None = None, limit: str = "other"
    ) -> None:
        super().__init__(message, retry_after=retry_after)
        self.limit = limit


class UnavailableError(AppError):
    """A part the request needs cannot be reached."""

    code = "unavailable"
    status = 503
    message = "The service cannot do this right now. Try again shortly."


class StartupError(AppError):
    """The program cannot start; `detail` is the one line to print."""

    code = "startup"
    status = 500
