"""What can go wrong with a browser's session."""

from resume_review.core.errors import AppError


class ForeignPageError(AppError):
    """Another site's page made the browser send this."""

    code = "browser_session.foreign_page"
    status = 403
    message = "This request came from another site's page. Open the platform itself and try again."


class NoBrowserSessionError(AppError):
    """The browser holds no cookie of a session."""

    code = "browser_session.none"
    status = 401
    message = "Nobody is signed in in this browser. Sign in."
