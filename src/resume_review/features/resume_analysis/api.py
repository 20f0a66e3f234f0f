"""Routes to have a resume reviewed and to look at the outcome."""

import uuid
from collections.abc import AsyncIterable, AsyncIterator
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from resume_review.ai_agents.interface import EngineFacts
from resume_review.core.clock import utc_now
from resume_review.core.problems import problems
from resume_review.core.settings import FeedbackLanguage, Settings
from resume_review.database.enums import ApiKeyScope, EntityType
from resume_review.database.models import User
from resume_review.database.request import DbSession
from resume_review.database.session import Database, release
from resume_review.documents import Kind
from resume_review.features.auth import (
    ACCESS_PROBLEMS,
    REPEAT_ERRORS,
    Credentials,
    CurrentUser,
    Repeatable,
    looking,
    notes_view,
    record_view,
    takes_keys,
)
from resume_review.features.resume_analysis import finding_routes, history_routes
from resume_review.features.resume_analysis.answers import result_json, status_json
from resume_review.features.resume_analysis.dependencies import Reviews
from resume_review.features.resume_analysis.errors import (
    ResumeNotReadError,
    ReviewEndedError,
    ReviewNotFinishedError,
    ReviewNotFoundError,
    ReviewNotRetryableError,
    UnknownIndustryError,
)
from resume_review.features.resume_analysis.repository import ReviewRepository
from resume_review.features.resume_analysis.schemas import (
    AnalyzeRequest,
    AnalyzeResponse,
    LimitsResponse,
    MessageResponse,
    ProgressEvent,
    RateLimits,
    ResultResponse,
    ReviewHealthResponse,
    ServedStatus,
    StatusResponse,
    ValidateRequest,
    ValidateResponse,
)
from resume_review.features.resume_analysis.service import Accepted, known_industry
from resume_review.features.resume_analysis.streaming import ReviewStream
from resume_review.features.resume_analysis.terms import ReviewTerms
from resume_review.features.resume_upload import ResumeNotFoundError
from resume_review.infrastructure.events import EventBus, Slots, TooManyStreamsError
from resume_review.infrastructure.http import Client
from resume_review.infrastructure.queue import Priority
from resume_review.infrastructure.rate_limit import Limit, RateLimiter
from resume_review.rubric import INDUSTRIES, ReviewType

_public = APIRouter(prefix="/analysis")
_signed_in = APIRouter(prefix="/analysis", responses=ACCESS_PROBLEMS)

# One upload is reviewed for five industries in a row, and for a dozen candidates in the same minutes.
ANALYSES = Limit("analyze_user", requests=60, seconds=300)
ANALYSES_PER_DAY = ANALYSES.requests * 24 * 3600 // ANALYSES.seconds

_UNKNOWN = problems(ReviewNotFoundError)
_UNFINISHED = problems(ReviewNotFoundError, ReviewNotFinishedError)


@_signed_in.post(
    "/resumes/{resume_id}/analyze",
    responses=problems(ResumeNotFoundError, UnknownIndustryError, ResumeNotReadError, *REPEAT_ERRORS),
    summary="Have a resume reviewed",
)
async def analyze_resume(
    request: Request,
    resume_id: uuid.UUID,
    body: AnalyzeRequest,
    *,
    reviews: Reviews,
    session: DbSession,
    identity: CurrentUser,
    client: Client,
    repeats: Repeatable,
) -> AnalyzeResponse:
    """Accept the review; a worker does it, and its status tells when. An answer of today is reused at once."""
    settings = cast("Settings", request.app.state.settings)
    terms = ReviewTerms(
        industry=known_industry(body.industry),
        language=(body.language or settings.language).value,
        target_role=body.target_role,
        experience_level=body.experience_level,
        review_type=body.review_type,
    )
    await release(session)
    await cast("RateLimiter", request.app.state.rate_limiter).take(ANALYSES, str(identity.user.id))

    async def start() -> AnalyzeResponse:
        priority = Priority.BULK if body.bulk else Priority.INTERACTIVE
        return _accepted(
            await reviews.request(resume_id, terms, client=client, priority=priority, force=body.force)
        )

    return await repeats.once(AnalyzeResponse, start)


@_signed_in.get(
    "/analysis/{analysis_id}/status",
    responses=_UNKNOWN,
    response_model=StatusResponse,
    summary="How far a review has come",
)
async def get_review_status(
    request: Request, analysis_id: uuid.UUID, credentials: Credentials, client: Client
) -> Response:
    """The status, and the result with it once the review is completed."""
    async with looking(request, credentials) as (session, identity):
        row = await ReviewRepository(session).status(analysis_id, identity.user)
        if row is None:
            raise ReviewNotFoundError
        if row.result_id is not None:
            record_view(session, EntityType.REVIEW, analysis_id, user_id=identity.user.id, client=client)
    return Response(status_json(row), media_type="application/json")


@_signed_in.get(
    "/analysis/{analysis_id}",
    dependencies=[notes_view(EntityType.REVIEW, "analysis_id")],
    responses=_UNFINISHED,
    response_model=ResultResponse,
    summary="Show the result of a review",
)
async def get_review_result(analysis_id: uuid.UUID, reviews: Reviews) -> Response:
    """Scores, summary and comments."""
    row = await reviews.status(analysis_id)
    if row.result_id is None:
        raise ReviewNotFinishedError
    return Response(result_json(row), media_type="application/json")


