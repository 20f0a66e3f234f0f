"""What can go wrong with signing in."""

from resume_review.core.errors import AppError, NotFoundError


class InvalidCredentialsError(AppError):
    """E-mail or password is wrong; which one is not said."""

    code = "auth.invalid_credentials"
    status = 401
    keeps_changes = True
    message = "The e-mail address or the password is wrong. Check both and try again."


class AccountLockedError(AppError):
    """Too many wrong passwords in a row."""

    code = "auth.account_locked"
    status = 423
    keeps_changes = True
    message = "This account is locked after too many wrong passwords. Try again in 15 minutes."


class NotAuthenticatedError(AppError):
    """No valid access token came with the request."""

    code = "auth.not_authenticated"
    status = 401
    message = "You are not signed in, or the session has ended. Sign in again."


class InvalidRefreshTokenError(AppError):
    """The refresh token is unknown, expired, revoked or was used before."""

    code = "auth.invalid_refresh_token"
    status = 401
    keeps_changes = True
    message = "The session has ended. Sign in again."


class WrongPasswordError(AppError):
    """The present password is wrong; 400, because 401 makes clients refresh their tokens."""

    code = "auth.wrong_password"
    status = 400
    message = "The current password is wrong."


class WeakPasswordError(AppError):
    """The new password is too easy to guess."""

    code = "auth.weak_password"
    status = 400
    message = (
        "Choose a password of 12 to 128 characters that is not a common one and does not contain your e-mail."
    )


class PasswordChangeRequiredError(AppError):
    """The password was set by somebody else and must be replaced first."""

    code = "auth.password_change_required"
    status = 403
    message = "Change your temporary password first, under Profile."


class MissingScopeError(AppError):
    """An API key was not made for this."""

    code = "auth.missing_scope"
    status = 403
    message = "The API key lacks the scope for this. Create one that has it, or sign in."


class SessionNotFoundError(NotFoundError):
    """There is no such session of this user."""

    code = "auth.session_not_found"
    message = "There is no such session. Reload the list."
