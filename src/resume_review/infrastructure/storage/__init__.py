"""Where uploaded files are kept."""

from resume_review.infrastructure.storage.store import FileStore, StorageError

__all__ = ["FileStore", "StorageError"]
