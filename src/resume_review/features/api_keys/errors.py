"""What can go wrong with API keys."""

from resume_review.core.errors import AppError, ConflictError, ForbiddenError, NotFoundError


class ApiKeyNotFoundError(NotFoundError):
    """No such key, or another user's."""

    code = "api_keys.not_found"
    message = "There is no such API key. Reload the list."


class ScopeNotGrantableError(ForbiddenError):
    """Nobody gives away more than they have."""

    code = "api_keys.scope_not_grantable"
    message = "You cannot give a key this scope. Leave it out, or have an administrator create the key."


class TooManyApiKeysError(ConflictError):
    """Nobody needs that many at once."""

    code = "api_keys.too_many"
    message = "You have 20 API keys in use. Revoke one first."


class ExpiryInThePastError(AppError):
    """A key that never works helps nobody."""

    code = "api_keys.expiry_in_the_past"
    status = 422
    message = "The expiry must lie in the future. Choose a later time, or leave it out."
