"""Routes to register, find, change, hand over, export and erase candidates."""

import uuid
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from resume_review.core.errors import ForbiddenError
from resume_review.core.names import full_name
from resume_review.core.problems import problems
from resume_review.database.enums import (
    ApiKeyScope,
    AssignmentType,
    CandidateStatus,
    UserRole,
)
from resume_review.database.models import User, UserCandidateAssignment
from resume_review.database.request import DbSession
from resume_review.database.session import Database
from resume_review.features.auth import (
    ACCESS_PROBLEMS,
    REPEAT_ERRORS,
    CurrentUser,
    Identity,
    Repeatable,
    require_role,
    takes_keys,
)
from resume_review.features.candidates.assignments import AssignmentService
from resume_review.features.candidates.erasure import Eraser
from resume_review.features.candidates.errors import (
    CandidateExistsError,
    CandidateNotFoundError,
    ColleagueInactiveError,
    ColleagueNotFoundError,
    NotAssignedError,
    NotConfirmedError,
    SameColleagueError,
)
from resume_review.features.candidates.export import archive
from resume_review.features.candidates.schemas import (
    AssignmentItem,
    AssignmentList,
    CandidateChange,
    CandidateCreate,
    CandidateCreated,
    CandidateDone,
    CandidateItem,
    CandidateList,
    CandidateQuery,
    CandidateResponse,
    EraseRequest,
    Reason,
    Reassigned,
    ReassignRequest,
)
from resume_review.features.candidates.service import CandidateService
from resume_review.infrastructure.http import Client
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.storage import FileStore

router = APIRouter(
    prefix="/candidates",
    tags=["candidates"],
    dependencies=[takes_keys(read=ApiKeyScope.CANDIDATES_READ, write=ApiKeyScope.CANDIDATES_WRITE)],
    responses=ACCESS_PROBLEMS,
)

_UNKNOWN = problems(CandidateNotFoundError)
Lead = Annotated[Identity, Depends(require_role(UserRole.SENIOR_RECRUITER, UserRole.ADMIN))]


async def _service(session: DbSession, identity: CurrentUser) -> CandidateService:
    return CandidateService(session, identity.user)


async def _history(session: DbSession, identity: CurrentUser, client: Client) -> AssignmentService:
    return AssignmentService(session, identity.user, client=client)


async def _assignments(session: DbSession, identity: Lead, client: Client) -> AssignmentService:
    return AssignmentService(session, identity.user, client=client)


async def _eraser(request: Request, session: DbSession) -> Eraser:
    return Eraser(session, cast("JobQueue", request.app.state.job_queue))


Erasing = Annotated[Eraser, Depends(_eraser)]
Candidates = Annotated[CandidateService, Depends(_service)]
History = Annotated[AssignmentService, Depends(_history)]
Assignments = Annotated[AssignmentService, Depends(_assignments)]


@router.post("", responses=problems(CandidateExistsError, *REPEAT_ERRORS), summary="Register a candidate")
async def create_candidate(
    body: CandidateCreate, candidates: Candidates, client: Client, repeats: Repeatable
) -> CandidateCreated:
    """Store a candidate; it is assigned to you."""

    async def create() -> CandidateCreated:
        candidate = await candidates.create(body, client=client)
        return CandidateCreated(
            message="The candidate was registered.", candidate=CandidateResponse.model_validate(candidate)
        )

    return await repeats.once(CandidateCreated, create)


@router.get("", summary="List candidates")
async def list_candidates(candidates: Candidates, query: Annotated[CandidateQuery, Query()]) -> CandidateList:
    """Those you may see; a search finds parts of names in any order, of addresses and companies, however written."""
    found, total = await candidates.page(query)
    items = [
        CandidateItem(
            **CandidateResponse.model_validate(item.candidate).model_dump(),
            total_resumes=item.total_resumes,
            latest_resume_version=item.latest_resume_version,
            last_resume_upload=item.last_resume_upload,
        )
        for item in found
    ]
    limit, offset = query.window()
    return CandidateList(
        candidates=items,
        total_count=total,
        limit=limit,
        offset=offset,
        page=offset // limit + 1,
        page_size=limit,
    )


@router.post(
    "/reassign",
    responses=problems(
        ForbiddenError,
        ColleagueNotFoundError,
        ColleagueInactiveError,
        NotAssignedError,
        SameColleagueError,
        *REPEAT_ERRORS,
    ),
    summary="Hand candidates over",
)
async def reassign_candidates(
    body: ReassignRequest, assignments: Assignments, repeats: Repeatable
) -> Reassigned:
    """From one colleague to another, all of them or those named; seniors and administrators only."""

    async def reassign() -> Reassigned:
        moved = await assignments.reassign(body)
        return Reassigned(message=f"{moved} candidates were handed over.", total_count=moved)

    return await repeats.once(Reassigned, reassign)


