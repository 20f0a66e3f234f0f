"""Bodies of the upload routes."""

import uuid
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from resume_review.database.enums import ResumeStatus, ScanStatus


class ResumeResponse(BaseModel):
    """One version of a candidate's resume; sizes are in bytes, progress in percent."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    candidate_id: uuid.UUID
    original_filename: str
    file_size: int
    mime_type: str
    version_number: int
    status: ResumeStatus
    progress: int
    scan_status: ScanStatus
    page_count: int | None
    word_count: int | None
    language: str | None
    extracted_text: str | None
    error_message: str | None
    uploaded_at: datetime
    processed_at: datetime | None


class UploadWarning(BaseModel):
    """Something in the file that a reader of the page would not see."""

    kind: str
    page: int | None
    detail: str


class UploadResponse(ResumeResponse):
    """The stored resume and what was noticed while reading it."""

    filename: str
    warnings: list[UploadWarning]
