"""The composition root of the server."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware

from resume_review.api.answers import describe_answers
from resume_review.api.body_limit import BodyLimitMiddleware
from resume_review.api.errors import add_error_handlers
from resume_review.api.health import part_states
from resume_review.api.health import router as health_router
from resume_review.api.limits import request_limits
from resume_review.api.metrics import router as metrics_router
from resume_review.api.router import PREFIX, create_router
from resume_review.core.settings import Settings, load_settings, signing_key
from resume_review.database.embedded import Mode
from resume_review.database.startup import OpenDatabase, open_database
from resume_review.features.auth import PasswordHasher, TokenSigner, ensure_first_admin
from resume_review.features.bulk_upload import BATCH_PATH, READ_ITEM_JOB, reopen_item
from resume_review.features.bulk_upload import MOST_BYTES as MOST_BATCH_BYTES
from resume_review.features.candidates import make_candidates_searchable
from resume_review.features.monitoring import Breakers, Watch
from resume_review.features.prompt_trials import TRIAL_JOB, reopen_result
from resume_review.features.prompts import DatabasePrompts
from resume_review.features.resume_analysis import ANALYSE_JOB, reopen_review
from resume_review.features.resume_upload import READ_JOB, FileLinks, PagePainter, reopen_reading
from resume_review.infrastructure.events import EventBus, StreamSlots
from resume_review.infrastructure.http import ObservedRequestsMiddleware, RequestContextMiddleware
from resume_review.infrastructure.monitoring import configure_logging
from resume_review.infrastructure.monitoring.endpoint import serving_metrics
from resume_review.infrastructure.monitoring.telemetry import open_tracing
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.scanning import open_scanner
from resume_review.infrastructure.storage import open_file_store
from resume_review.infrastructure.stores import open_stores
from resume_review.web import WebPages
from resume_review.worker import create_reader, create_worker_on, disks, engine_facts, open_worker_analyzer

MULTIPART_OVERHEAD = 64 * 1024
BATCH_OVERHEAD = 1024 * 1024
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
        # The framework's own would send words of exceptions and refused values, which may be a resume's.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.settings = settings
    app.include_router(create_router())
    app.include_router(health_router)
    if settings.metrics_token is not None:
        app.include_router(metrics_router)
    describe_answers(app, prefix=PREFIX)
    add_error_handlers(app)
    # The last one added is the outermost.
    app.add_middleware(WebPages)
    app.add_middleware(
        BodyLimitMiddleware,
        max_body_size=settings.max_upload_bytes + MULTIPART_OVERHEAD,
        larger={PREFIX + BATCH_PATH: MOST_BATCH_BYTES + BATCH_OVERHEAD},
    )
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.cors_origins),
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key"],
        expose_headers=["X-Request-ID", "Retry-After", "RateLimit", "RateLimit-Policy"],
    )
    app.add_middleware(RequestContextMiddleware, trusted_proxies=settings.trusted_proxies)
    app.add_middleware(ObservedRequestsMiddleware, trusted_proxies=settings.trusted_proxies)
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
        state.tracing = tracing = await stack.enter_async_context(open_tracing("resume-review-api"))
        state.watch = watch = Watch(
            database,
            areas=disks(settings),
            parts=partial(part_states, app),
            backups=settings.backups_dir,
        )
        state.database = database
        state.file_store = await open_file_store(settings)
        state.scanner = scanner = open_scanner(settings)
        state.job_queue = JobQueue()
        state.events = await stack.enter_async_context(EventBus(opened.conninfo).running())
        state.stream_slots = StreamSlots()
        state.stores = stores = await stack.enter_async_context(open_stores(settings, database))
        state.rate_limiter = stores.rate_limiter
        state.request_limits = request_limits(stores.rate_limiter)
        state.reopen = {
            ANALYSE_JOB: reopen_review,
            READ_JOB: reopen_reading,
            READ_ITEM_JOB: reopen_item,
            TRIAL_JOB: reopen_result,
        }
        state.password_hasher = PasswordHasher()
        state.token_signer = TokenSigner(signing_key(settings))
        state.file_links = FileLinks(signing_key(settings))
        state.engine = engine_facts(settings)
        state.prompts = DatabasePrompts(database)
        state.first_admin = await ensure_first_admin(database, settings, state.password_hasher)
        await make_candidates_searchable(database)
        state.document_reader = create_reader(settings, children=READERS)
        stack.push_async_callback(state.document_reader.close)
        state.page_painter = PagePainter(children=READERS)
        stack.push_async_callback(state.page_painter.close)
        if settings.workers:
            # A reader of its own: files that nobody waits for must not hold up those that somebody does.
            reading = create_reader(settings, children=settings.workers)
            stack.push_async_callback(reading.close)
            judging = await stack.enter_async_context(
                open_worker_analyzer(settings, opened, stores, tracing=tracing)
            )
            watch.breakers = Breakers(state.engine.models, judging.resting)
            worker = create_worker_on(
                opened,
                judging,
                settings=settings,
                reader=reading,
                files=state.file_store,
                scanner=scanner,
                stores=stores,
                concurrency=settings.workers,
                tracing=tracing,
            )
            await stack.enter_async_context(worker.running())
        await stack.enter_async_context(serving_metrics(settings, watch.read))
        yield
