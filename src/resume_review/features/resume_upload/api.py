"""Routes to upload resumes and look at what was read."""

import uuid
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Request, Response, UploadFile
from fastapi.responses import JSONResponse

from resume_review.core.problems import problems
from resume_review.core.settings import Settings
from resume_review.database.models import Resume
from resume_review.database.request import DbSession
from resume_review.features.auth import CurrentUser, NotAuthenticatedError
from resume_review.features.candidates import CandidateNotFoundError
from resume_review.features.resume_upload.errors import (
    FileTooLargeError,
    ResumeNotFoundError,
    UnreadableFileError,
    UnsupportedFileError,
)
from resume_review.features.resume_upload.schemas import ResumeResponse, UploadResponse, UploadWarning
from resume_review.features.resume_upload.service import DocumentReader, ResumeService
from resume_review.infrastructure.http import Client
from resume_review.infrastructure.storage import FileStore, StorageError

router = APIRouter(prefix="/resume_upload", tags=["resumes"], responses=problems(NotAuthenticatedError))

_READ_PROBLEMS = problems(ResumeNotFoundError)


async def _service(request: Request, session: DbSession, identity: CurrentUser) -> ResumeService:
    state = request.app.state
    reader, files = cast("DocumentReader", state.document_reader), cast("FileStore", state.file_store)
    return ResumeService(session, identity.user, reader=reader, files=files)


Resumes = Annotated[ResumeService, Depends(_service)]


@router.post(
    "/candidates/{candidate_id}/resumes",
    status_code=201,
    responses=problems(
        CandidateNotFoundError, FileTooLargeError, UnsupportedFileError, UnreadableFileError, StorageError
    ),
    summary="Upload a resume",
)
async def upload_resume(
    request: Request, candidate_id: uuid.UUID, file: UploadFile, resumes: Resumes, client: Client
) -> UploadResponse:
    """Read the file and keep it as the candidate's next version."""
    settings = cast("Settings", request.app.state.settings)
    data = await file.read(settings.max_upload_bytes + 1)
    if len(data) > settings.max_upload_bytes:
        raise FileTooLargeError(f"The file is larger than {settings.max_upload_mb} MB. Upload a smaller one.")
    resume, document = await resumes.upload(candidate_id, data, file.filename or "resume", client=client)
    return UploadResponse(
        **_body(resume).model_dump(),
        filename=resume.original_filename,
        warnings=[
            UploadWarning(kind=mark.kind.value, page=mark.page, detail=mark.detail)
            for mark in document.integrity
        ],
    )


@router.get("/{resume_id}", responses=_READ_PROBLEMS, summary="Show a resume")
async def get_resume(resume_id: uuid.UUID, resumes: Resumes) -> ResumeResponse:
    """One version with its extracted text."""
    return _body(await resumes.get(resume_id))


@router.get("/{resume_id}/status", responses=_READ_PROBLEMS, summary="How far the reading has come")
async def get_resume_status(resume_id: uuid.UUID, resumes: Resumes) -> ResumeResponse:
    """The same as the resume itself; kept for the first web client."""
    return _body(await resumes.get(resume_id))


@router.get(
    "/{resume_id}/document",
    responses=_READ_PROBLEMS | {200: {"description": "The Document (`document/1`)"}},
    response_class=JSONResponse,
    summary="Show what was read",
)
async def get_document(resume_id: uuid.UUID, resumes: Resumes) -> Response:
    """Text, pages with word boxes, sections, facts, layout and what was hidden."""
    resume = await resumes.get(resume_id, with_document=True)
    return JSONResponse(resume.document)


def _body(resume: Resume) -> ResumeResponse:
    return ResumeResponse.model_validate(resume)
