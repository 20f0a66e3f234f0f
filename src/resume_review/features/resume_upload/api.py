"""Routes to upload resumes, to look at what was read, and to end, repeat or undo it."""

import uuid
from collections.abc import AsyncIterable, AsyncIterator
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Query, Request, Response, UploadFile
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse

from resume_review.core.problems import problems
from resume_review.core.settings import Settings
from resume_review.database.enums import ApiKeyScope, EntityType, ResumeStatus
from resume_review.database.models import Resume, User
from resume_review.database.session import Database
from resume_review.features.auth import (
    ACCESS_PROBLEMS,
    REPEAT_ERRORS,
    CurrentUser,
    Repeatable,
    notes_view,
    takes_keys,
)
from resume_review.features.candidates import CandidateNotFoundError
from resume_review.features.resume_upload.dependencies import Resumes
from resume_review.features.resume_upload.errors import (
    DocumentNotReadError,
    FileTooLargeError,
    InfectedFileError,
    NotBeingReadError,
    NotRetryableError,
    ResumeNotFoundError,
    ResumeReviewedError,
    ReviewsProtectedError,
    UnreadableFileError,
    UnsupportedFileError,
)
from resume_review.features.resume_upload.file_routes import router as file_router
from resume_review.features.resume_upload.progress import follow, topic
from resume_review.features.resume_upload.repository import ResumeRepository, ResumeRow
from resume_review.features.resume_upload.schemas import (
    Done,
    DuplicateOf,
    KeptUpload,
    LastReviewed,
    ResumeItem,
    ResumeList,
    ResumeProgress,
    ResumeResponse,
    UploadResponse,
    UploadSummary,
    UploadWarning,
    VersionItem,
    VersionList,
)
from resume_review.infrastructure.events import EventBus, Slots, TooManyStreamsError
from resume_review.infrastructure.http import Client
from resume_review.infrastructure.scanning import ScannerError
from resume_review.infrastructure.storage import StorageError

_KEYS = [takes_keys(read=ApiKeyScope.RESUMES_READ, write=ApiKeyScope.RESUMES_WRITE)]

router = APIRouter(prefix="/resume_upload", tags=["resumes"], dependencies=_KEYS, responses=ACCESS_PROBLEMS)
candidate_router = APIRouter(
    prefix="/candidates", tags=["resumes"], dependencies=_KEYS, responses=ACCESS_PROBLEMS
)

_UNKNOWN = problems(ResumeNotFoundError)


@router.post(
    "/candidates/{candidate_id}/resumes",
    status_code=201,
    responses=problems(
        CandidateNotFoundError,
        ResumeNotFoundError,
        FileTooLargeError,
        UnsupportedFileError,
        UnreadableFileError,
        InfectedFileError,
        ScannerError,
        StorageError,
        *REPEAT_ERRORS,
    ),
    summary="Upload a resume",
)
async def upload_resume(
    request: Request,
    candidate_id: uuid.UUID,
    file: UploadFile,
    *,
    resumes: Resumes,
    client: Client,
    repeats: Repeatable,
) -> UploadResponse:
    """Read the file and keep it as the candidate's next version; a slow one is read on after the answer."""
    settings = cast("Settings", request.app.state.settings)
    data = await file.read(settings.max_upload_bytes + 1)
    if len(data) > settings.max_upload_bytes:
        raise FileTooLargeError(f"The file is larger than {settings.max_upload_mb} MB. Upload a smaller one.")
    arrived = await resumes.read(candidate_id, data, file.filename or "resume", client=client)
    fresh: Resume | None = None

    async def keep() -> KeptUpload:
        nonlocal fresh
        kept = await resumes.keep(arrived, client=client)
        fresh = kept.resume
        return KeptUpload(resume_id=fresh.id, duplicate_of=_duplicate_of(kept.duplicate_of))

    upload = await repeats.once(KeptUpload, keep, arrived.file.name, arrived.file.sha256)
    return _uploaded(fresh or await resumes.get(upload.resume_id), upload.duplicate_of)


@router.get("", summary="List resumes")
async def list_resumes(
    resumes: Resumes,
    status: ResumeStatus | None = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=50)] = 10,
) -> ResumeList:
    """Those you may see, newest first."""
    rows, total = await resumes.page(page=page, page_size=page_size, status=status)
    return ResumeList(
        uploads=[ResumeItem.model_validate(_fields(row)) for row in rows],
        total_count=total,
        page=page,
        page_size=page_size,
    )


@router.get("/stats/summary", summary="Count resumes")
async def summarise_resumes(resumes: Resumes) -> UploadSummary:
    """Numbers over all resumes you may see."""
    totals = await resumes.totals()
    return UploadSummary(
        total_uploads=totals.uploads,
        completed_uploads=totals.completed,
        failed_uploads=totals.failed,
        total_size_bytes=totals.bytes,
        total_size_mb=round(totals.bytes / 1_000_000, 2),
    )


@router.get(
    "/{resume_id}",
    dependencies=[notes_view(EntityType.RESUME, "resume_id")],
    responses=_UNKNOWN,
    summary="Show a resume",
)
async def get_resume(resume_id: uuid.UUID, resumes: Resumes) -> ResumeResponse:
    """One version with its extracted text."""
    return ResumeResponse.of(await resumes.get(resume_id))


