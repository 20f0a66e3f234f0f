"""The receiving side of the queue: runs jobs and survives a lost database."""

import asyncio
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import JobAborted
from procrastinate.job_context import AbortReason, JobContext
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from resume_review.infrastructure.monitoring.tracing import NO_TRACING, Tracing
from resume_review.infrastructure.queue.definition import JobDefinition, Lane
from resume_review.infrastructure.queue.observed import Outcome, observed_run
from resume_review.infrastructure.queue.outages import DATABASE_FAULTS, outlast_outages
from resume_review.infrastructure.queue.recovery import STALLED_SECONDS, Recovery, note_failure

log = structlog.get_logger(__name__)

HEARTBEAT_SECONDS = 1.0
ABORT_POLL_SECONDS = 1.0
GRACE_SECONDS = 10.0
RECONNECT_SECONDS = 0.5
SERVICE_SLOTS = 4
CONNECTIONS = 8


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

    def __init__(
        self,
        conninfo: str,
        definitions: Sequence[JobDefinition],
        *,
        concurrency: int,
        alongside: Sequence[Callable[[], Awaitable[None]]] = (),
        grace_seconds: float = GRACE_SECONDS,
        tracing: Tracing = NO_TRACING,
    ) -> None:
        """`conninfo` is a libpq connection string; nothing is opened yet.

        `concurrency` counts jobs of the work lane; the service lane has slots of its own. `alongside` runs beside
        the jobs, for as long as there is a database. `grace_seconds` is how long a stop waits for running jobs.
        """
        self._conninfo = conninfo
        self._definitions = {definition.name: definition for definition in definitions}
        self._slots = {Lane.WORK: concurrency, Lane.SERVICE: SERVICE_SLOTS}
        self._alongside = alongside
        self._grace_seconds = grace_seconds
        self._tracing = tracing
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
        app = App(
            connector=PsycopgConnector(conninfo=self._conninfo, timeout=5, min_size=1, max_size=CONNECTIONS)
        )
        for definition in self._definitions.values():
            self._register(app, definition)
        recovery = Recovery(app, self._conninfo, self._definitions)
        async with app.open_async(), asyncio.TaskGroup() as group:
            lanes = {definition.lane for definition in self._definitions.values()}
            work: list[Coroutine[Any, Any, Any]] = [
                *(self._work(app, lane) for lane in sorted(lanes)),
                recovery.rescue(),
                recovery.readopt(),
                *(_whole(beside) for beside in self._alongside),
                self._stopping.wait(),
            ]
            tasks = [group.create_task(coroutine) for coroutine in work]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()

    async def _work(self, app: App, lane: Lane) -> None:
        await app.run_worker_async(
            queues=[lane.value],
            concurrency=self._slots[lane],
            install_signal_handlers=False,
            fetch_job_polling_interval=1.0,
            abort_job_polling_interval=ABORT_POLL_SECONDS,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS * 2,
            shutdown_graceful_timeout=self._grace_seconds,
            delete_jobs="successful",
        )

    def _register(self, app: App, definition: JobDefinition) -> None:
        # Marks that a newer sender adds are none of our business.
        async def run(
            context: JobContext, *, subject: str, origin: Mapping[str, str] | None = None, **_marks: object
        ) -> None:
            with observed_run(self._tracing, definition, context.job, origin or {}) as observed:
                try:
                    await outlast_outages(definition.run, uuid.UUID(subject))
                except asyncio.CancelledError:
                    if context.abort_reason() is AbortReason.USER_REQUEST:
                        observed.outcome = Outcome.CANCELLED
                        log.info("job_cancelled", job=definition.name, subject=subject)
                        raise JobAborted from None
                    raise
                except Exception as error:
                    log.exception(
                        "job_failed", job=definition.name, subject=subject, fault=type(error).__name__
                    )
                    if context.job.attempts + 1 >= definition.max_runs:
                        reason = f"It failed {definition.max_runs} times."
                        await definition.give_up(uuid.UUID(subject), reason)
                        await note_failure(app, context.job, f"{reason} Last fault: {type(error).__name__}.")
                    raise

        app.task(name=definition.name, retry=_Backoff(definition), pass_context=True)(run)


async def _whole(run: Callable[[], Awaitable[None]]) -> None:
    await run()
