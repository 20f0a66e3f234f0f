"""What can be wrong with a call of the rubric or with its own data."""


class RubricError(Exception):
    """Base of all errors of this package."""


class UnknownIndustryError(RubricError, ValueError):
    """No such industry code."""


class UnknownCheckError(RubricError, ValueError):
    """No check has this id or prefix."""


class UnknownFeedbackLanguageError(RubricError, ValueError):
    """There are no messages in this language."""


class PackError(RubricError):
    """An industry pack that cannot be used; the message names the file, the line and the fault."""
