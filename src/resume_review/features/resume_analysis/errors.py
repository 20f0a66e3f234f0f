"""What can go wrong with reviews."""

from resume_review.core.errors import AppError, ConflictError, NotFoundError


class ReviewNotFoundError(NotFoundError):
    """Unknown, or of a candidate this user may not see."""

    code = "reviews.not_found"
    message = "There is no such review among those you may see. Check the id."


class ReviewNotFinishedError(ConflictError):
    """The review has no result yet, or none at all."""

    code = "reviews.not_finished"
    message = "This review has no result. Look at its status first."


class UnknownIndustryError(AppError):
    """No pack for this industry."""

    code = "reviews.unknown_industry"
    status = 422
    message = "Unknown industry."
