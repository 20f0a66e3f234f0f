"""What can stop a backup or its way back."""

from resume_review.core.errors import AppError


class BackupError(AppError):
    """Nothing was written, or nothing was changed; `detail` says why and what to do."""

    code = "backup.refused"
    status = 409


class BackupDamagedError(BackupError):
    """The archive is not what was written."""

    code = "backup.damaged"
    status = 422
