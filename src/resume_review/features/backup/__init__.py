"""One archive of everything that is kept, and the way back; has no routes."""

from resume_review.features.backup.archive import Archive, Manifest, open_archive
from resume_review.features.backup.platform import Platform
from resume_review.features.backup.restoring import Restored, apply_erasures, restore
from resume_review.features.backup.saving import back_up

__all__ = [
    "Archive",
    "Manifest",
    "Platform",
    "Restored",
    "apply_erasures",
    "back_up",
    "open_archive",
    "restore",
]
