"""What can go wrong with managing jobs."""

from resume_review.core.errors import ConflictError, NotFoundError


class JobNotFoundError(NotFoundError):
    """No job has this number."""

    code = "jobs.not_found"
    message = "There is no such job. It may have been done meanwhile; reload the list."


class JobNotFailedError(ConflictError):
    """Only failed jobs can be tried again."""

    code = "jobs.not_failed"
    message = "Only a failed job can be tried again. Reload the list."


class JobRunningError(ConflictError):
    """A running job has to be cancelled through what it works on."""

    code = "jobs.running"
    message = "This job is running. Cancel the review or upload that it works on."