@router.get("/{resume_id}/status", responses=_UNKNOWN, summary="How far the reading has come")
async def get_resume_status(resume_id: uuid.UUID, resumes: Resumes) -> ResumeResponse:
    """The same as the resume itself; kept for the first web client."""
    return ResumeResponse.of(await resumes.get(resume_id))


@router.get(
    "/{resume_id}/document",
    dependencies=[notes_view(EntityType.RESUME, "resume_id")],
    responses=problems(ResumeNotFoundError, DocumentNotReadError)
    | {200: {"description": "The Document (`document/1`)"}},
    response_class=JSONResponse,
    summary="Show what was read",
)
async def get_document(resume_id: uuid.UUID, resumes: Resumes) -> Response:
    """Text, pages with word boxes, sections, facts, layout and what was hidden."""
    resume = await resumes.get(resume_id, with_document=True)
    if resume.document is None:
        raise DocumentNotReadError
    return JSONResponse(resume.document)


async def _reader_of(resume_id: uuid.UUID, resumes: Resumes, identity: CurrentUser) -> User:
    """Somebody who may see the resume; the transaction that finds this out ends before the stream begins."""
    await resumes.get(resume_id)
    return identity.user


async def _following(user: Annotated[User, Depends(_reader_of)], slots: Slots) -> AsyncIterator[User]:
    """The same while their stream is open."""
    with slots.slot(user.id):
        yield user


@router.get(
    "/{resume_id}/events",
    response_class=EventSourceResponse,
    responses=problems(ResumeNotFoundError, TooManyStreamsError),
    summary="Follow the reading of a resume",
)
async def follow_resume(
    request: Request, resume_id: uuid.UUID, user: Annotated[User, Depends(_following)]
) -> AsyncIterable[ResumeProgress]:
    """Every change as an event, until the reading has ended."""
    state = request.app.state
    database = cast("Database", state.database)

    async def look() -> ResumeProgress | None:
        async with database.transaction() as session:
            resume = await ResumeRepository(session).readable(resume_id, user)
        return ResumeProgress.model_validate(resume, from_attributes=True) if resume is not None else None

    async for progress in follow(cast("EventBus", state.events), topic(resume_id), look):
        yield progress


@router.delete(
    "/{resume_id}/cancel",
    responses=problems(ResumeNotFoundError, NotBeingReadError),
    summary="Stop the reading of a resume",
)
async def cancel_resume(resume_id: uuid.UUID, resumes: Resumes, client: Client) -> Done:
    """The file stays; its reading can be retried."""
    await resumes.cancel(resume_id, client=client)
    return Done(message="The reading was cancelled.")


@router.post(
    "/{resume_id}/retry",
    status_code=202,
    responses=problems(ResumeNotFoundError, NotRetryableError, *REPEAT_ERRORS),
    summary="Read a resume again",
)
async def retry_resume(resume_id: uuid.UUID, resumes: Resumes, client: Client, repeats: Repeatable) -> Done:
    """For a reading that failed or was cancelled; its status tells how it goes."""

    async def retry() -> Done:
        await resumes.retry(resume_id, client=client)
        return Done(message="The file will be read again.")

    return await repeats.once(Done, retry)


@router.delete(
    "/{resume_id}",
    responses=problems(ResumeNotFoundError, ResumeReviewedError, ReviewsProtectedError),
    summary="Delete a resume",
)
async def delete_resume(
    resume_id: uuid.UUID, resumes: Resumes, client: Client, *, with_reviews: bool = False
) -> Done:
    """This version with its file; where it was reviewed, only a senior, and with the reviews."""
    await resumes.delete(resume_id, with_reviews=with_reviews, client=client)
    return Done(message="The resume was deleted.")


@candidate_router.get(
    "/{candidate_id}/resumes",
    responses=problems(CandidateNotFoundError),
    summary="List the versions of a candidate's resume",
)
async def list_versions(candidate_id: uuid.UUID, resumes: Resumes) -> VersionList:
    """Newest first, each with its newest completed review."""
    found = await resumes.versions(candidate_id)
    items = [
        VersionItem.model_validate(
            _fields(version.row)
            | {
                "last_review": LastReviewed(
                    analysis_id=review.review_id,
                    industry=review.industry,
                    overall_score=review.overall_score,
                    completed_at=review.completed_at,
                )
                if (review := version.last_review)
                else None
            }
        )
        for version in found
    ]
    return VersionList(resumes=items, total_count=len(items))


def _duplicate_of(older: Resume | None) -> DuplicateOf | None:
    if older is None:
        return None
    return DuplicateOf(resume_id=older.id, version=older.version_number, uploaded_at=older.uploaded_at)


def _uploaded(resume: Resume, duplicate: DuplicateOf | None) -> UploadResponse:
    body = ResumeResponse.of(resume)
    if duplicate is not None:
        said = f"The same file is already there as version {duplicate.version} of this candidate's resume."
        body.warnings.append(UploadWarning(kind="duplicate", page=None, detail=said))
    return UploadResponse(**body.model_dump(), filename=resume.original_filename, duplicate_of=duplicate)


def _fields(row: ResumeRow) -> dict[str, Any]:
    own = ResumeItem.model_fields.keys() - {"candidate_name", "extracted_text", "warnings"}
    return {name: getattr(row.resume, name) for name in own} | {
        "candidate_name": row.candidate_name,
        "extracted_text": row.preview,
        "warnings": row.resume.warnings or [],
    }


router.include_router(file_router)
