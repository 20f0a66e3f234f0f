"""What the upload routes ask for."""

from typing import Annotated, cast

from fastapi import Depends, Request

from resume_review.database.request import DbSession
from resume_review.features.auth import CurrentUser
from resume_review.features.resume_upload.reading import PatientReader
from resume_review.features.resume_upload.service import ResumeService
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.storage import FileStore


async def file_store(request: Request) -> FileStore:
    """Where this application keeps its files."""
    return cast("FileStore", request.app.state.file_store)


Files = Annotated[FileStore, Depends(file_store)]


async def _service(
    request: Request, session: DbSession, identity: CurrentUser, files: Files
) -> ResumeService:
    state = request.app.state
    reader, queue = cast("PatientReader", state.document_reader), cast("JobQueue", state.job_queue)
    return ResumeService(session, identity.user, reader=reader, files=files, queue=queue)


Resumes = Annotated[ResumeService, Depends(_service)]
