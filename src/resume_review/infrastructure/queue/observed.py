"""Counts, times, traces and names one run of a job."""

import asyncio
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from procrastinate.jobs import Job

from resume_review.infrastructure.monitoring.metrics import JOB_SECONDS, JOBS
from resume_review.infrastructure.monitoring.origin import TRACEPARENT, logged_as
from resume_review.infrastructure.monitoring.tracing import Kind, Tracing
from resume_review.infrastructure.queue.definition import JobDefinition


class Outcome(StrEnum):
    """How a run ended; one that a stopping worker cut short is interrupted and begins again elsewhere."""

    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


@dataclass
class Observed:
    """A run that is under way; whoever knows better than its exception sets `outcome`."""

    outcome: Outcome | None = None


@contextmanager
def observed_run(
    tracing: Tracing, definition: JobDefinition, job: Job, origin: Mapping[str, str]
) -> Generator[Observed]:
    """One run; its logs and spans belong to the request that sent the job."""
    observed, started = Observed(), time.perf_counter()
    about = {
        "messaging.system": "procrastinate",
        "messaging.operation.type": "process",
        "messaging.destination.name": definition.lane.value,
        "messaging.message.id": str(job.id),
        "resume_review.job": definition.name,
        "resume_review.job.run": job.attempts + 1,
    }
    ending = Outcome.DONE
    try:
        with (
            logged_as(origin, job=definition.name),
            tracing.span(
                f"process {definition.name}",
                kind=Kind.CONSUMER,
                parent=origin.get(TRACEPARENT),
                attributes=about,
            ),
        ):
            yield observed
    except asyncio.CancelledError:
        ending = Outcome.INTERRUPTED
        raise
    except BaseException:
        ending = Outcome.FAILED
        raise
    finally:
        JOBS.labels(definition.name, observed.outcome or ending).inc()
        JOB_SECONDS.labels(definition.name).observe(time.perf_counter() - started)
