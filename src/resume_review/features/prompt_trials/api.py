"""Routes to try prompts on resumes."""

import uuid
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request

from resume_review.ai_agents.interface import EngineFacts
from resume_review.core.errors import ForbiddenError
from resume_review.core.problems import problems
from resume_review.database.enums import ApiKeyScope, UserRole
from resume_review.database.request import DbSession
from resume_review.features.auth import (
    ACCESS_PROBLEMS,
    REPEAT_ERRORS,
    Identity,
    MessageResponse,
    Repeatable,
    require_role,
    takes_keys,
)
from resume_review.features.prompt_trials.errors import (
    IndustryUnknownError,
    NoModelError,
    OtherPromptError,
    ResumesNotFoundError,
    ResumesUnreadError,
    TrialEndedError,
    TrialNotFoundError,
)
from resume_review.features.prompt_trials.schemas import (
    TrialDetail,
    TrialItem,
    TrialList,
    TrialResults,
    TrialStart,
)
from resume_review.features.prompt_trials.service import TrialService
from resume_review.features.prompts import InvalidPromptError, PromptNotFoundError, VersionNotFoundError
from resume_review.infrastructure.http import Client
from resume_review.infrastructure.queue import JobQueue

router = APIRouter(
    prefix="/admin/prompt-trials",
    tags=["prompts"],
    dependencies=[takes_keys(read=ApiKeyScope.ADMIN, write=ApiKeyScope.ADMIN)],
    responses=ACCESS_PROBLEMS | problems(ForbiddenError),
)

Admin = Annotated[Identity, Depends(require_role(UserRole.ADMIN))]


async def _service(request: Request, session: DbSession, identity: Admin, client: Client) -> TrialService:
    return TrialService(
        session,
        identity.user,
        queue=cast("JobQueue", request.app.state.job_queue),
        engine=cast("EngineFacts", request.app.state.engine),
        client=client,
    )


Trials = Annotated[TrialService, Depends(_service)]
_UNKNOWN = problems(TrialNotFoundError)


@router.post(
    "",
    status_code=202,
    responses=problems(
        NoModelError,
        PromptNotFoundError,
        VersionNotFoundError,
        InvalidPromptError,
        OtherPromptError,
        IndustryUnknownError,
        ResumesNotFoundError,
        ResumesUnreadError,
        *REPEAT_ERRORS,
    ),
    summary="Try a prompt on resumes",
)
async def start_prompt_trial(body: TrialStart, trials: Trials, repeats: Repeatable) -> TrialItem:
    """The current and the new prompt on each resume, with the configured models; two questions a resume are paid for."""

    async def start() -> TrialItem:
        return await trials.start(body)

    return await repeats.once(TrialItem, start, body.model_dump_json())


@router.get("", summary="List trials of prompts")
async def list_prompt_trials(
    trials: Trials,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=100)] = 25,
) -> TrialList:
    """Newest first; they are deleted after two weeks."""
    items, total = await trials.page(page=page, page_size=page_size)
    return TrialList(trials=items, total_count=total, page=page, page_size=page_size)


@router.get("/{trial_id}", responses=_UNKNOWN, summary="Show a trial")
async def get_prompt_trial(trial_id: uuid.UUID, trials: Trials) -> TrialDetail:
    """How far it has come, and both sides in figures."""
    return await trials.show(trial_id)


@router.get("/{trial_id}/results", responses=_UNKNOWN, summary="Compare both sides")
async def get_prompt_trial_results(trial_id: uuid.UUID, trials: Trials) -> TrialResults:
    """Resume by resume: both answers, invented quotes included, and the differences."""
    return await trials.results(trial_id)


@router.delete("/{trial_id}/cancel", responses=_UNKNOWN | problems(TrialEndedError), summary="Cancel a trial")
async def cancel_prompt_trial(trial_id: uuid.UUID, trials: Trials) -> MessageResponse:
    """Nothing more is asked; what was answered stays."""
    await trials.cancel(trial_id)
    return MessageResponse(message="The trial was cancelled.")
