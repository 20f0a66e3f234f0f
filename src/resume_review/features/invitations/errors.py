"""What can go wrong with invitations and registration."""

from resume_review.core.errors import AppError, ConflictError, ForbiddenError, NotFoundError


class InvitationNotFoundError(NotFoundError):
    """No invitation has this id."""

    code = "invitations.not_found"
    message = "There is no such invitation. Reload the list."


class InvitationNotOpenError(ConflictError):
    """An account that was opened is managed as an account."""

    code = "invitations.accepted"
    message = "This invitation was accepted already. Switch the account off instead."


class AlreadyHasAccountError(ConflictError):
    """The address belongs to an account."""

    code = "invitations.has_account"
    message = "An account with this e-mail address exists already. Reset its password instead."


class InvalidInvitationError(AppError):
    """Unknown, used, expired or revoked; which of them is not said."""

    code = "invitations.invalid"
    status = 400
    message = "This invitation link is not valid any more. Ask an administrator for a new one."


class RegistrationClosedError(ForbiddenError):
    """There is an administrator who can invite."""

    code = "auth.registration_closed"
    message = "Registration is closed. Ask an administrator for an invitation."
