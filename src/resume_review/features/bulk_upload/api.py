"""Routes to upload many resumes at once and to say whose they are."""

import asyncio
import uuid
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Sequence
from functools import partial
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Query, Request
from fastapi.sse import EventSourceResponse

from resume_review.ai_agents.interface import EngineFacts, PromptSource
from resume_review.core.problems import problems
from resume_review.core.settings import Settings
from resume_review.database.enums import ApiKeyScope, BatchItemStatus
from resume_review.database.models import Candidate, UploadBatchItem, User
from resume_review.database.request import DbSession
from resume_review.database.session import Database, release
from resume_review.features.auth import (
    ACCESS_PROBLEMS,
    REPEAT_ERRORS,
    CurrentUser,
    Repeatable,
    Repeats,
    takes_keys,
)
from resume_review.features.bulk_upload.arriving import arrivals, contents, received, wants_auto, wish_in
from resume_review.features.bulk_upload.attaching import Parts
from resume_review.features.bulk_upload.errors import (
    BatchNotFoundError,
    ItemNotFoundError,
    ItemNotWaitingError,
    NoFilesError,
    NotAFormError,
    NothingToRetryError,
    TooManyFilesError,
    WishError,
)
from resume_review.features.bulk_upload.limits import BATCH_PATH
from resume_review.features.bulk_upload.progress import topic
from resume_review.features.bulk_upload.repository import BatchRepository
from resume_review.features.bulk_upload.schemas import (
    BatchItemResponse,
    BatchList,
    BatchProgress,
    BatchResponse,
    BatchStatus,
    BatchSummary,
    BatchTotals,
    Decisions,
    KeptBatch,
    ProposedCandidate,
    ReadContact,
)
from resume_review.features.bulk_upload.service import BatchService, WholeBatch
from resume_review.features.candidates import CandidateNotFoundError
from resume_review.features.resume_analysis import known_industry
from resume_review.features.resume_upload import follow
from resume_review.infrastructure.events import EventBus, Slots, TooManyStreamsError
from resume_review.infrastructure.http import Client
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.scanning import Scanner, ScannerError
from resume_review.infrastructure.storage import FileStore, StorageError

router = APIRouter(
    prefix=BATCH_PATH,
    tags=["bulk upload"],
    dependencies=[takes_keys(read=ApiKeyScope.RESUMES_READ, write=ApiKeyScope.RESUMES_WRITE)],
    responses=ACCESS_PROBLEMS,
)

_UNKNOWN = problems(BatchNotFoundError)
_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "maxItems": 300,
                            "items": {"type": "string", "format": "binary"},
                            "description": "Resumes, and zips of resumes; 300 files and 200 MB in all, unpacked",
                        },
                        "auto": {
                            "type": "boolean",
                            "default": False,
                            "description": "Attach files whose e-mail address is a candidate's without asking",
                        },
                        "review": {
                            "type": "string",
                            "description": "JSON: the review that each attached resume gets",
                            "examples": [
                                '{"industry": "ma_finance", "language": "en", "type": "quick_scan"}'
                            ],
                        },
                    },
                }
            }
        },
    }
}


async def _service(request: Request, session: DbSession, identity: CurrentUser) -> BatchService:
    state = request.app.state
    parts = Parts(
        files=cast("FileStore", state.file_store),
        queue=cast("JobQueue", state.job_queue),
        engine=cast("EngineFacts", state.engine).fingerprint,
        prompts=cast("PromptSource", state.prompts),
    )
    return BatchService(session, identity.user, parts, scanner=cast("Scanner", state.scanner))


Batches = Annotated[BatchService, Depends(_service)]


@router.post(
    "",
    status_code=202,
    openapi_extra=_FORM,
    responses=problems(
        BatchNotFoundError,
        NotAFormError,
        NoFilesError,
        TooManyFilesError,
        WishError,
        ScannerError,
        StorageError,
        *REPEAT_ERRORS,
    ),
    summary="Upload many resumes",
)
async def upload_batch(
    request: Request, session: DbSession, batches: Batches, client: Client, repeats: Repeatable
) -> BatchResponse:
    """Accept the files; jobs read them and look for their candidates, and the batch tells how far that is."""
    settings = cast("Settings", request.app.state.settings)
    await release(session)
    async with received(request) as form:
        review = wish_in(form)
        if review is not None:
            review = review.model_copy(
                update={
                    "industry": known_industry(review.industry),
                    "language": review.language or settings.language,
                }
            )
        coming = arrivals(form, most_each=settings.max_upload_bytes)
        receive = partial(batches.receive, coming, auto=wants_auto(form), review=review, client=client)
        parts = await asyncio.to_thread(contents, form) if repeats.key else ()
        # Named parts even for an empty form: its body cannot be read a second time.
        return await _once(repeats, batches, receive, "form", *parts)


@router.get("", summary="List your bulk uploads")
async def list_batches(
    batches: Batches,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=50)] = 10,
) -> BatchList:
    """Newest first, with how far each has come."""
    found, total = await batches.page(page=page, page_size=page_size)
    items = [
        BatchSummary(
            **_progress(
                batch.id, counts, cancelled=batch.cancelled_at is not None, at_vendor=at_vendor
            ).model_dump(),
            created_at=batch.created_at,
        )
        for batch, counts, at_vendor in found
    ]
    return BatchList(batches=items, total_count=total, page=page, page_size=page_size)


@router.get("/{batch_id}", responses=_UNKNOWN, summary="Show a bulk upload")
async def get_batch(batch_id: uuid.UUID, batches: Batches) -> BatchResponse:
    """Every file and what became of it."""
    return _body(await batches.get(batch_id))


