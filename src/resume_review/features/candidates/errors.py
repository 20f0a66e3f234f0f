"""What can go wrong with candidates."""

from resume_review.core.errors import ConflictError, NotFoundError


class CandidateNotFoundError(NotFoundError):
    """Unknown, or not this user's to see."""

    code = "candidates.not_found"
    message = (
        "There is no such candidate among those assigned to you. Check the id or ask for the assignment."
    )


class CandidateExistsError(ConflictError):
    """The e-mail address belongs to another candidate."""

    code = "candidates.email_taken"
    message = "A candidate with this e-mail address exists already. Search for it, or ask to have it assigned to you."
