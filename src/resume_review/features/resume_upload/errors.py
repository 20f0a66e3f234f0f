"""Why a file is refused, and what cannot be done with a stored one; nothing of a refused file is kept."""

from resume_review.core.errors import AppError, ConflictError, ForbiddenError, NotFoundError
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


class InfectedFileError(AppError):
    """The virus scanner found something; the audit log names it."""

    code = "resumes.infected"
    status = 422
    keeps_changes = True  # the find is in the audit log
    message = (
        "The virus scanner found something harmful in the file, so it was refused and nothing was stored. "
        "Ask the sender for a clean copy."
    )


class QuarantinedError(ForbiddenError):
    """The virus scanner found something after the file had been stored."""

    code = "resumes.quarantined"
    message = (
        "The virus scanner found something harmful in this file, so it is not given out. Delete the resume and "
        "ask the candidate for a clean copy."
    )


class LinkExpiredError(NotFoundError):
    """The link opens nothing: too old, forged, or its file or its user is gone."""

    code = "resumes.link_expired"
    message = "The link is not valid any more. Open the resume and ask for a new one."


class DocumentNotReadError(ConflictError):
    """The file is still being read, or could not be."""

    code = "resumes.not_read"
    message = "The file has not been read. Wait until its status is completed, or retry its reading."


class NotBeingReadError(ConflictError):
    """There is nothing to cancel."""

    code = "resumes.not_being_read"
    message = "The resume is not being read any more, so there is nothing to cancel. Delete it instead."


class NotRetryableError(ConflictError):
    """Only a reading that failed or was cancelled starts again."""

    code = "resumes.not_retryable"
    message = "Only a resume whose reading failed or was cancelled can be read again."


class ResumeReviewedError(ConflictError):
    """Deleting would take reviews with it."""

    code = "resumes.reviewed"
    message = (
        "There are reviews of this version. A senior recruiter can delete it together with them: "
        "repeat the request with ?with_reviews=true."
    )


class ReviewsProtectedError(ForbiddenError):
    """Reviews go only when a senior says so."""

    code = "resumes.reviews_protected"
    message = "Only a senior recruiter or an administrator deletes a resume together with its reviews."


class PageNotFoundError(NotFoundError):
    """There is no picture of this page."""

    code = "resumes.no_page"
    message = "The file has no such page. Ask for a page between 1 and its page_count."


class NoPagesError(NotFoundError):
    """The format flows: where its pages end depends on who shows it."""

    code = "resumes.no_pages"
    message = "This kind of file has no fixed pages. Show its text instead: GET .../document."


class PageNotDrawnError(AppError):
    """The page cannot be drawn within the limits."""

    code = "resumes.page_not_drawn"
    status = 422
    message = "The page cannot be drawn; it is damaged or too large. Download the file to look at it."


class RangeError(AppError):
    """The range begins behind the end of the file."""

    code = "resumes.range"
    status = 416
    message = "The file ends before the range that was asked for. Ask for bytes within its size."


def refusal(status: Status, message: str) -> AppError:
    """The error for a document that could not be read."""
    match status:
        case Status.UNSUPPORTED:
            return UnsupportedFileError(message)
        case Status.TOO_LARGE:
            return FileTooLargeError(message)
        case _:
            return UnreadableFileError(message)
