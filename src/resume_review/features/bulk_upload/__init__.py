"""Many resumes at once: each file finds its candidate, or a person says whose it is."""

from resume_review.features.bulk_upload.limits import BATCH_PATH, MOST_BYTES, READ_ITEM_JOB
from resume_review.features.bulk_upload.reopening import reopen_item

__all__ = ["BATCH_PATH", "MOST_BYTES", "READ_ITEM_JOB", "reopen_item"]
