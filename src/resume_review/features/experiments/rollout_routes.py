"""Routes to bring a change in step by step."""

import uuid
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request

from resume_review.ai_agents.interface import EngineFacts
from resume_review.core.errors import ForbiddenError
from resume_review.core.problems import problems
from resume_review.database.enums import ApiKeyScope, UserRole
from resume_review.database.request import DbSession
from resume_review.features.auth import ACCESS_PROBLEMS, Identity, require_role, takes_keys
from resume_review.features.experiments.errors import (
    KeyTakenError,
    RolloutActiveError,
    RolloutInactiveError,
    RolloutNotFoundError,
    RolloutUnderWayError,
    StageSkippedError,
    UnknownModelError,
)
from resume_review.features.experiments.rollouts import RolloutService
from resume_review.features.experiments.schemas import (
    RolloutCreate,
    RolloutItem,
    RolloutList,
    RolloutQuery,
    RolloutResults,
    Stage,
)
from resume_review.infrastructure.http import Client

router = APIRouter(
    prefix="/admin/rollouts",
    tags=["experiments"],
    dependencies=[takes_keys(read=ApiKeyScope.ADMIN, write=ApiKeyScope.ADMIN)],
    responses=ACCESS_PROBLEMS | problems(ForbiddenError),
)

Admin = Annotated[Identity, Depends(require_role(UserRole.ADMIN))]


async def _service(request: Request, session: DbSession, identity: Admin, client: Client) -> RolloutService:
    engine = cast("EngineFacts", request.app.state.engine)
    return RolloutService(session, identity.user, engine=engine, client=client)


Rollouts = Annotated[RolloutService, Depends(_service)]


@router.get("", summary="List rollouts")
async def list_rollouts(rollouts: Rollouts, query: Annotated[RolloutQuery, Query()]) -> RolloutList:
    """Newest first."""
    found, total = await rollouts.page(query)
    items = [RolloutItem.model_validate(rollout) for rollout in found]
    return RolloutList(rollouts=items, total_count=total, page=query.page, page_size=query.page_size)


@router.post(
    "", status_code=201, responses=problems(KeyTakenError, UnknownModelError), summary="Add a rollout"
)
async def create_rollout(body: RolloutCreate, rollouts: Rollouts) -> RolloutItem:
    """At 0 %, so that it changes nothing yet."""
    return RolloutItem.model_validate(await rollouts.create(body))


@router.get("/{rollout_id}", responses=problems(RolloutNotFoundError), summary="Show a rollout")
async def get_rollout(rollout_id: uuid.UUID, rollouts: Rollouts) -> RolloutItem:
    """How far it has come, or why it was rolled back."""
    return RolloutItem.model_validate(await rollouts.get(rollout_id))


@router.put(
    "/{rollout_id}/stage",
    responses=problems(RolloutNotFoundError, RolloutInactiveError, StageSkippedError, RolloutUnderWayError),
    summary="Set a rollout's stage",
)
async def set_rollout_stage(rollout_id: uuid.UUID, body: Stage, rollouts: Rollouts) -> RolloutItem:
    """One stage up, or down to any."""
    return RolloutItem.model_validate(await rollouts.set_stage(rollout_id, body.percentage))


@router.post(
    "/{rollout_id}/pause",
    responses=problems(RolloutNotFoundError, RolloutInactiveError),
    summary="Pause a rollout",
)
async def pause_rollout(rollout_id: uuid.UUID, rollouts: Rollouts) -> RolloutItem:
    """From the next review on nobody gets the change."""
    return RolloutItem.model_validate(await rollouts.pause(rollout_id))


@router.post(
    "/{rollout_id}/restart",
    responses=problems(RolloutNotFoundError, RolloutActiveError, RolloutUnderWayError),
    summary="Restart a rollout",
)
async def restart_rollout(rollout_id: uuid.UUID, rollouts: Rollouts) -> RolloutItem:
    """A paused one where it was, one that was rolled back at 0 %."""
    return RolloutItem.model_validate(await rollouts.restart(rollout_id))


@router.get(
    "/{rollout_id}/results", responses=problems(RolloutNotFoundError), summary="Compare with and without"
)
async def get_rollout_results(rollout_id: uuid.UUID, rollouts: Rollouts) -> RolloutResults:
    """Reviews with the change beside those without it."""
    return await rollouts.results(rollout_id)
