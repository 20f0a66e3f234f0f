"""Where uploaded files are kept."""

from resume_review.infrastructure.storage.store import FileMissingError, FileStore, StorageError

__all__ = ["FileMissingError", "FileStore", "StorageError"]
