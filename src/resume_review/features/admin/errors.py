"""What can go wrong with managing accounts."""

from resume_review.core.errors import ConflictError, NotFoundError


class UserNotFoundError(NotFoundError):
    """No account has this id."""

    code = "admin.user_not_found"
    message = "There is no such account. Reload the list."


class EmailTakenError(ConflictError):
    """The address belongs to another account."""

    code = "admin.email_taken"
    message = "An account with this e-mail address exists already."


class LastAdminError(ConflictError):
    """Nobody would be left who can manage accounts."""

    code = "admin.last_admin"
    message = "This is the last active administrator. Make somebody else an administrator first."
