"""Why a file is refused; nothing of a refused file is kept."""

from resume_review.core.errors import AppError, NotFoundError
from resume_review.documents import Status


class ResumeNotFoundError(NotFoundError):
    """Unknown, or belongs to a candidate this user may not see."""

    code = "resumes.not_found"
    message = "There is no such resume among those you may see. Check the id."


class UnsupportedFileError(AppError):
    """The content is not of a kind that can be read."""

    code = "resumes.unsupported"
    status = 415
    keeps_changes = True  # the refusal is in the audit log
    message = "This kind of file cannot be read. Upload the resume as PDF or DOCX."


class FileTooLargeError(AppError):
    """Over the size limit, packed or unpacked."""

    code = "resumes.too_large"
    status = 413
    keeps_changes = True  # the refusal is in the audit log
    message = (
        "The file is too large. Upload a smaller one, for example exported without high-resolution pictures."
    )


class UnreadableFileError(AppError):
    """Damaged, encrypted, without text, or too slow to read."""

    code = "resumes.unreadable"
    status = 422
    keeps_changes = True  # the refusal is in the audit log
    message = "The file cannot be read. Export the resume again as PDF or DOCX and upload that."


def refusal(status: Status, message: str) -> AppError:
    """The error for a document that could not be read."""
    match status:
        case Status.UNSUPPORTED:
            return UnsupportedFileError(message)
        case Status.TOO_LARGE:
            return FileTooLargeError(message)
        case _:
            return UnreadableFileError(message)
