"""What can go wrong with prompts."""

from resume_review.core.errors import AppError, ConflictError, NotFoundError


class PromptNotFoundError(NotFoundError):
    """No prompt has this name in this language."""

    code = "prompts.not_found"
    message = "There is no such prompt. The list shows those there are."


class VersionNotFoundError(NotFoundError):
    """The prompt has no such version."""

    code = "prompts.version_not_found"
    message = "There is no such version of the prompt. The list shows those there are."


class InvalidPromptError(AppError):
    """The prompt would not work."""

    status = 422
    code = "prompts.invalid"
    message = "This prompt cannot be used."


class VersionTakenError(ConflictError):
    """The version exists with other words, or a later one does."""

    code = "prompts.version_taken"
    message = "A new version must be later than all versions of this prompt. Raise its number."


class NothingToRollBackError(ConflictError):
    """The label has not stood anywhere else."""

    code = "prompts.nothing_to_roll_back"
    message = "This label has not pointed to another version before. Publish the version you want."


class LabelMovedError(ConflictError):
    """Somebody else moved the label meanwhile."""

    code = "prompts.label_moved"
    message = "Somebody else moved this label meanwhile. Reload and look again."
