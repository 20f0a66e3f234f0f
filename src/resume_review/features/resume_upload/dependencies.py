"""What the upload routes ask for."""

import uuid
from typing import Annotated, cast

from fastapi import Depends, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.models import User
from resume_review.database.request import DbSession
from resume_review.features.auth import CurrentUser
from resume_review.features.resume_upload.errors import LinkExpiredError
from resume_review.features.resume_upload.links import FileLinks
from resume_review.features.resume_upload.reading import PatientReader
from resume_review.features.resume_upload.repository import ResumeRepository
from resume_review.features.resume_upload.service import ResumeService
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.scanning import Scanner
from resume_review.infrastructure.storage import FileStore


async def file_store(request: Request) -> FileStore:
    """Where this application keeps its files."""
    return cast("FileStore", request.app.state.file_store)


Files = Annotated[FileStore, Depends(file_store)]


async def _service(
    request: Request, session: DbSession, identity: CurrentUser, files: Files
) -> ResumeService:
    return _service_for(request, session, identity.user, files)


def _service_for(request: Request, session: AsyncSession, user: User, files: FileStore) -> ResumeService:
    state = request.app.state
    reader, queue = cast("PatientReader", state.document_reader), cast("JobQueue", state.job_queue)
    scanner = cast("Scanner", state.scanner)
    return ResumeService(session, user, reader=reader, scanner=scanner, files=files, queue=queue)


async def _for_link(
    request: Request,
    session: DbSession,
    files: Files,
    *,
    resume_id: uuid.UUID,
    token: Annotated[str, Query(max_length=200)] = "",
) -> ResumeService:
    """In the name of the user who made the link, as far as that user may see the resume now."""
    state = request.app.state
    user_id = cast("FileLinks", state.file_links).check(token, resume_id, now=utc_now())
    user = await ResumeRepository(session).active_user(user_id)
    if user is None:
        raise LinkExpiredError
    return _service_for(request, session, user, files)


LinkedResumes = Annotated[ResumeService, Depends(_for_link)]
Resumes = Annotated[ResumeService, Depends(_service)]
