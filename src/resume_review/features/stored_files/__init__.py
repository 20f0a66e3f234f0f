"""Where uploaded files are kept, and the one way to be rid of them; has no routes."""

from resume_review.features.stored_files.keys import pictures_prefix, storage_key
from resume_review.features.stored_files.repository import FILE_COLUMNS
from resume_review.features.stored_files.service import remove_files

__all__ = ["FILE_COLUMNS", "pictures_prefix", "remove_files", "storage_key"]
