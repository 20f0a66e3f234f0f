"""Routes to register and find candidates."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from resume_review.core.problems import problems
from resume_review.database.request import DbSession
from resume_review.features.auth import CurrentUser, NotAuthenticatedError
from resume_review.features.candidates.errors import CandidateExistsError, CandidateNotFoundError
from resume_review.features.candidates.schemas import (
    CandidateCreate,
    CandidateCreated,
    CandidateItem,
    CandidateList,
    CandidateResponse,
)
from resume_review.features.candidates.service import CandidateService
from resume_review.infrastructure.http import Client

router = APIRouter(prefix="/candidates", tags=["candidates"], responses=problems(NotAuthenticatedError))


async def _service(session: DbSession, identity: CurrentUser) -> CandidateService:
    return CandidateService(session, identity.user)


Candidates = Annotated[CandidateService, Depends(_service)]


@router.post("", responses=problems(CandidateExistsError), summary="Register a candidate")
async def create_candidate(body: CandidateCreate, candidates: Candidates, client: Client) -> CandidateCreated:
    """Store a candidate; it is assigned to you."""
    candidate = await candidates.create(body, client=client)
    return CandidateCreated(
        message="The candidate was registered.", candidate=CandidateResponse.model_validate(candidate)
    )


@router.get("", summary="List candidates")
async def list_candidates(
    candidates: Candidates,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> CandidateList:
    """Those you may see, newest first."""
    found, total = await candidates.page(limit=limit, offset=offset)
    items = [
        CandidateItem(
            **CandidateResponse.model_validate(item.candidate).model_dump(),
            total_resumes=item.total_resumes,
            latest_resume_version=item.latest_resume_version,
            last_resume_upload=item.last_resume_upload,
        )
        for item in found
    ]
    return CandidateList(candidates=items, total_count=total, limit=limit, offset=offset)


@router.get("/{candidate_id}", responses=problems(CandidateNotFoundError), summary="Show a candidate")
async def get_candidate(candidate_id: uuid.UUID, candidates: Candidates) -> CandidateResponse:
    """One candidate."""
    return CandidateResponse.model_validate(await candidates.get(candidate_id))
