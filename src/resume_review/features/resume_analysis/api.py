"""Routes to have a resume reviewed and to look at the outcome."""

import uuid
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from resume_review.core.problems import problems
from resume_review.core.settings import Settings
from resume_review.database.request import DbSession
from resume_review.features.auth import CurrentUser, NotAuthenticatedError
from resume_review.features.resume_analysis.errors import (
    ReviewNotFinishedError,
    ReviewNotFoundError,
    UnknownIndustryError,
)
from resume_review.features.resume_analysis.repository import ReviewRow, ReviewWithResult
from resume_review.features.resume_analysis.schemas import (
    AnalyzeRequest,
    AnalyzeResponse,
    FindingList,
    FindingResponse,
    ResultResponse,
    ReviewItem,
    ReviewList,
    ServedStatus,
    StatusResponse,
)
from resume_review.features.resume_analysis.service import ReviewService
from resume_review.features.resume_upload import ResumeNotFoundError
from resume_review.infrastructure.http import Client
from resume_review.infrastructure.queue import JobQueue

router = APIRouter(prefix="/analysis", tags=["reviews"], responses=problems(NotAuthenticatedError))

_UNKNOWN = problems(ReviewNotFoundError)
_UNFINISHED = problems(ReviewNotFoundError, ReviewNotFinishedError)


async def _service(request: Request, session: DbSession, identity: CurrentUser) -> ReviewService:
    return ReviewService(session, identity.user, queue=cast("JobQueue", request.app.state.job_queue))


Reviews = Annotated[ReviewService, Depends(_service)]


@router.post(
    "/resumes/{resume_id}/analyze",
    responses=problems(ResumeNotFoundError, UnknownIndustryError),
    summary="Have a resume reviewed",
)
async def analyze_resume(
    request: Request, resume_id: uuid.UUID, body: AnalyzeRequest, reviews: Reviews, client: Client
) -> AnalyzeResponse:
    """Accept the review; a worker does it, and its status tells when."""
    settings = cast("Settings", request.app.state.settings)
    accepted = await reviews.request(
        resume_id,
        industry=body.industry,
        language=(body.language or settings.language).value,
        target_role=body.target_role,
        experience_level=body.experience_level,
        client=client,
    )
    return AnalyzeResponse(
        analysis_id=accepted.id, status=ServedStatus.of(accepted.status), message="The review was accepted."
    )


@router.get("/analysis/{analysis_id}/status", responses=_UNKNOWN, summary="How far a review has come")
async def get_review_status(analysis_id: uuid.UUID, reviews: Reviews) -> StatusResponse:
    """The status, and the result with it once the review is completed."""
    found = await reviews.get(analysis_id)
    request = found.request
    return StatusResponse(
        analysis_id=request.id,
        status=ServedStatus.of(request.status),
        progress=request.progress,
        step=request.step,
        requested_at=request.requested_at,
        completed_at=request.completed_at,
        error=request.error_message,
        error_code=request.error_code,
        result=_result(found),
    )


@router.get("/analysis/{analysis_id}", responses=_UNFINISHED, summary="Show the result of a review")
async def get_review_result(analysis_id: uuid.UUID, reviews: Reviews) -> ResultResponse:
    """Scores, summary and comments."""
    result = _result(await reviews.get(analysis_id))
    if result is None:
        raise ReviewNotFinishedError
    return result


@router.get(
    "/analysis/{analysis_id}/findings", responses=_UNFINISHED, summary="List the findings of a review"
)
async def list_findings(analysis_id: uuid.UUID, reviews: Reviews) -> FindingList:
    """Every finding and strength with the exact words it is about."""
    items = [FindingResponse.model_validate(item) for item in await reviews.findings(analysis_id)]
    return FindingList(findings=items, total_count=len(items))


@router.get(
    "/analysis/{analysis_id}/review",
    responses=_UNFINISHED | {200: {"description": "The whole answer (`review/1`)"}},
    response_class=JSONResponse,
    summary="Show the whole answer",
)
async def get_review(analysis_id: uuid.UUID, reviews: Reviews) -> Response:
    """The review as the command line prints it, with its receipt."""
    found = await reviews.get(analysis_id, with_review=True)
    if found.result is None:
        raise ReviewNotFinishedError
    return JSONResponse(found.result.review)


@router.get("", summary="List reviews")
async def list_reviews(
    reviews: Reviews,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=50)] = 10,
    candidate_id: uuid.UUID | None = None,
) -> ReviewList:
    """Those you may see, newest first, finished or not."""
    rows, total = await reviews.page(page=page, page_size=page_size, candidate_id=candidate_id)
    return ReviewList(
        analyses=[_item(row) for row in rows], total_count=total, page=page, page_size=page_size
    )


def _item(row: ReviewRow) -> ReviewItem:
    result, candidate = row.result, row.candidate
    return ReviewItem(
        id=row.request.id,
        file_name=row.file_name,
        candidate_id=candidate.id,
        candidate_name=f"{candidate.first_name} {candidate.last_name}",
        industry=row.request.target_industry,
        overall_score=result.overall_score if result else None,
        market_tier=result.market_tier.value if result and result.market_tier else None,
        status=ServedStatus.of(row.request.status),
        created_at=row.request.requested_at,
    )


def _result(found: ReviewWithResult) -> ResultResponse | None:
    if found.result is None:
        return None
    return ResultResponse.model_validate(
        {
            "analysis_id": found.request.id,
            "industry": found.request.target_industry,
            "completed_at": found.request.completed_at,
            **{
                name: getattr(found.result, name)
                for name in ResultResponse.model_fields
                if name not in {"analysis_id", "industry", "completed_at"}
            },
        }
    )
