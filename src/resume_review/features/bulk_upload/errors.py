"""Why a bulk upload, or a decision about one of its files, is refused."""

from resume_review.core.errors import AppError, ConflictError, NotFoundError


class BatchNotFoundError(NotFoundError):
    """Unknown, or somebody else's."""

    code = "bulk.not_found"
    message = "There is no such bulk upload of yours. Check the id."


class ItemNotFoundError(NotFoundError):
    """The batch has no such file; nothing was decided."""

    code = "bulk.item_not_found"
    message = "The bulk upload has no such file. Reload it and decide again; nothing was changed."


class ItemNotWaitingError(ConflictError):
    """Somebody decided already, or there is nothing to decide yet; nothing was decided."""

    code = "bulk.item_not_waiting"
    message = "One of the files does not wait for a decision. Reload the bulk upload; nothing was changed."


class NotAFormError(AppError):
    """The body is no multipart form."""

    code = "bulk.not_a_form"
    status = 422
    message = "Send the files as multipart/form-data, each in a part of its own called files."


class NoFilesError(AppError):
    """There is nothing in it."""

    code = "bulk.empty"
    status = 422
    message = "There is no file in the upload. Add resumes, or a zip of them, as parts called files."


class TooManyFilesError(AppError):
    """More than one batch holds; nothing was stored."""

    code = "bulk.too_many"
    status = 413
    message = "A bulk upload takes 300 files and 200 MB at most, unpacked. Send the rest in another one."


class WishError(AppError):
    """The review that is asked for cannot be given."""

    code = "bulk.bad_review"
    status = 422
    message = 'Ask for a review as JSON: {"industry": "strategy_consulting", "language": "en", "type": "comprehensive"}.'


class NothingToRetryError(ConflictError):
    """No file failed in a way that another attempt could mend."""

    code = "bulk.nothing_to_retry"
    message = "No file of this bulk upload can be tried again. Upload a mended copy instead."


class NameMissingError(AppError):
    """A candidate needs a name."""

    code = "bulk.name_missing"
    status = 422
    message = (
        "No first and last name could be read from the file. Send them as details, or choose a candidate."
    )
