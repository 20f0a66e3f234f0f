"""What can go wrong with reading the audit log."""

from resume_review.core.errors import AppError


class InvalidCursorError(AppError):
    """Not a cursor that a page of the log ended with."""

    code = "audit.invalid_cursor"
    status = 422
    message = "This cursor is not one of ours. Leave it out to start from the newest entry."
