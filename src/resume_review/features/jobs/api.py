"""Routes to look after the queue."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Path, Query, Request

from resume_review.core.errors import ForbiddenError
from resume_review.core.problems import problems
from resume_review.database.enums import ApiKeyScope, UserRole
from resume_review.database.request import DbSession
from resume_review.features.auth import (
    ACCESS_PROBLEMS,
    Identity,
    MessageResponse,
    require_role,
    takes_keys,
)
from resume_review.features.jobs.errors import JobNotFailedError, JobNotFoundError, JobRunningError
from resume_review.features.jobs.schemas import JobItem, JobList, JobQuery
from resume_review.features.jobs.service import JobService, Reopen
from resume_review.infrastructure.http import Client

router = APIRouter(
    prefix="/admin/jobs",
    tags=["jobs"],
    dependencies=[takes_keys(read=ApiKeyScope.ADMIN, write=ApiKeyScope.ADMIN)],
    responses=ACCESS_PROBLEMS | problems(ForbiddenError),
)

Admin = Annotated[Identity, Depends(require_role(UserRole.ADMIN))]
JobNumber = Annotated[int, Path(ge=1, le=2**63 - 1)]


async def _service(request: Request, session: DbSession, identity: Admin, client: Client) -> JobService:
    reopen = cast("dict[str, Reopen]", request.app.state.reopen)
    return JobService(session, identity.user, reopen=reopen, client=client)


Jobs = Annotated[JobService, Depends(_service)]


@router.get("", summary="List jobs")
async def list_jobs(jobs: Jobs, query: Annotated[JobQuery, Query()]) -> JobList:
    """Newest first, with how many there are of each state and how long the oldest has waited."""
    return await jobs.page(query)


@router.post(
    "/{job_id}/retry",
    responses=problems(JobNotFoundError, JobNotFailedError),
    summary="Try a failed job again",
)
async def retry_job(job_id: JobNumber, jobs: Jobs) -> JobItem:
    """With all its runs; what it works on is open again."""
    return await jobs.retry(job_id)


@router.delete(
    "/{job_id}",
    responses=problems(JobNotFoundError, JobRunningError),
    summary="Drop a job",
)
async def drop_job(job_id: JobNumber, jobs: Jobs) -> MessageResponse:
    """One that waits or has failed; what it was to work on stays as it is."""
    await jobs.drop(job_id)
    return MessageResponse(message="The job was dropped.")
