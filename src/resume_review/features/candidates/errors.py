"""What can go wrong with candidates."""

from resume_review.core.errors import AppError, ConflictError, NotFoundError


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


class ColleagueNotFoundError(NotFoundError):
    """No account has this id."""

    code = "candidates.colleague_not_found"
    message = "There is no such colleague. Choose one from the directory."


class ColleagueInactiveError(ConflictError):
    """Nobody works with this account."""

    code = "candidates.colleague_inactive"
    message = "This colleague's account is switched off. Choose somebody else."


class NotAssignedError(NotFoundError):
    """There is nothing to take away."""

    code = "candidates.not_assigned"
    message = "This colleague is not assigned to the candidate. Reload the list."


class SameColleagueError(AppError):
    """Nothing would change."""

    code = "candidates.same_colleague"
    status = 422
    message = "Both are the same colleague. Choose another one to hand over to."


class NotConfirmedError(AppError):
    """Erasing cannot be undone, so it takes more than a click."""

    code = "candidates.not_confirmed"
    status = 422
    message = "Confirm with the candidate's full name or e-mail address, exactly as shown."


class TombstoneUnreadableError(AppError):
    """What is kept beside the files of somebody erased is not what was written there; nobody is erased by guess."""

    code = "candidates.tombstone_unreadable"
    status = 500
