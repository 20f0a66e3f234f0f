"""Routes over many reviews: the history, its export, totals."""

import uuid
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from resume_review.core.clock import utc_now
from resume_review.core.problems import problems
from resume_review.database.enums import ActivityAction, EntityType
from resume_review.database.request import DbSession
from resume_review.database.session import Database
from resume_review.features.audit import record_activity
from resume_review.features.auth import ACCESS_PROBLEMS, CurrentUser
from resume_review.features.resume_analysis.answers import review_item, stats
from resume_review.features.resume_analysis.errors import (
    InvalidCursorError,
    PageTooDeepError,
    UnknownIndustryError,
)
from resume_review.features.resume_analysis.export import csv_lines
from resume_review.features.resume_analysis.filters import Cursor, Order, ReviewFilter, Sort
from resume_review.features.resume_analysis.history import HistoryRepository
from resume_review.features.resume_analysis.schemas import HistoryQuery, ReviewList, StatsResponse
from resume_review.features.resume_analysis.service import known_industry
from resume_review.features.resume_upload import ResumeNotFoundError, ResumeRepository
from resume_review.infrastructure.http import Client

MOST_SKIPPED = 10_000

router = APIRouter(prefix="/analysis", responses=ACCESS_PROBLEMS)

PageNumber = Annotated[int, Query(ge=1, le=100_000)]
PageSize = Annotated[int, Query(ge=1, le=50)]


async def _wanted(query: Annotated[HistoryQuery, Query()]) -> ReviewFilter:
    return ReviewFilter(
        candidate_id=query.candidate_id,
        resume_id=query.resume_id,
        industry=known_industry(query.industry) if query.industry else None,
        status=query.status.stored if query.status else None,
        review_type=query.review_type,
        requested_by=query.reviewer,
        from_date=query.from_date,
        to_date=query.to_date,
        min_score=query.min_score,
        max_score=query.max_score,
        search=query.search or None,
        undecided=query.undecided,
    )


Wanted = Annotated[ReviewFilter, Depends(_wanted)]


@router.get(
    "",
    responses=problems(PageTooDeepError, InvalidCursorError, UnknownIndustryError),
    summary="List reviews",
)
async def list_reviews(
    session: DbSession,
    identity: CurrentUser,
    wanted: Wanted,
    *,
    page: PageNumber = 1,
    page_size: PageSize = 10,
    sort: Sort = Sort.DATE,
    order: Order = Order.DESCENDING,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> ReviewList:
    """Those you may see, finished or not; newest first unless another order is asked for."""
    skipped = (page - 1) * page_size
    after = Cursor.decode(cursor) if cursor else None
    if after is not None and sort is not Sort.DATE:
        raise InvalidCursorError
    if after is None and skipped > MOST_SKIPPED:
        raise PageTooDeepError
    history = HistoryRepository(session)
    rows = await history.page(
        identity.user,
        wanted,
        sort=sort,
        order=order,
        limit=page_size,
        offset=0 if after else skipped,
        after=after,
    )
    more = sort is Sort.DATE and len(rows) == page_size
    return ReviewList(
        analyses=[review_item(row) for row in rows],
        total_count=await history.count(identity.user, wanted),
        page=page,
        page_size=page_size,
        next_cursor=Cursor(rows[-1].requested_at, rows[-1].id).encode() if more else None,
    )


@router.get(
    "/resumes/{resume_id}/analyses",
    responses=problems(ResumeNotFoundError, PageTooDeepError),
    summary="List the reviews of a resume",
)
async def list_reviews_of_resume(
    resume_id: uuid.UUID,
    session: DbSession,
    identity: CurrentUser,
    *,
    page: PageNumber = 1,
    page_size: PageSize = 10,
) -> ReviewList:
    """All of them, newest first."""
    if await ResumeRepository(session).readable(resume_id, identity.user) is None:
        raise ResumeNotFoundError
    wanted = ReviewFilter(resume_id=resume_id)
    return await list_reviews(session, identity, wanted, page=page, page_size=page_size)


@router.get(
    "/export",
    responses=problems(UnknownIndustryError)
    | {200: {"content": {"text/csv": {}}, "description": "All reviews that fit, newest first"}},
    response_class=StreamingResponse,
    summary="Export reviews as CSV",
)
async def export_reviews(
    request: Request, session: DbSession, identity: CurrentUser, wanted: Wanted, client: Client
) -> StreamingResponse:
    """The same as the list, in one file; text that a spreadsheet would run as a formula is made harmless."""
    record_activity(
        session,
        ActivityAction.EXPORT,
        entity=EntityType.REVIEW,
        entity_id=None,
        user_id=identity.user.id,
        client=client,
    )
    lines = csv_lines(cast("Database", request.app.state.database), identity.user, wanted)
    name = f"reviews-{utc_now():%Y-%m-%d}.csv"
    return StreamingResponse(
        lines, media_type="text/csv", headers={"content-disposition": f'attachment; filename="{name}"'}
    )


@router.get("/stats/summary", summary="Count reviews")
async def summarise_reviews(session: DbSession, identity: CurrentUser) -> StatsResponse:
    """Numbers over all reviews you may see."""
    return stats(await HistoryRepository(session).tallies(identity.user))
