"""The composition root of a worker."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial

import psycopg

from resume_review.ai_agents.client import describe, open_analyzer
from resume_review.ai_agents.config import AnalyzerConfig, OpenAnalyzer, Ports
from resume_review.ai_agents.interface import EngineFacts
from resume_review.ai_agents.providers.base import Vendor
from resume_review.ai_agents.providers.factory import ModelSetupError
from resume_review.ai_agents.providers.policy import Budget, Pace, Policy
from resume_review.core.errors import StartupError
from resume_review.core.model_settings import ModelSettings, Switch
from resume_review.core.settings import PREFIX, Settings
from resume_review.database.embedded import Mode
from resume_review.database.session import Database
from resume_review.database.startup import OpenDatabase, open_database
from resume_review.documents.isolation import IsolatedReader
from resume_review.documents.limits import Limits
from resume_review.features.bulk_upload.tasks import ReadBatchItem, cancelling_unconfirmed
from resume_review.features.candidates import KeepTombstones
from resume_review.features.experiments import DatabaseVariants, NoVariants
from resume_review.features.experiments.tasks import ShadowReview
from resume_review.features.maintenance.tasks import chores
from resume_review.features.model_batches import BatchTimes, DatabaseGathering
from resume_review.features.model_batches.tasks import AdvanceBatch, purging_batches
from resume_review.features.model_usage import DatabaseLedger, SharedPacer, UsageRecorder
from resume_review.features.monitoring import Area, Breakers, ObservedModels, Watch
from resume_review.features.prompt_trials.tasks import TryPrompts
from resume_review.features.prompts import DatabasePrompts
from resume_review.features.resume_analysis import go_on
from resume_review.features.resume_analysis.tasks import (
    AnalyseReview,
    TellSteps,
    forget_ended,
    roll_up_tallies,
)
from resume_review.features.resume_upload import PatientReader
from resume_review.features.resume_upload.tasks import ReadResume, ScanStored
from resume_review.features.retention.tasks import retention
from resume_review.features.stored_files.tasks import RemoveFiles
from resume_review.features.webhooks.tasks import DeliverWebhook
from resume_review.infrastructure.maintenance import Maintenance, MaintenanceTask
from resume_review.infrastructure.monitoring.endpoint import serving_metrics
from resume_review.infrastructure.monitoring.telemetry import open_tracing
from resume_review.infrastructure.monitoring.tracing import NO_TRACING, Tracing
from resume_review.infrastructure.outbound import Networks
from resume_review.infrastructure.queue import SERVICE_SLOTS, JobWorker
from resume_review.infrastructure.scanning import Scanner, open_scanner
from resume_review.infrastructure.storage import FileStore, open_file_store
from resume_review.infrastructure.stores import Stores, open_stores


def create_reader(settings: Settings, *, children: int) -> PatientReader:
    """What reads files in so many processes, none of which is started before it is needed."""
    limits = Limits(file_bytes=settings.max_upload_bytes)
    return PatientReader(IsolatedReader(limits=limits, children=children), children=children)


def analyzer_config(settings: ModelSettings, *, steps_conninfo: str | None = None) -> AnalyzerConfig:
    """What the settings say about judging; `steps_conninfo` is the database in which finished steps are kept."""
    keys = {
        Vendor.OPENAI: settings.openai_api_key,
        Vendor.ANTHROPIC: settings.anthropic_api_key,
        Vendor.GOOGLE: settings.google_api_key,
    }
    base_urls = {
        Vendor.OPENAI: settings.openai_base_url,
        Vendor.ANTHROPIC: settings.anthropic_base_url,
        Vendor.GOOGLE: settings.google_base_url,
    }
    budget = Budget(
        review_tokens=settings.budget_review_tokens,
        review_usd=settings.budget_review_usd,
        user_day_tokens=settings.budget_user_day_tokens,
        user_day_usd=settings.budget_user_day_usd,
        day_usd=settings.budget_day_usd,
    )
    pace = Pace(
        at_once=settings.model_calls_at_once,
        requests_per_minute=settings.model_requests_per_minute,
        tokens_per_minute=settings.model_tokens_per_minute,
    )
    return AnalyzerConfig(
        models=settings.models,
        keys={vendor: key.get_secret_value() for vendor, key in keys.items() if key is not None},
        base_urls={vendor: address for vendor, address in base_urls.items() if address is not None},
        prices=settings.prices,
        policy=Policy(deadline_s=settings.model_seconds, budget=budget, pace=pace),
        summarise=settings.model_summary is Switch.ON,
        redact_schools=settings.redact_schools is Switch.ON,
        redact_pronouns=settings.redact_pronouns is Switch.ON,
        service_url=settings.ai_service_url,
        service_secret=settings.ai_service_secret.get_secret_value() if settings.ai_service_secret else "",
        steps_conninfo=steps_conninfo,
    )


def engine_facts(settings: ModelSettings) -> EngineFacts:
    """What the workers with these settings judge with; nothing of it is loaded."""
    return describe(analyzer_config(settings))


@asynccontextmanager
async def open_worker_analyzer(
    settings: Settings, opened: OpenDatabase, stores: Stores, *, tracing: Tracing = NO_TRACING
) -> AsyncGenerator[OpenAnalyzer]:
    """What a worker judges with; all workers on one database share budgets, pace and finished steps.

    Raises:
        StartupError: A vendor's library or key is missing, or the database went away meanwhile.
    """
    config = analyzer_config(settings, steps_conninfo=opened.conninfo or None)
    pace = config.policy.pace
    ports = Ports(
        ledger=DatabaseLedger(opened.database),
        pacer=SharedPacer(
            opened.database,
            stores.rate_limiter,
            at_once=pace.at_once,
            requests_per_minute=pace.requests_per_minute,
            tokens_per_minute=pace.tokens_per_minute,
        ),
        usage=UsageRecorder(opened.database),
        listener=TellSteps(opened.database),
        prompts=DatabasePrompts(opened.database),
        observer=ObservedModels(tracing),
        gathering=_gathering(settings, opened.database),
    )
    async with AsyncExitStack() as stack:
        try:
            analyzer = await stack.enter_async_context(open_analyzer(config, ports))
        except ModelSetupError as error:
            raise StartupError(str(error)) from None
        except psycopg.OperationalError as error:
            raise StartupError(
                f"{PREFIX}DATABASE_URL: the database went away while the worker started ({type(error).__name__}). "
                "Start the worker again once it runs"
            ) from None
        yield analyzer


def create_worker_on(
    opened: OpenDatabase,
    judging: OpenAnalyzer,
    *,
    settings: Settings,
    reader: PatientReader,
    files: FileStore,
    scanner: Scanner,
    stores: Stores,
    concurrency: int,
    tracing: Tracing = NO_TRACING,
) -> JobWorker:
    """A worker on a database that is open already; a new job or chore adds one line."""
    removing = RemoveFiles(opened.database, files, stores.cache)
    burying = KeepTombstones(opened.database, files)
    engine = engine_facts(settings)
    # Of a service elsewhere it is not known whether it asks models; it is told what to try all the same.
    tries = bool(engine.models) or engine.fingerprint is None
    reviewing = AnalyseReview(
        opened.database,
        judging.analyzer,
        engine=engine.fingerprint,
        steps=judging.steps,
        variants=DatabaseVariants(opened.database) if tries else NoVariants(),
        gathered=_gathering(settings, opened.database),
    )
    reading_batches = ReadBatchItem(
        opened.database, reader, files, engine=engine.fingerprint, prompts=DatabasePrompts(opened.database)
    )
    webhooks = DeliverWebhook(opened.database, Networks(settings.webhook_networks))
    jobs = [
        reviewing.definition(),
        ReadResume(opened.database, reader, files).definition(),
        removing.definition(),
        burying.definition(),
        reading_batches.definition(),
        _advancing(opened.database, settings, judging, reviewing).definition(),
        webhooks.definition(),
        TryPrompts(opened.database, judging.tester).definition(),
    ]
    if tries:
        jobs.append(ShadowReview(opened.database, judging.analyzer, reviewing.request_for).definition())
    tasks = [
        webhooks.purge(),
        removing.sweeping(),
        burying.chore(),
        ScanStored(opened.database, scanner, files).chore(),
        *_tidying(opened.database, settings, stores, judging),
    ]
    maintenance = Maintenance(opened.database, tasks)
    return JobWorker(
        opened.conninfo, jobs, concurrency=concurrency, alongside=[maintenance.run], tracing=tracing
    )


def _tidying(
    database: Database, settings: Settings, stores: Stores, judging: OpenAnalyzer
) -> list[MaintenanceTask]:
    """Chores over the database alone."""
    return [
        *chores(database, rate_limiter=stores.rate_limiter, cache=stores.cache),
        *retention(database, settings.retention_days),
        cancelling_unconfirmed(database),
        purging_batches(database),
        MaintenanceTask("reviews.roll_up_tallies", timedelta(minutes=1), partial(roll_up_tallies, database)),
        MaintenanceTask(
            "reviews.forget_steps", timedelta(minutes=1), partial(forget_ended, database, judging.steps)
        ),
    ]


def _gathering(settings: Settings, database: Database) -> DatabaseGathering:
    times = BatchTimes.within(settings.batch_wait_minutes)
    return DatabaseGathering(database, times, enabled=settings.batches is Switch.ON)


def _advancing(
    database: Database, settings: Settings, judging: OpenAnalyzer, reviewing: AnalyseReview
) -> AdvanceBatch:
    times = BatchTimes.within(settings.batch_wait_minutes)
    return AdvanceBatch(database, judging.batches, times, request_for=reviewing.request_for, go_on=go_on)


def disks(settings: Settings) -> list[Area]:
    """Where this process's data may run out of space."""
    areas = [Area("data", settings.data_dir)]
    if settings.storage_url is not None and settings.storage_url.startswith("file:"):
        areas.append(Area("files", settings.files_dir))
    return areas


@asynccontextmanager
async def create_worker(settings: Settings) -> AsyncGenerator[JobWorker]:
    """A worker of its own process; any number of them share one database."""
    concurrency = max(1, settings.workers)
    connections = concurrency + SERVICE_SLOTS + 1
    async with (
        open_database(settings, mode=Mode.SHARE, pool_size=connections) as opened,
        open_stores(settings, opened.database) as stores,
        open_tracing("resume-review-worker") as tracing,
        open_worker_analyzer(settings, opened, stores, tracing=tracing) as judging,
        serving_metrics(
            settings,
            Watch(
                opened.database,
                areas=disks(settings),
                breakers=Breakers(engine_facts(settings).models, judging.resting),
            ).read,
        ),
    ):
        files = await open_file_store(settings)
        reader = create_reader(settings, children=concurrency)
        try:
            yield create_worker_on(
                opened,
                judging,
                settings=settings,
                reader=reader,
                files=files,
                scanner=open_scanner(settings),
                stores=stores,
                concurrency=concurrency,
                tracing=tracing,
            )
        finally:
            await reader.close()
