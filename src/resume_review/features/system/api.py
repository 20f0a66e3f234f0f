"""Routes about the platform itself."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request

from resume_review.ai_agents.interface import EngineFacts
from resume_review.core.errors import ForbiddenError
from resume_review.core.problems import problems
from resume_review.core.settings import Settings, Switch
from resume_review.database.enums import ApiKeyScope, UserRole
from resume_review.database.request import DbSession
from resume_review.features.auth import ACCESS_PROBLEMS, Identity, require_role, takes_keys
from resume_review.features.system.schemas import MOST_DAYS, System, Usage
from resume_review.features.system.service import SystemService

router = APIRouter(
    prefix="/admin",
    tags=["admin"],
    dependencies=[takes_keys(read=ApiKeyScope.ADMIN, write=ApiKeyScope.ADMIN)],
    responses=ACCESS_PROBLEMS | problems(ForbiddenError),
)

Admin = Annotated[Identity, Depends(require_role(UserRole.ADMIN))]


@router.get("/usage", summary="Sum up what models cost")
async def get_model_usage(
    session: DbSession, _: Admin, days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 30
) -> Usage:
    """By day, model and user; `GET /admin/prompts/usage` lists the calls one by one."""
    return await SystemService(session).usage(days)


@router.get("/system", summary="Show how the platform stands")
async def get_system_state(request: Request, session: DbSession, _: Admin) -> System:
    """Version, models, workers, queue, storage and failed chores."""
    settings = cast("Settings", request.app.state.settings)
    engine = cast("EngineFacts", request.app.state.engine)
    return await SystemService(session).state(engine, rate_limits=settings.rate_limits is Switch.ON)
