"""What can go wrong with trials of prompts."""

from resume_review.core.errors import AppError, ConflictError, NotFoundError


class TrialNotFoundError(NotFoundError):
    """No trial has this id."""

    code = "prompt_trials.not_found"
    message = "There is no such trial. Trials are deleted after two weeks; reload the list."


class ResumesNotFoundError(NotFoundError):
    """Some of the resumes do not exist; the detail names them."""

    code = "prompt_trials.resumes_not_found"
    message = "Some of these resumes do not exist."


class ResumesUnreadError(ConflictError):
    """Some of the resumes have no text; the detail names them."""

    code = "prompt_trials.resumes_unread"
    message = "Some of these resumes have not been read. Wait until they are, or leave them out."


class NoModelError(ConflictError):
    """The workers of this platform ask no model themselves."""

    code = "prompt_trials.no_model"
    message = (
        "This platform asks no model itself, so there is nothing to try a prompt with. Set ENGINE and MODEL."
    )


class OtherPromptError(AppError):
    """The draft is not a version of the prompt that it is to be compared with."""

    status = 422
    code = "prompt_trials.other_prompt"
    message = "The draft has another name, language or agent than the prompt it is to be compared with."


class IndustryUnknownError(AppError):
    """No industry has this code."""

    status = 422
    code = "prompt_trials.industry_unknown"
    message = "There is no such industry."


class TrialEndedError(ConflictError):
    """There is nothing left to cancel."""

    code = "prompt_trials.ended"
    message = "This trial has ended already and cannot be cancelled."
