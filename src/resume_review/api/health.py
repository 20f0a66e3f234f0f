"""Whether the platform lives, and whether each part of it can work."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime
from enum import StrEnum
from importlib.metadata import version
from typing import Annotated, cast

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from pydantic import BaseModel

from resume_review.ai_agents.interface import EngineFacts
from resume_review.core.clock import utc_now
from resume_review.core.settings import Settings, Switch
from resume_review.database.session import Database
from resume_review.features.jobs import queue_state
from resume_review.features.model_usage import failing_models
from resume_review.infrastructure.scanning import Scanner
from resume_review.infrastructure.storage import FileStore, StorageError
from resume_review.infrastructure.stores import Stores

PATIENCE_SECONDS = 2.0
PATIENCE_WITH_JOBS_SECONDS = 300

router = APIRouter(tags=["health"])


class PartState(StrEnum):
    """How a part stands; `off` is a choice of the operator and comes with its reason."""

    OK = "ok"
    DEGRADED = "degraded"
    OFF = "off"
    FAILED = "failed"


class Part(BaseModel):
    """One part of the platform."""

    state: PartState
    reason: str | None = None


class Health(BaseModel):
    """The process lives; `services` says what it can reach."""

    status: str
    timestamp: datetime
    version: str
    services: dict[str, str]


class Readiness(BaseModel):
    """Whether requests can be served, part by part."""

    ready: bool
    parts: dict[str, Part]


class About(BaseModel):
    """What answers here."""

    name: str
    version: str
    description: str
    documentation: str
    health: str
    features: list[str]


async def _database(request: Request) -> Part:
    database = cast("Database", request.app.state.database)
    return await _within(database.ping(), "The database does not answer. Check that it runs.")


async def _within(check: Awaitable[None], reason: str) -> Part:
    try:
        await asyncio.wait_for(check, PATIENCE_SECONDS)
    except Exception:  # noqa: BLE001 - whatever is wrong with a part, the answer is that it does not work
        return Part(state=PartState.FAILED, reason=reason)
    return Part(state=PartState.OK)


DatabasePart = Annotated[Part, Depends(_database)]


@router.get("/", include_in_schema=False)
async def about() -> About:
    """Where to look next."""
    return About(
        name="resume-review",
        version=version("resume-review"),
        description="Reviews resumes: anchored findings, explained scores.",
        documentation="/docs",
        health="/health",
        features=["auth", "candidates", "resume_upload", "resume_analysis"],
    )


@router.get("/health", summary="Does the process live")
async def health(request: Request, database: DatabasePart) -> Health:
    """Always 200 while the process lives; use `/health/ready` to decide about traffic."""
    return Health(
        status="healthy" if database.state is PartState.OK else "degraded",
        timestamp=utc_now(),
        version=version("resume-review"),
        services={
            "database": database.state.value,
            "rate_limiter": (await _rate_limits(request, database)).state.value,
        },
    )


@router.get("/health/ready", summary="Can requests be served", responses={503: {"model": Readiness}})
async def ready(request: Request, response: Response, database: DatabasePart) -> Readiness:
    """503 when a part that every request needs has failed."""
    parts = await _parts(request, database)
    is_ready = all(parts[name].state is PartState.OK for name in ("database", "storage"))
    response.status_code = 200 if is_ready else 503
    return Readiness(ready=is_ready, parts=parts)


async def part_states(app: FastAPI) -> dict[str, str]:
    """How each part stands, in a word."""
    request = Request({"type": "http", "app": app})
    parts = await _parts(request, await _database(request))
    return {name: part.state.value for name, part in parts.items()}


async def _parts(request: Request, database: Part) -> dict[str, Part]:
    return {
        "database": database,
        "queue": await _queue(request, database),
        "storage": await _storage(request),
        "rate_limits": await _rate_limits(request, database),
        "cache": await _cache(request, database),
        "scanner": await _scanner(request),
        "provider": await _provider(request, database),
    }


async def _storage(request: Request) -> Part:
    files = cast("FileStore", request.app.state.file_store)
    try:
        await asyncio.wait_for(files.check(), PATIENCE_SECONDS)
    except StorageError as error:
        return Part(state=PartState.FAILED, reason=f"Files cannot be stored: {error.reason}.")
    except TimeoutError:
        return Part(state=PartState.FAILED, reason="The file store does not answer in time.")
    return Part(state=PartState.OK)


async def _scanner(request: Request) -> Part:
    """One that fails makes the platform not unready: it stops uploads and nothing else."""
    scanner = cast("Scanner", request.app.state.scanner)
    if not scanner.configured:
        reason = "No virus scanner is configured (CLAMD); files are marked not_scanned."
        return Part(state=PartState.OFF, reason=reason)
    return await _within(
        scanner.ping(), "The virus scanner does not answer; uploads are refused until it does."
    )


async def _queue(request: Request, database: Part) -> Part:
    if database.state is not PartState.OK:
        return Part(state=PartState.FAILED, reason="The queue lives in the database.")
    settings = cast("Settings", request.app.state.settings)
    async with cast("Database", request.app.state.database).transaction() as session:
        state = await queue_state(session)
    if not state.live_workers:
        if settings.workers == 0:
            reason = (
                "No worker in this process (WORKERS=0) and none elsewhere. Start one: resume-review worker"
            )
            return Part(state=PartState.OFF, reason=reason)
        return Part(state=PartState.DEGRADED, reason="No worker gives a sign of life. Restart the platform.")
    waited = state.oldest_waiting_seconds or 0.0
    if waited > PATIENCE_WITH_JOBS_SECONDS:
        reason = f"The oldest of {state.waiting} waiting jobs has waited {waited:.0f} s. Start more workers."
        return Part(state=PartState.DEGRADED, reason=reason)
    return Part(state=PartState.OK)


async def _provider(request: Request, database: Part) -> Part:
    """The models as the settings name them, and how all workers fared with them lately."""
    engine = cast("EngineFacts", request.app.state.engine)
    if not engine.models or database.state is not PartState.OK:
        return Part(state=PartState.OK, reason=f"engine {engine.name}")
    async with cast("Database", request.app.state.database).transaction() as session:
        failing = await failing_models(session)
    if failing:
        faults = ", ".join(f"{model} ({fault})" for model, fault in failing.items())
        return Part(
            state=PartState.DEGRADED, reason=f"The latest calls failed, the rubric stands in: {faults}."
        )
    return Part(state=PartState.OK, reason=f"engine {engine.name}: {', '.join(engine.models)}")


async def _rate_limits(request: Request, database: Part) -> Part:
    if cast("Settings", request.app.state.settings).rate_limits is Switch.OFF:
        return Part(state=PartState.OFF, reason="Switched off (RATE_LIMITS=off); for load tests only.")
    return await _shared(request, database, "Redis does not answer; requests are counted in Postgres.")


async def _cache(request: Request, database: Part) -> Part:
    return await _shared(request, database, "Redis does not answer; results are kept in Postgres.")


async def _shared(request: Request, database: Part, loss: str) -> Part:
    """A part that lives in Redis where one is configured, and in the database otherwise."""
    stores = cast("Stores", request.app.state.stores)
    if stores.redis is None:
        return Part(state=database.state, reason=database.reason)
    if await stores.redis_answers():
        return Part(state=PartState.OK)
    return Part(state=PartState.DEGRADED, reason=loss)
