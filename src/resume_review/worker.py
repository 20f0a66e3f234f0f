"""The composition root of a worker."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from resume_review.ai_agents.client import create_analyzer
from resume_review.ai_agents.interface import AIAnalyzer
from resume_review.core.settings import Settings
from resume_review.database.embedded import Mode
from resume_review.database.startup import OpenDatabase, open_database
from resume_review.features.resume_analysis.tasks import AnalyseReview
from resume_review.infrastructure.queue import JobWorker


def create_worker_on(opened: OpenDatabase, analyzer: AIAnalyzer, *, concurrency: int) -> JobWorker:
    """A worker on a database that is open already; a new job adds one line."""
    jobs = [AnalyseReview(opened.database, analyzer).definition()]
    return JobWorker(opened.conninfo, jobs, concurrency=concurrency)


@asynccontextmanager
async def create_worker(settings: Settings) -> AsyncGenerator[JobWorker]:
    """A worker of its own process; any number of them share one database."""
    concurrency = max(1, settings.workers)
    async with open_database(settings, mode=Mode.SHARE, pool_size=concurrency + 1) as opened:
        yield create_worker_on(opened, create_analyzer(), concurrency=concurrency)
