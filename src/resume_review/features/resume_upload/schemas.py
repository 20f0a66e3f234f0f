"""Bodies of the upload routes."""

import uuid
from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from resume_review.database.enums import ResumeStatus, ScanStatus
from resume_review.database.models import Resume


class UploadWarning(BaseModel):
    """Something to know before trusting the file: `scan`, `empty_page`, `duplicate`, or how something was hidden."""

    kind: str = Field(examples=["hidden_text"])
    page: int | None = Field(examples=[1])
    detail: str = Field(examples=["White text on a white background."])


class ResumeResponse(BaseModel):
    """One version of a candidate's resume; sizes are in bytes, progress in percent.

    While the status is pending or processing the file is still being read: it has no text yet.
    """

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    candidate_id: uuid.UUID
    original_filename: str = Field(examples=["jane-doe.pdf"])
    file_size: int = Field(examples=[184_320])
    mime_type: str = Field(examples=["application/pdf"])
    version_number: int = Field(examples=[2])
    status: ResumeStatus
    progress: int = Field(examples=[100])
    scan_status: ScanStatus
    page_count: int | None = Field(examples=[2])
    word_count: int | None = Field(examples=[612])
    language: str | None = Field(examples=["en"])
    extracted_text: str | None = Field(examples=["Jane Doe\njane.doe@example.com"])
    error_code: str | None = None
    error_message: str | None = None
    warnings: list[UploadWarning]
    uploaded_at: datetime
    processed_at: datetime | None

    @classmethod
    def of(cls, resume: Resume) -> Self:
        """The body for a stored resume."""
        return cls.model_validate(
            {name: getattr(resume, name) for name in ResumeResponse.model_fields if name != "warnings"}
            | {"warnings": resume.warnings or []}
        )


class DuplicateOf(BaseModel):
    """The older version of the same candidate that has the same content."""

    resume_id: uuid.UUID
    version: int = Field(examples=[1])
    uploaded_at: datetime


class KeptUpload(BaseModel):
    """What is remembered of an upload in case it is sent again; the text stays with the resume alone."""

    resume_id: uuid.UUID
    duplicate_of: DuplicateOf | None


class UploadResponse(ResumeResponse):
    """The stored resume and what was noticed about it."""

    filename: str = Field(examples=["jane-doe.pdf"])
    duplicate_of: DuplicateOf | None


class ResumeItem(BaseModel):
    """A resume in a list; `extracted_text` holds its first 500 characters."""

    id: uuid.UUID
    candidate_id: uuid.UUID
    candidate_name: str = Field(examples=["Jane Doe"])
    original_filename: str = Field(examples=["jane-doe.pdf"])
    file_size: int = Field(examples=[184_320])
    mime_type: str = Field(examples=["application/pdf"])
    version_number: int = Field(examples=[2])
    status: ResumeStatus
    progress: int = Field(examples=[100])
    page_count: int | None = Field(examples=[2])
    word_count: int | None = Field(examples=[612])
    language: str | None = Field(examples=["en"])
    extracted_text: str | None = Field(examples=["Jane Doe\njane.doe@example.com"])
    error_message: str | None = None
    warnings: list[UploadWarning]
    uploaded_at: datetime


class ResumeList(BaseModel):
    """One page of resumes, newest first; `total_count` counts all pages."""

    uploads: list[ResumeItem]
    total_count: int = Field(examples=[41])
    page: int = Field(examples=[1])
    page_size: int = Field(examples=[10])


class LastReviewed(BaseModel):
    """The newest completed review of a version."""

    analysis_id: uuid.UUID
    industry: str = Field(examples=["strategy_consulting"])
    overall_score: int | None = Field(examples=[74])
    completed_at: datetime | None


class VersionItem(ResumeItem):
    """A version with the outcome of its newest completed review."""

    last_review: LastReviewed | None


class VersionList(BaseModel):
    """All versions of a candidate's resume, newest first."""

    resumes: list[VersionItem]
    total_count: int = Field(examples=[3])


class UploadSummary(BaseModel):
    """Numbers over all resumes you may see."""

    total_uploads: int = Field(examples=[41])
    completed_uploads: int = Field(examples=[39])
    failed_uploads: int = Field(examples=[1])
    total_size_bytes: int = Field(examples=[8_400_000])
    total_size_mb: float = Field(examples=[8.4])


class ResumeProgress(BaseModel):
    """How far the reading of a file has come; the last event of a stream holds how it ended."""

    id: uuid.UUID
    status: ResumeStatus
    progress: int = Field(examples=[20])
    error_message: str | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing follows."""
        return self.status not in {ResumeStatus.PENDING, ResumeStatus.PROCESSING}


class FileLink(BaseModel):
    """A link to a file for as long as it lasts; `url` is a path on the platform's own address."""

    url: str = Field(
        examples=["/api/v1/resume_upload/0198a3f0-0000-7000-8000-000000000000/file/open?token=..."]
    )
    expires_at: datetime


class Done(BaseModel):
    """What was done."""

    message: str = Field(examples=["The resume was deleted."])
