"""Routes to run experiments."""

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
    Identity,
    MessageResponse,
    require_role,
    takes_keys,
)
from resume_review.features.experiments.errors import (
    ExperimentNotFoundError,
    KeyTakenError,
    NotADraftError,
    NotRunningError,
    SampleRatioError,
    UnknownModelError,
)
from resume_review.features.experiments.rollout_routes import router as rollout_router
from resume_review.features.experiments.schemas import (
    ExperimentDraft,
    ExperimentItem,
    ExperimentList,
    ExperimentQuery,
    ExperimentResults,
    StoppedAll,
)
from resume_review.features.experiments.service import ExperimentService
from resume_review.infrastructure.http import Client

__all__ = ["rollout_router", "router"]

router = APIRouter(
    prefix="/admin/experiments",
    tags=["experiments"],
    dependencies=[takes_keys(read=ApiKeyScope.ADMIN, write=ApiKeyScope.ADMIN)],
    responses=ACCESS_PROBLEMS | problems(ForbiddenError),
)

Admin = Annotated[Identity, Depends(require_role(UserRole.ADMIN))]


async def _service(
    request: Request, session: DbSession, identity: Admin, client: Client
) -> ExperimentService:
    engine = cast("EngineFacts", request.app.state.engine)
    return ExperimentService(session, identity.user, engine=engine, client=client)


Experiments = Annotated[ExperimentService, Depends(_service)]


@router.get("", summary="List experiments")
async def list_experiments(
    experiments: Experiments, query: Annotated[ExperimentQuery, Query()]
) -> ExperimentList:
    """Newest first."""
    found, total = await experiments.page(query)
    items = [ExperimentItem.model_validate(experiment) for experiment in found]
    return ExperimentList(experiments=items, total_count=total, page=query.page, page_size=query.page_size)


@router.post(
    "", status_code=201, responses=problems(KeyTakenError, UnknownModelError), summary="Draft an experiment"
)
async def create_experiment(body: ExperimentDraft, experiments: Experiments) -> ExperimentItem:
    """It changes nothing until it is started."""
    return ExperimentItem.model_validate(await experiments.create(body))


@router.post("/stop-all", summary="Stop every experiment and rollout")
async def stop_all_experiments(experiments: Experiments) -> StoppedAll:
    """From the next review on, everybody gets the prompts and models in use."""
    return await experiments.stop_all()


@router.get("/{experiment_id}", responses=problems(ExperimentNotFoundError), summary="Show an experiment")
async def get_experiment(experiment_id: uuid.UUID, experiments: Experiments) -> ExperimentItem:
    """What it compares and how it stands."""
    return ExperimentItem.model_validate(await experiments.get(experiment_id))


@router.put(
    "/{experiment_id}",
    responses=problems(ExperimentNotFoundError, NotADraftError, KeyTakenError, UnknownModelError),
    summary="Change a draft",
)
async def replace_experiment(
    experiment_id: uuid.UUID, body: ExperimentDraft, experiments: Experiments
) -> ExperimentItem:
    """As a whole, and only before it is started."""
    return ExperimentItem.model_validate(await experiments.replace(experiment_id, body))


@router.delete(
    "/{experiment_id}",
    responses=problems(ExperimentNotFoundError, NotADraftError),
    summary="Delete a draft",
)
async def delete_experiment(experiment_id: uuid.UUID, experiments: Experiments) -> MessageResponse:
    """One that was started stays, with its results."""
    await experiments.delete(experiment_id)
    return MessageResponse(message="The draft was deleted.")


@router.post(
    "/{experiment_id}/start",
    responses=problems(ExperimentNotFoundError, NotADraftError),
    summary="Start an experiment",
)
async def start_experiment(experiment_id: uuid.UUID, experiments: Experiments) -> ExperimentItem:
    """From the next review on."""
    return ExperimentItem.model_validate(await experiments.start(experiment_id))


@router.post(
    "/{experiment_id}/stop",
    responses=problems(ExperimentNotFoundError, NotRunningError),
    summary="Stop an experiment",
)
async def stop_experiment(experiment_id: uuid.UUID, experiments: Experiments) -> ExperimentItem:
    """For good; its results stay."""
    return ExperimentItem.model_validate(await experiments.stop(experiment_id))


@router.get(
    "/{experiment_id}/results",
    responses=problems(ExperimentNotFoundError, SampleRatioError),
    summary="Compare the arms",
)
async def get_experiment_results(experiment_id: uuid.UUID, experiments: Experiments) -> ExperimentResults:
    """Refused while the arms hold shares of the units that chance does not explain."""
    return await experiments.results(experiment_id)
