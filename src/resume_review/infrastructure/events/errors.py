"""Why a stream is refused."""

from resume_review.core.errors import RateLimitedError


class TooManyStreamsError(RateLimitedError):
    """One user follows too much at once."""

    code = "events.too_many_streams"
    message = "You follow too many things at once. Close one, or ask for the status instead."
