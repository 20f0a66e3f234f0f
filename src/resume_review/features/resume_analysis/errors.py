"""What can go wrong with reviews."""

from resume_review.core.errors import AppError, ConflictError, NotFoundError


class ReviewNotFoundError(NotFoundError):
    """Unknown, or of a candidate this user may not see."""

    code = "reviews.not_found"
    message = "There is no such review among those you may see. Check the id."


class FindingNotFoundError(NotFoundError):
    """Not a finding of this review."""

    code = "reviews.finding_not_found"
    message = "This review has no such finding. Reload its findings."


class ReviewNotFinishedError(ConflictError):
    """The review has no result yet, or none at all."""

    code = "reviews.not_finished"
    message = "This review has no result. Look at its status first."


class ReviewEndedError(ConflictError):
    """There is nothing left to cancel."""

    code = "reviews.ended"
    message = "This review has ended already and cannot be cancelled."


class ReviewNotRetryableError(ConflictError):
    """Only what failed or was cancelled can be tried again."""

    code = "reviews.not_retryable"
    message = "Only a failed or cancelled review can be tried again. Ask for a new review instead."


class ResumeNotReadError(ConflictError):
    """There will be no text to review."""

    code = "reviews.resume_not_read"
    message = (
        "The resume could not be read, so there is nothing to review. Retry its reading or upload it again."
    )


class DecisionConflictError(ConflictError):
    """Somebody else decided about the finding in the meantime."""

    code = "reviews.decision_conflict"
    message = "Somebody decided about this finding in the meantime. Reload the findings and decide again."


class UnknownIndustryError(AppError):
    """No pack for this industry."""

    code = "reviews.unknown_industry"
    status = 422
    message = "Unknown industry."


class PageTooDeepError(AppError):
    """Counting off that many rows costs too much."""

    code = "reviews.page_too_deep"
    status = 422
    message = (
        "This page is too far down. Narrow the list with filters, or follow next_cursor from page to page."
    )


class InvalidCursorError(AppError):
    """Not a cursor that a list gave, or one of another order."""

    code = "reviews.invalid_cursor"
    status = 422
    message = "This cursor does not fit the list. Start again without one."
