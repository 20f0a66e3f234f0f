"""Why a file cannot be stored or given out."""

import structlog
from obstore.exceptions import PermissionDeniedError, UnauthenticatedError

from resume_review.core.errors import AppError, NotFoundError, UnavailableError

log = structlog.get_logger(__name__)

NO_ANSWER = "it does not answer"
_NO_BUCKET = "NoSuchBucket"
_NO_SUCH_PART = "InvalidRange"


class StorageError(UnavailableError):
    """The file store does not do what it is asked; `reason` says why, for operators, without names or keys."""

    code = "storage.unavailable"
    message = "The file store cannot be reached. Nothing was stored; try again shortly."

    def __init__(self, reason: str = NO_ANSWER) -> None:
        super().__init__()
        self.reason = reason


class FileMissingError(NotFoundError):
    """The row says there is a file and the store has none."""

    code = "storage.missing"
    message = "The stored file is missing. Upload the resume again."


class FileDamagedError(AppError):
    """What the store holds is not what was put there."""

    code = "storage.damaged"
    message = "The stored file is damaged. Restore it from a backup, or upload the resume again."


class StorageKeyError(UnavailableError):
    """The file was sealed with a key that is not configured."""

    code = "storage.key_missing"
    message = (
        "The stored file is sealed with a key that the platform was not given. An administrator has to add it to "
        "RESUME_REVIEW_STORAGE_KEY."
    )


def error_of(error: Exception, *, about_file: bool = True) -> AppError:
    """What a fault of the library means; its text holds addresses and signatures and is kept out of logs.

    Args:
        error: The fault.
        about_file: Whether a file that is not there is what was not found, rather than the place for it.
    """
    text = str(error)
    if isinstance(error, FileNotFoundError) and about_file and _NO_BUCKET not in text:
        return FileMissingError()
    if _NO_SUCH_PART in text:
        return FileDamagedError()
    reason = _reason(error, text)
    log.warning("storage_unavailable", reason=reason, fault=type(error).__name__)
    return StorageError(reason)


def _reason(error: Exception, text: str) -> str:
    if _NO_BUCKET in text:
        return "the bucket does not exist"
    if isinstance(error, PermissionDeniedError | PermissionError) or "403 Forbidden" in text:
        return "access is denied"
    if isinstance(error, UnauthenticatedError):
        return "the credentials are refused"
    if "No space left" in text:
        return "the disk is full"
    return NO_ANSWER
