"""Uploaded resumes; what other features and the composition roots may use of them."""

from resume_review.features.resume_upload.downloads import disposition
from resume_review.features.resume_upload.errors import (
    FileTooLargeError,
    InfectedFileError,
    ResumeNotFoundError,
    UnreadableFileError,
    refusal,
)
from resume_review.features.resume_upload.intake import READ_JOB, Intake, Kept, NewFile
from resume_review.features.resume_upload.links import FileLinks
from resume_review.features.resume_upload.pictures import PagePainter
from resume_review.features.resume_upload.progress import follow
from resume_review.features.resume_upload.reading import PatientReader
from resume_review.features.resume_upload.reopening import reopen_reading
from resume_review.features.resume_upload.repository import STOPPED, UNREAD, ResumeRepository
from resume_review.features.resume_upload.scans import infection, scan_status
from resume_review.features.resume_upload.versions import display_name

__all__ = [
    "READ_JOB",
    "STOPPED",
    "UNREAD",
    "FileLinks",
    "FileTooLargeError",
    "InfectedFileError",
    "Intake",
    "Kept",
    "NewFile",
    "PagePainter",
    "PatientReader",
    "ResumeNotFoundError",
    "ResumeRepository",
    "UnreadableFileError",
    "display_name",
    "disposition",
    "follow",
    "infection",
    "refusal",
    "reopen_reading",
    "scan_status",
]