@router.get("/{candidate_id}", responses=_UNKNOWN, summary="Show a candidate")
async def get_candidate(candidate_id: uuid.UUID, candidates: Candidates, client: Client) -> CandidateResponse:
    """One candidate; that you looked is in the audit log."""
    return CandidateResponse.model_validate(await candidates.view(candidate_id, client=client))


@router.patch(
    "/{candidate_id}",
    responses=problems(CandidateNotFoundError, CandidateExistsError),
    summary="Change a candidate",
)
async def change_candidate(
    candidate_id: uuid.UUID, body: CandidateChange, candidates: Candidates, client: Client
) -> CandidateResponse:
    """Only what is sent."""
    return CandidateResponse.model_validate(await candidates.change(candidate_id, body, client=client))


@router.delete(
    "/{candidate_id}",
    responses=problems(ForbiddenError, CandidateNotFoundError, NotConfirmedError),
    summary="Erase a candidate",
)
async def erase_candidate(
    candidate_id: uuid.UUID, body: EraseRequest, eraser: Erasing, identity: Lead, client: Client
) -> CandidateDone:
    """Delete all that is stored about a person, for good; seniors and administrators only."""
    await eraser.erase(candidate_id, by=identity.user, confirm=body.confirm, client=client)
    return CandidateDone(message="The candidate and everything about them were erased.")


@router.post("/{candidate_id}/archive", responses=_UNKNOWN, summary="Archive a candidate")
async def archive_candidate(
    candidate_id: uuid.UUID, candidates: Candidates, client: Client
) -> CandidateResponse:
    """Out of sight, not gone: lists leave it out unless asked for it."""
    archived = await candidates.set_status(candidate_id, CandidateStatus.ARCHIVED, client=client)
    return CandidateResponse.model_validate(archived)


@router.post("/{candidate_id}/restore", responses=_UNKNOWN, summary="Bring a candidate back")
async def restore_candidate(
    candidate_id: uuid.UUID, candidates: Candidates, client: Client
) -> CandidateResponse:
    """Active again."""
    restored = await candidates.set_status(candidate_id, CandidateStatus.ACTIVE, client=client)
    return CandidateResponse.model_validate(restored)


@router.get(
    "/{candidate_id}/export",
    response_class=StreamingResponse,
    responses=_UNKNOWN | {200: {"description": "Everything as a ZIP", "content": {"application/zip": {}}}},
    summary="Export everything about a candidate",
)
async def export_candidate(
    request: Request, candidate_id: uuid.UUID, candidates: Candidates, client: Client
) -> StreamingResponse:
    """What the tables hold as JSON, and the stored files; the export is in the audit log."""
    allowed = await candidates.export(candidate_id, client=client)
    state = request.app.state
    pieces = archive(cast("Database", state.database), cast("FileStore", state.file_store), allowed)
    name = f'attachment; filename="candidate-{allowed}.zip"'
    headers = {"content-disposition": name, "cache-control": "no-store"}
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)


@router.get("/{candidate_id}/assignments", responses=_UNKNOWN, summary="Who works with a candidate")
async def list_assignments(candidate_id: uuid.UUID, assignments: History) -> AssignmentList:
    """Now and before, newest first."""
    items = [_assignment(row, user) for row, user in await assignments.history(candidate_id)]
    return AssignmentList(assignments=items, total_count=len(items))


@router.post(
    "/{candidate_id}/assign/{user_id}",
    responses=problems(
        ForbiddenError, CandidateNotFoundError, ColleagueNotFoundError, ColleagueInactiveError
    ),
    summary="Assign a candidate",
)
async def assign_candidate(
    candidate_id: uuid.UUID,
    user_id: uuid.UUID,
    assignments: Assignments,
    assignment_type: AssignmentType = AssignmentType.SECONDARY,
) -> CandidateDone:
    """Give a colleague access; seniors and administrators only."""
    await assignments.assign(candidate_id, user_id, assignment_type)
    return CandidateDone(message="The candidate was assigned.")


@router.delete(
    "/{candidate_id}/assign/{user_id}",
    responses=problems(ForbiddenError, CandidateNotFoundError, NotAssignedError),
    summary="End an assignment",
)
async def unassign_candidate(
    candidate_id: uuid.UUID,
    user_id: uuid.UUID,
    assignments: Assignments,
    reason: Annotated[Reason, Query(examples=["Moved to another team"])],
) -> CandidateDone:
    """Take a colleague's access away at once; seniors and administrators only."""
    await assignments.unassign(candidate_id, user_id, reason=reason)
    return CandidateDone(message="The assignment has ended.")


def _assignment(row: UserCandidateAssignment, user: User) -> AssignmentItem:
    return AssignmentItem(
        id=row.id,
        user_id=row.user_id,
        user_name=full_name(user.first_name, user.last_name),
        user_email=user.email,
        assignment_type=row.assignment_type,
        is_active=row.is_active,
        assigned_at=row.assigned_at,
        assigned_by_user_id=row.assigned_by_user_id,
        unassigned_at=row.unassigned_at,
        unassigned_reason=row.unassigned_reason,
    )
