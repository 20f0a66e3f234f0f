"""What this process counts, for Prometheus; gauges that are read at each scrape are in `gauges`.

A label holds a name that is written in the program or in its settings, never what a user sends. None is called `job` or
`instance`: those are Prometheus' own.
"""

from dataclasses import dataclass

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    disable_created_metrics,
)

PREFIX = "resume_review"
REGISTRY = CollectorRegistry()
# When each series began doubles their number, and nothing here asks for it.
disable_created_metrics()
GCCollector(registry=REGISTRY)

# The goals are at 50, 100 and 200 ms.
_REQUEST_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10, 30)
_WORK_BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)


@dataclass(frozen=True)
class Declared:
    """What a metric is called in Prometheus, says and is split by."""

    name: str
    meaning: str
    labels: tuple[str, ...]


DECLARED: list[Declared] = []
"""Every metric of this module, for whoever describes them."""


def _counter(name: str, meaning: str, *labels: str) -> Counter:
    DECLARED.append(Declared(f"{PREFIX}_{name}_total", meaning, labels))
    return Counter(name, meaning, labels, namespace=PREFIX, registry=REGISTRY)


def _histogram(name: str, meaning: str, *labels: str, buckets: tuple[float, ...]) -> Histogram:
    DECLARED.append(Declared(f"{PREFIX}_{name}", meaning, labels))
    return Histogram(name, meaning, labels, namespace=PREFIX, registry=REGISTRY, buckets=buckets)


HTTP_REQUESTS = _counter(
    "http_requests",
    "Requests answered, by route template; `unmatched` where there is none",
    "method",
    "route",
    "status",
)
HTTP_SECONDS = _histogram(
    "http_request_duration_seconds",
    "Time to the end of the answer; of event streams, to its beginning",
    "method",
    "route",
    buckets=_REQUEST_BUCKETS,
)
HTTP_ERRORS = _counter("http_errors", "Requests that ended with a 5xx problem, by its code", "code")
RATE_LIMITED = _counter("rate_limited", "Requests refused by a limit, by its name", "limit")
JOBS = _counter("jobs", "Runs of jobs that ended: done, failed, cancelled or interrupted", "task", "outcome")
JOB_SECONDS = _histogram("job_duration_seconds", "Time of a job's run", "task", buckets=_WORK_BUCKETS)
JOBS_RESCUED = _counter("jobs_rescued", "Jobs taken over from dead workers", "task")
REVIEWS = _counter(
    "reviews",
    "Reviews that ended: completed, reused, failed or gave_up; degraded ones had to do without a model",
    "outcome",
    "engine",
    "degraded",
)
REVIEW_SECONDS = _histogram(
    "review_duration_seconds", "Time to judge a resume, waiting left out", "engine", buckets=_WORK_BUCKETS
)
READS = _counter("reads", "Files read, by format and outcome", "format", "outcome")
READ_SECONDS = _histogram(
    "read_duration_seconds",
    "Time to read a file, waiting for a reader included",
    "format",
    buckets=_WORK_BUCKETS,
)
MODEL_CALLS = _counter(
    "model_calls",
    "Calls of models, by the model asked for; `ok` or the fault's name",
    "provider",
    "model",
    "outcome",
)
MODEL_SECONDS = _histogram(
    "model_call_duration_seconds", "Time of one call of a model", "provider", "model", buckets=_WORK_BUCKETS
)
MODEL_TOKENS = _counter(
    "model_tokens", "Tokens as vendors count them: input, cached or output", "provider", "model", "kind"
)
MODEL_COST = _counter("model_cost_usd", "US dollars for calls whose price is known", "provider", "model")
MODEL_UNPRICED = _counter(
    "model_calls_unpriced", "Calls that used tokens of no known price", "provider", "model"
)
QUOTES = _counter(
    "quotes", "Quotes in models' answers: verified in the resume, or dropped", "agent", "outcome"
)
LOG_LINES_LOST = _counter("log_lines_lost", "Log lines that nobody took in time")
