"""What can go wrong with the embedded server."""

from resume_review.core.errors import StartupError


class EmbeddedPostgresError(StartupError):
    """The embedded server cannot be used; `detail` is one line that says what to do."""

    code = "database.embedded"
