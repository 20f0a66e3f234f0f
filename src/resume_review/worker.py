"""The composition root of a worker."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

from resume_review.ai_agents.client import create_analyzer
from resume_review.ai_agents.interface import AIAnalyzer
from resume_review.core.settings import Settings
from resume_review.database.embedded import Mode
from resume_review.database.startup import OpenDatabase, open_database
from resume_review.documents.isolation import IsolatedReader
from resume_review.documents.limits import Limits
from resume_review.features.bulk_upload.tasks import ReadBatchItem
from resume_review.features.candidates.tasks import DeleteFiles
from resume_review.features.maintenance.tasks import chores
from resume_review.features.resume_analysis.tasks import AnalyseReview, roll_up_tallies
from resume_review.features.resume_upload import PatientReader
from resume_review.features.resume_upload.tasks import ReadResume, RemoveFile
from resume_review.features.webhooks.tasks import DeliverWebhook
from resume_review.infrastructure.maintenance import Maintenance, MaintenanceTask
from resume_review.infrastructure.outbound import Networks
from resume_review.infrastructure.queue import SERVICE_SLOTS, JobWorker
from resume_review.infrastructure.storage import FileStore
from resume_review.infrastructure.stores import Stores, open_stores


def create_reader(settings: Settings, *, children: int) -> PatientReader:
    """What reads files in so many processes, none of which is started before it is needed."""
    limits = Limits(file_bytes=settings.max_upload_bytes)
    return PatientReader(IsolatedReader(limits=limits, children=children), children=children)


def create_worker_on(
    opened: OpenDatabase,
    analyzer: AIAnalyzer,
    *,
    settings: Settings,
    reader: PatientReader,
    files: FileStore,
    stores: Stores,
    concurrency: int,
) -> JobWorker:
    """A worker on a database that is open already; a new job or chore adds one line."""
    webhooks = DeliverWebhook(opened.database, Networks(settings.webhook_networks))
    jobs = [
        AnalyseReview(opened.database, analyzer).definition(),
        ReadResume(opened.database, reader, files).definition(),
        RemoveFile(opened.database, files, stores.cache).definition(),
        DeleteFiles(opened.database, files).definition(),
        ReadBatchItem(opened.database, reader, files, engine=analyzer.name).definition(),
        webhooks.definition(),
    ]
    maintenance = Maintenance(
        opened.database,
        [
            *chores(opened.database, rate_limiter=stores.rate_limiter, cache=stores.cache),
            webhooks.purge(),
            MaintenanceTask(
                "reviews.roll_up_tallies", timedelta(minutes=1), partial(roll_up_tallies, opened.database)
            ),
        ],
    )
    return JobWorker(opened.conninfo, jobs, concurrency=concurrency, alongside=[maintenance.run])


@asynccontextmanager
async def create_worker(settings: Settings) -> AsyncGenerator[JobWorker]:
    """A worker of its own process; any number of them share one database."""
    concurrency = max(1, settings.workers)
    connections = concurrency + SERVICE_SLOTS + 1
    async with (
        open_database(settings, mode=Mode.SHARE, pool_size=connections) as opened,
        open_stores(settings, opened.database) as stores,
    ):
        reader, files = create_reader(settings, children=concurrency), FileStore(settings.files_dir)
        try:
            yield create_worker_on(
                opened,
                create_analyzer(),
                settings=settings,
                reader=reader,
                files=files,
                stores=stores,
                concurrency=concurrency,
            )
        finally:
            await reader.close()
