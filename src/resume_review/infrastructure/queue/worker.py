"""The receiving side of the queue: runs jobs, survives a lost database, rescues what dead workers left."""

import asyncio
import uuid
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress

import psycopg
import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from psycopg_pool import PoolTimeout

from resume_review.core.clock import utc_now
from resume_review.infrastructure.queue.definition import JobDefinition

log = structlog.get_logger(__name__)

HEARTBEAT_SECONDS = 1.0
STALLED_SECONDS = 5.0
RESCUE_SECONDS = 2.0
GRACE_SECONDS = 10.0
RECONNECT_SECONDS = 0.5

DATABASE_FAULTS = (ConnectorException, psycopg.Error, PoolTimeout, OSError)


class _Backoff(BaseRetryStrategy):
    """Doubling pauses; also applies to a job that the worker's own shutdown cut short."""

    def __init__(self, definition: JobDefinition) -> None:
        self._definition = definition

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts + 1 >= self._definition.max_runs and isinstance(exception, Exception):
            return None
        return RetryDecision(retry_in={"seconds": self._definition.wait_seconds * 2**job.attempts})


class JobWorker:
    """Runs the given jobs, a number of them at once, until stopped."""

    def __init__(self, conninfo: str, definitions: Sequence[JobDefinition], *, concurrency: int) -> None:
        """`conninfo` is a libpq connection string; nothing is opened yet."""
        self._conninfo = conninfo
        self._definitions = {definition.name: definition for definition in definitions}
        self._concurrency = concurrency
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Take no further jobs; those running get their grace period, then go back to the queue."""
        self._stopping.set()

    async def run(self) -> None:
        """Work until stopped; a database that goes away is waited for."""
        while not self._stopping.is_set():
            try:
                await self._run_connected()
            except* DATABASE_FAULTS as faults:
                log.warning("worker_lost_database", fault=type(faults.exceptions[0]).__name__)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), RECONNECT_SECONDS)

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Work in the background while the block runs."""
        task = asyncio.create_task(self.run())
        try:
            yield
        finally:
            self.stop()
            await task

    async def _run_connected(self) -> None:
        app = App(connector=PsycopgConnector(conninfo=self._conninfo, timeout=5))
        for definition in self._definitions.values():
            self._register(app, definition)
        async with app.open_async(), asyncio.TaskGroup() as group:
            worker = group.create_task(
                app.run_worker_async(
                    concurrency=self._concurrency,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=1.0,
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=STALLED_SECONDS * 2,
                    shutdown_graceful_timeout=GRACE_SECONDS,
                    delete_jobs="successful",
                )
            )
            rescue = group.create_task(self._rescue(app))
            stop = group.create_task(self._stopping.wait())
            await asyncio.wait({worker, stop, rescue}, return_when=asyncio.FIRST_COMPLETED)
            for task in (rescue, stop, worker):
                task.cancel()

    def _register(self, app: App, definition: JobDefinition) -> None:
        async def run(context: JobContext, *, subject: str) -> None:
            try:
                await definition.run(uuid.UUID(subject))
            except Exception as error:
                log.exception("job_failed", job=definition.name, subject=subject, fault=type(error).__name__)
                if context.job.attempts + 1 >= definition.max_runs:
                    await definition.give_up(uuid.UUID(subject), f"It failed {definition.max_runs} times.")
                raise

        app.task(name=definition.name, retry=_Backoff(definition), pass_context=True)(run)

    async def _rescue(self, app: App) -> None:
        """Send jobs of workers without a heartbeat back to the queue, or give up on those that kill workers."""
        while True:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
                await self._rescue_one(app, job)
            await asyncio.sleep(RESCUE_SECONDS)

    async def _rescue_one(self, app: App, job: Job) -> None:
        definition = self._definitions.get(job.task_name)
        if definition is None or job.id is None:
            return
        last = job.attempts + 1 >= definition.max_runs
        log.warning("job_rescued", job=job.task_name, run=job.attempts + 1, given_up=last)
        try:
            if last:
                await definition.give_up(
                    uuid.UUID(str(job.task_kwargs["subject"])), "Its worker died every time."
                )
                await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
            else:
                await app.job_manager.retry_job(job, retry_at=utc_now())
        except ConnectorException:
            # Another worker rescued it first, or the database went away, which the next query shows.
            log.info("rescue_skipped", job=job.task_name)