@router.post(
    "/{batch_id}/confirm",
    responses=problems(
        BatchNotFoundError,
        ItemNotFoundError,
        CandidateNotFoundError,
        ItemNotWaitingError,
        StorageError,
        *REPEAT_ERRORS,
    ),
    summary="Say whose the files are",
)
async def confirm_batch(
    batch_id: uuid.UUID, body: Decisions, batches: Batches, client: Client, repeats: Repeatable
) -> BatchResponse:
    """Attach files to candidates, create the candidates, or skip files."""
    return await _once(repeats, batches, partial(batches.confirm, batch_id, body.items, client=client))


@router.post(
    "/{batch_id}/retry",
    status_code=202,
    responses=problems(BatchNotFoundError, NothingToRetryError, *REPEAT_ERRORS),
    summary="Read the failed files again",
)
async def retry_batch(
    batch_id: uuid.UUID, batches: Batches, client: Client, repeats: Repeatable
) -> BatchResponse:
    """Those that may succeed this time: `can_retry` says which."""
    return await _once(repeats, batches, partial(batches.retry, batch_id, client=client))


@router.delete("/{batch_id}/cancel", responses=_UNKNOWN, summary="Cancel a bulk upload")
async def cancel_batch(batch_id: uuid.UUID, batches: Batches, client: Client) -> BatchResponse:
    """Files that are attached already stay; all others are forgotten."""
    return _body(await batches.cancel(batch_id, client=client))


async def _owner_of(batch_id: uuid.UUID, batches: Batches, identity: CurrentUser) -> User:
    """The one who sent it; the transaction that finds this out ends before the stream begins."""
    await batches.get(batch_id)
    return identity.user


async def _following(user: Annotated[User, Depends(_owner_of)], slots: Slots) -> AsyncIterator[User]:
    """The same while their stream is open."""
    with slots.slot(user.id):
        yield user


@router.get(
    "/{batch_id}/events",
    response_class=EventSourceResponse,
    responses=problems(BatchNotFoundError, TooManyStreamsError),
    summary="Follow a bulk upload",
)
async def follow_batch(
    request: Request, batch_id: uuid.UUID, user: Annotated[User, Depends(_following)]
) -> AsyncIterable[BatchProgress]:
    """Every change of the totals as an event, until no file is left to read."""
    state = request.app.state
    database = cast("Database", state.database)

    async def look() -> BatchProgress | None:
        async with database.transaction() as session:
            batches = BatchRepository(session)
            batch = await batches.owned(batch_id, user)
            counts = (await batches.counts([batch_id]))[batch_id]
            at_vendor = (await batches.at_vendor([batch_id])).get(batch_id, 0)
        if batch is None:
            return None
        cancelled = batch.cancelled_at is not None
        return _progress(batch_id, counts, cancelled=cancelled, at_vendor=at_vendor)

    async for progress in follow(cast("EventBus", state.events), topic(batch_id), look):
        yield progress


async def _once(
    repeats: Repeats, batches: BatchService, work: Callable[[], Awaitable[WholeBatch]], *parts: str
) -> BatchResponse:
    """Do the work, or show how the bulk upload stands that the same request worked on before."""
    fresh: WholeBatch | None = None

    async def begin() -> KeptBatch:
        nonlocal fresh
        fresh = await work()
        return KeptBatch(batch_id=fresh.batch.id)

    kept = await repeats.once(KeptBatch, begin, *parts)
    return _body(fresh or await batches.get(kept.batch_id))


def _progress(
    batch_id: uuid.UUID, counts: dict[str, int], *, cancelled: bool, at_vendor: int
) -> BatchProgress:
    totals = BatchTotals(**counts)
    if cancelled:
        status = BatchStatus.CANCELLED
    elif totals.pending or totals.processing:
        status = BatchStatus.PROCESSING
    else:
        status = BatchStatus.WAITING if totals.waiting else BatchStatus.COMPLETED
    return BatchProgress(batch_id=batch_id, status=status, totals=totals, reviews_at_vendor=at_vendor)


def _counts(items: Sequence[tuple[UploadBatchItem, Candidate | None]]) -> dict[str, int]:
    states = [item.status.value for item, _ in items]
    return {state: states.count(state) for state in set(states)}


def _body(whole: WholeBatch) -> BatchResponse:
    batch = whole.batch
    cancelled = batch.cancelled_at is not None
    progress = _progress(batch.id, _counts(whole.items), cancelled=cancelled, at_vendor=whole.at_vendor)
    return BatchResponse(
        batch_id=batch.id,
        status=progress.status,
        totals=progress.totals,
        reviews_at_vendor=progress.reviews_at_vendor,
        auto=batch.auto,
        created_at=batch.created_at,
        items=[_item(item, candidate) for item, candidate in whole.items],
    )


def _item(item: UploadBatchItem, candidate: Candidate | None) -> BatchItemResponse:
    return BatchItemResponse(
        id=item.id,
        filename=item.filename,
        file_size=item.file_size,
        status=item.status,
        match=item.match,
        candidate=ProposedCandidate.model_validate(candidate, from_attributes=True) if candidate else None,
        contact=ReadContact.model_validate(item.contact) if item.contact else None,
        resume_id=item.resume_id,
        analysis_id=item.review_id,
        can_retry=item.status is BatchItemStatus.ERROR and item.file_key is not None,
        code=item.error_code,
        message=item.error_message,
    )