@_signed_in.get(
    "/analysis/{analysis_id}/review",
    dependencies=[notes_view(EntityType.REVIEW, "analysis_id")],
    responses=_UNFINISHED | {200: {"description": "The whole answer (`review/1`)"}},
    response_class=JSONResponse,
    summary="Show the whole answer",
)
async def get_review(analysis_id: uuid.UUID, reviews: Reviews) -> Response:
    """The review as the command line prints it, with its receipt."""
    return JSONResponse(await reviews.review(analysis_id))


@_signed_in.delete(
    "/{analysis_id}/cancel",
    responses=problems(ReviewNotFoundError, ReviewEndedError),
    summary="Cancel a review",
)
async def cancel_review(analysis_id: uuid.UUID, reviews: Reviews, client: Client) -> MessageResponse:
    """A waiting one is taken out of the queue, a running one is stopped; no result is kept."""
    await reviews.cancel(analysis_id, client=client)
    return MessageResponse(message="The review was cancelled.")


@_signed_in.post(
    "/analysis/{analysis_id}/retry",
    responses=problems(ReviewNotFoundError, ReviewNotRetryableError, *REPEAT_ERRORS),
    summary="Try a review again",
)
async def retry_review(
    analysis_id: uuid.UUID, reviews: Reviews, client: Client, repeats: Repeatable
) -> AnalyzeResponse:
    """For one that failed or was cancelled; it keeps its id."""

    async def start() -> AnalyzeResponse:
        return _accepted(await reviews.retry(analysis_id, client=client))

    return await repeats.once(AnalyzeResponse, start)


async def _watcher(analysis_id: uuid.UUID, reviews: Reviews, identity: CurrentUser) -> User:
    """Somebody who may see the review; the transaction that finds this out ends before the stream begins."""
    await reviews.status(analysis_id)
    return identity.user


async def _watching(user: Annotated[User, Depends(_watcher)], slots: Slots) -> AsyncIterator[User]:
    """The same while their stream is open."""
    with slots.slot(user.id):
        yield user


@_signed_in.get(
    "/analysis/{analysis_id}/events",
    responses=problems(ReviewNotFoundError, TooManyStreamsError)
    | {
        200: {
            "model": ProgressEvent,
            "description": "Every event holds a `ProgressEvent`; the last one carries the final status",
        }
    },
    response_class=EventSourceResponse,
    summary="Follow a review",
)
async def follow_review(
    request: Request,
    analysis_id: uuid.UUID,
    *,
    watcher: Annotated[User, Depends(_watching)],
    last_event_id: Annotated[str | None, Header(max_length=100)] = None,
    accept_language: Annotated[str | None, Header()] = None,
    language: FeedbackLanguage | None = None,
) -> AsyncIterable[ServerSentEvent]:
    """Every step as it happens. Close the stream when the status is neither `pending` nor `processing`."""
    state = request.app.state
    stream = ReviewStream(
        transactions=cast("Database", state.database),
        events=cast("EventBus", state.events),
        user=watcher,
        review_id=analysis_id,
        language=language or _preferred(accept_language),
    )
    async for seen in stream.follow(last_event_id):
        yield ServerSentEvent(data=seen.event, event="progress", id=seen.id)


@_public.get("/config/limits", summary="What the server accepts")
async def get_limits(request: Request) -> LimitsResponse:
    """Sizes, kinds and numbers that requests must keep to."""
    settings = cast("Settings", request.app.state.settings)
    return LimitsResponse(
        max_file_size_mb=settings.max_upload_mb,
        max_analyses_per_day=ANALYSES_PER_DAY,
        supported_file_types=[kind.value for kind in Kind],
        supported_industries=list(INDUSTRIES),
        supported_review_types=list(ReviewType),
        supported_languages=list(FeedbackLanguage),
        rate_limits=RateLimits(
            analyses_per_5_minutes=ANALYSES.requests, max_concurrent_analyses=max(1, settings.workers)
        ),
    )


@_public.get("/health", summary="Can reviews be asked for")
async def get_review_health(request: Request) -> ReviewHealthResponse:
    """What judges resumes here, and for which industries; `/health/ready` says whether its parts work."""
    return ReviewHealthResponse(
        status="healthy",
        ai_orchestrator=cast("EngineFacts", request.app.state.engine).name,
        supported_industries=list(INDUSTRIES),
        timestamp=utc_now(),
    )


@_signed_in.post("/test/validate", responses=problems(UnknownIndustryError), summary="Check an industry code")
async def validate_industry(body: ValidateRequest, _: CurrentUser) -> ValidateResponse:
    """Whether a review for it can be asked for; nothing is started."""
    return ValidateResponse(
        valid=True, message="Reviews can be asked for.", industry=known_industry(body.industry)
    )


def _accepted(accepted: Accepted) -> AnalyzeResponse:
    reused = accepted.reused_from is not None
    return AnalyzeResponse(
        analysis_id=accepted.id,
        status=ServedStatus.of(accepted.status),
        message="The answer of an earlier review was reused." if reused else "The review was accepted.",
        reused_from=accepted.reused_from,
    )


def _preferred(accept_language: str | None) -> FeedbackLanguage | None:
    """The first language of the header, if there are words in it."""
    first = (accept_language or "").split(",")[0].split(";")[0].strip().lower()
    return next((language for language in FeedbackLanguage if first.startswith(language.value)), None)


_KEYS = [takes_keys(read=ApiKeyScope.REVIEWS_READ, write=ApiKeyScope.REVIEWS_WRITE)]

router = APIRouter(tags=["reviews"], dependencies=_KEYS)
for _routes in (_public, _signed_in, history_routes.router, finding_routes.router):
    router.include_router(_routes)
