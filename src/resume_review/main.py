"""The composition root of the server."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware

from resume_review.ai_agents.client import create_analyzer
from resume_review.api.body_limit import BodyLimitMiddleware
from resume_review.api.errors import add_error_handlers
from resume_review.api.health import router as health_router
from resume_review.api.router import create_router
from resume_review.core.settings import Settings, Switch, load_settings, signing_key
from resume_review.database.embedded import Mode
from resume_review.database.startup import OpenDatabase, open_database
from resume_review.documents.isolation import IsolatedReader
from resume_review.documents.limits import Limits
from resume_review.features.auth import PasswordHasher, TokenSigner, ensure_first_admin
from resume_review.infrastructure.http import RequestContextMiddleware
from resume_review.infrastructure.monitoring import configure_logging
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.rate_limit import NullRateLimiter, PostgresRateLimiter
from resume_review.infrastructure.storage import FileStore
from resume_review.worker import create_worker_on

MULTIPART_OVERHEAD = 64 * 1024
READERS = 2


def create_app(settings: Settings) -> FastAPI:
    """The server; everything it needs is opened when it starts, nothing before."""
    app = FastAPI(
        title="Resume Review",
        version=version("resume-review"),
        lifespan=_lifespan,
        generate_unique_id_function=_operation_id,
        redirect_slashes=False,
        form_limits={"max_files": 1, "max_fields": 10},
    )
    app.state.settings = settings
    app.include_router(health_router)
    app.include_router(create_router())
    add_error_handlers(app)
    # The last one added is the outermost.
    app.add_middleware(BodyLimitMiddleware, max_body_size=settings.max_upload_bytes + MULTIPART_OVERHEAD)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.cors_origins),
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key"],
        expose_headers=["X-Request-ID", "Retry-After"],
    )
    app.add_middleware(RequestContextMiddleware, trusted_proxies=settings.trusted_proxies)
    return app


def app_from_environment() -> FastAPI:
    """For servers that build the app themselves, such as the reloading one."""
    configure_logging()
    return create_app(load_settings())


def _operation_id(route: APIRoute) -> str:
    """Stable names for generated clients: the function's own."""
    return route.name


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    settings: Settings = app.state.settings
    async with open_database(settings, mode=Mode.OWN) as opened, running_on(app, opened):
        yield


@asynccontextmanager
async def running_on(app: FastAPI, opened: OpenDatabase) -> AsyncGenerator[None]:
    """The app with all its parts, on a database that is open already."""
    settings: Settings = app.state.settings
    state, database = app.state, opened.database
    async with AsyncExitStack() as stack:
        state.database = database
        state.file_store = FileStore(settings.files_dir)
        state.job_queue = JobQueue()
        state.rate_limiter = (
            PostgresRateLimiter(database) if settings.rate_limits is Switch.ON else NullRateLimiter()
        )
        state.password_hasher = PasswordHasher()
        state.token_signer = TokenSigner(signing_key(settings))
        state.analyzer = create_analyzer()
        state.first_admin = await ensure_first_admin(database, settings, state.password_hasher)
        reader = IsolatedReader(limits=Limits(file_bytes=settings.max_upload_bytes), children=READERS)
        stack.push_async_callback(asyncio.to_thread, reader.close)
        state.document_reader = reader
        if settings.workers:
            worker = create_worker_on(opened, state.analyzer, concurrency=settings.workers)
            await stack.enter_async_context(worker.running())
        yield
