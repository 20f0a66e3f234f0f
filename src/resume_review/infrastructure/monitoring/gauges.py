"""Gauges that are read when somebody asks, and the text in which all metrics are shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from resume_review.infrastructure.monitoring.metrics import PREFIX, REGISTRY


@dataclass(frozen=True)
class Gauge:
    """What a gauge is called, says and is split by."""

    name: str
    meaning: str
    labels: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """As Prometheus knows it."""
        return f"{PREFIX}_{self.name}"

    def __call__(self, *values: tuple[Sequence[str], float]) -> Metric:
        """The gauge with a value for each combination of labels."""
        family = GaugeMetricFamily(self.full_name, self.meaning, labels=self.labels)
        for labels, value in values:
            family.add_metric(labels, value)
        return family


BUILD = Gauge("build_info", "Always 1; what runs here", ("version", "python"))
DATABASE_UP = Gauge(
    "database_up", "Whether the database answered this scrape; without it, gauges from it are missing"
)
POOL_CONNECTIONS = Gauge("database_connections", "Connections of this process's pool", ("state",))
POOL_LIMIT = Gauge("database_connections_limit", "The most connections that this process opens")
QUEUE_JOBS = Gauge("queue_jobs", "Jobs: waiting, scheduled for later, running or failed", ("lane", "state"))
QUEUE_AGE = Gauge(
    "queue_oldest_waiting_seconds", "How long the oldest due job has waited; 0 without one", ("lane",)
)
QUEUE_WORKERS = Gauge("queue_live_workers", "Heartbeats of workers, one for each lane of each process")
ROLLOUT_STAGE = Gauge("rollout_percentage", "Share of units (0-100) that get the change", ("rollout", "mode"))
ROLLED_BACK = Gauge("variants_rolled_back", "Rollouts and experiments that the guard stopped within a day")
ARM_REVIEWS = Gauge("arm_reviews", "Reviews of an arm within the guard's window", ("variant", "arm"))
ARM_ERROR_RATIO = Gauge(
    "arm_error_ratio",
    "Share (0-1) of an arm's reviews in that window that failed or fell back",
    ("variant", "arm"),
)
BREAKER_OPEN = Gauge("model_breaker_open", "1 while a model that failed is left alone", ("provider", "model"))
PART_STATE = Gauge(
    "part_state", "1 for the state that a part of the platform is in, as in /health/ready", ("part", "state")
)
DISK_FREE = Gauge("disk_free_bytes", "Free space where data is kept", ("area",))
DISK_SIZE = Gauge("disk_size_bytes", "Size of the file system where data is kept", ("area",))
BACKUP_TIME = Gauge(
    "backup_timestamp_seconds", "When the newest archive in BACKUPS_DIR was written; 0 without one"
)

GAUGES = (
    BUILD,
    DATABASE_UP,
    POOL_CONNECTIONS,
    POOL_LIMIT,
    QUEUE_JOBS,
    QUEUE_AGE,
    QUEUE_WORKERS,
    ROLLOUT_STAGE,
    ROLLED_BACK,
    ARM_REVIEWS,
    ARM_ERROR_RATIO,
    BREAKER_OPEN,
    PART_STATE,
    DISK_FREE,
    DISK_SIZE,
    BACKUP_TIME,
)


@dataclass(frozen=True)
class Exposition:
    """An answer to a scrape."""

    body: bytes
    content_type: str


class _Everything(Collector):
    def __init__(self, gauges: Iterable[Metric]) -> None:
        self._gauges = gauges

    def collect(self) -> Iterator[Metric]:
        yield from REGISTRY.collect()
        # It reads /proc as it is made, so it is made here.
        yield from ProcessCollector(registry=None).collect()
        yield from self._gauges


def exposition(gauges: Iterable[Metric], *, accept: str) -> Exposition:
    """All counters with these gauges, in the format that the scraper accepts."""
    encode, content_type = choose_encoder(accept)
    return Exposition(encode(_Everything(gauges)), content_type)
