"""Routes to keep prompts."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from resume_review.ai_agents.interface import Locale
from resume_review.core.errors import ForbiddenError
from resume_review.core.problems import problems
from resume_review.database.enums import ApiKeyScope, UsagePurpose, UserRole
from resume_review.database.request import DbSession
from resume_review.features.auth import ACCESS_PROBLEMS, Identity, MessageResponse, require_role, takes_keys
from resume_review.features.prompts.errors import (
    InvalidPromptError,
    LabelMovedError,
    NothingToRollBackError,
    PromptNotFoundError,
    VersionNotFoundError,
    VersionTakenError,
)
from resume_review.features.prompts.repository import PromptRepository, UsageFilter
from resume_review.features.prompts.schemas import (
    CopyToIndustry,
    Name,
    PromptDetail,
    PromptDiff,
    PromptList,
    PromptText,
    Publish,
    RollBack,
    UsageItem,
    UsageList,
    Validity,
    Version,
    VersionCreate,
)
from resume_review.features.prompts.service import PromptService
from resume_review.infrastructure.http import Client

router = APIRouter(
    prefix="/admin/prompts",
    tags=["prompts"],
    dependencies=[takes_keys(read=ApiKeyScope.ADMIN, write=ApiKeyScope.ADMIN)],
    responses=ACCESS_PROBLEMS | problems(ForbiddenError),
)

Admin = Annotated[Identity, Depends(require_role(UserRole.ADMIN))]


async def _service(session: DbSession, identity: Admin, client: Client) -> PromptService:
    return PromptService(session, identity.user, client=client)


Prompts = Annotated[PromptService, Depends(_service)]
_UNKNOWN = problems(PromptNotFoundError, VersionNotFoundError)


@router.get("", summary="List prompts in use")
async def list_prompts(prompts: Prompts) -> PromptList:
    """Every agent, industry and language, with the version each label stands for."""
    items = await prompts.in_use()
    return PromptList(prompts=items, total_count=len(items))


@router.post(
    "",
    status_code=201,
    responses=problems(InvalidPromptError, VersionTakenError),
    summary="Add a version of a prompt",
)
async def create_prompt_version(body: VersionCreate, prompts: Prompts) -> PromptDetail:
    """It is stored and changes nothing until it is published."""
    version = await prompts.create(body, body.note)
    name = str(version.body["metadata"]["name"])
    return await prompts.show(name, Locale(version.locale), version.version)


@router.post("/validate", summary="Check a prompt")
async def validate_prompt(body: PromptText, prompts: Prompts) -> Validity:
    """Whether it would work; nothing is stored."""
    return prompts.check(body)


@router.get("/usage", summary="List calls of models")
async def list_prompt_usage(
    session: DbSession,
    _: Admin,
    *,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=100)] = 25,
    prompt: Name | None = None,
    model: Annotated[str | None, Query(max_length=100, pattern=r"^[^\x00]*$")] = None,
    failed: bool | None = None,
    purpose: UsagePurpose | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> UsageList:
    """Newest first, without any text of resumes, and the sums over all that fit."""
    wanted = UsageFilter(prompt=prompt, model=model, failed=failed, purpose=purpose, since=since, until=until)
    rows = PromptRepository(session)
    totals = await rows.usage_totals(wanted)
    calls = await rows.usage(wanted, limit=page_size, offset=(page - 1) * page_size)
    return UsageList(
        usage=[UsageItem.model_validate(call) for call in calls],
        total_count=totals.calls,
        page=page,
        page_size=page_size,
        tokens=totals.tokens,
        cost_usd=totals.cost_usd,
        calls_without_price=totals.without_price,
        failed=totals.failed,
    )


@router.get("/{name}/{locale}", responses=_UNKNOWN, summary="Show a prompt")
async def get_prompt(
    name: Name, locale: Locale, prompts: Prompts, version: Version | None = None
) -> PromptDetail:
    """Its versions, latest first, and the words of one of them: the one in production unless another is named."""
    return await prompts.show(name, locale, version)


@router.get("/{name}/{locale}/diff", responses=_UNKNOWN, summary="Compare two versions")
async def diff_prompt(name: Name, locale: Locale, old: Version, new: Version, prompts: Prompts) -> PromptDiff:
    """What changed, role by role."""
    return await prompts.diff(name, locale, old, new)


@router.post(
    "/{name}/{locale}/publish", responses=_UNKNOWN | problems(LabelMovedError), summary="Publish a version"
)
async def publish_prompt(name: Name, locale: Locale, body: Publish, prompts: Prompts) -> PromptDetail:
    """Workers use it within five seconds."""
    await prompts.publish(
        name, locale, body.version, label=body.label, expected=body.expected, note=body.note
    )
    return await prompts.show(name, locale, body.version)


@router.post(
    "/{name}/{locale}/roll-back",
    responses=problems(PromptNotFoundError, NothingToRollBackError),
    summary="Go back to the version before",
)
async def roll_back_prompt(name: Name, locale: Locale, body: RollBack, prompts: Prompts) -> MessageResponse:
    """Undoes the last publication of a label."""
    version = await prompts.roll_back(name, locale, label=body.label, reason=body.reason)
    return MessageResponse(message=f"The label {body.label.value} points to {version} again.")


@router.post(
    "/{name}/{locale}/copy",
    status_code=201,
    responses=problems(PromptNotFoundError, InvalidPromptError, VersionTakenError),
    summary="Copy a prompt to an industry",
)
async def copy_prompt(name: Name, locale: Locale, body: CopyToIndustry, prompts: Prompts) -> PromptDetail:
    """The industry gets a prompt of its own, used once it is published."""
    version = await prompts.copy(name, locale, body.industry, body.note)
    return await prompts.show(str(version.body["metadata"]["name"]), locale, version.version)
