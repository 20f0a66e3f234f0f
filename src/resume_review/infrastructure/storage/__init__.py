"""Where uploaded files are kept."""

from resume_review.infrastructure.storage.errors import (
    FileDamagedError,
    FileMissingError,
    StorageError,
    StorageKeyError,
)
from resume_review.infrastructure.storage.opening import open_file_store, reseal_all
from resume_review.infrastructure.storage.places import Place, open_place
from resume_review.infrastructure.storage.sealing import Keyring
from resume_review.infrastructure.storage.store import FileStore

__all__ = [
    "FileDamagedError",
    "FileMissingError",
    "FileStore",
    "Keyring",
    "Place",
    "StorageError",
    "StorageKeyError",
    "open_file_store",
    "open_place",
    "reseal_all",
]
