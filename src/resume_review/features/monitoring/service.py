"""The gauges of one process, read when somebody asks for them."""

import asyncio
import platform
import shutil
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import structlog
from prometheus_client.metrics_core import Metric
from sqlalchemy.exc import SQLAlchemyError

from resume_review.database.session import Database
from resume_review.features.experiments import Trials, running_trials
from resume_review.features.jobs import QueueState, lane_states
from resume_review.infrastructure.monitoring import gauges
from resume_review.infrastructure.queue import Lane

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 3.0


@dataclass(frozen=True)
class Area:
    """A folder whose disk may run full."""

    name: str
    path: Path


@dataclass(frozen=True)
class Breakers:
    """The models (`vendor:model`) that this process asks, and those of them that are left alone now."""

    models: Sequence[str]
    resting: Callable[[], Sequence[str]]


@dataclass
class Watch:
    """What there is to read.

    Queue and rollouts are the same in every process that shares the database: to be combined with `max`, never added.

    Attributes:
        database: Null for a process that has none.
        breakers: Null where no model is asked.
        parts: The state of each part of the platform; null where no health is told.
        backups: The folder of archives; null where nobody wants to know their age.
    """

    database: Database | None
    areas: Sequence[Area] = ()
    breakers: Breakers | None = None
    parts: Callable[[], Awaitable[Mapping[str, str]]] | None = None
    backups: Path | None = None
    _build: Metric = field(init=False)

    def __post_init__(self) -> None:
        self._build = gauges.BUILD(((version("resume-review"), platform.python_version()), 1))

    async def read(self) -> list[Metric]:
        """All gauges; what the database does not give in time is left out, and `database_up` is 0."""
        files = await asyncio.to_thread(self._files)
        # One after the other: a scrape takes one connection, however busy the pool is.
        parts = await self._given("parts", self._parts())
        database = await self._of_database()
        return [self._build, *self._breakers(), *files, *parts, *database]

    @staticmethod
    async def _given(what: str, reading: Awaitable[list[Metric]]) -> list[Metric]:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await reading
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            log.warning("gauges_left_out", what=what, fault=type(error).__name__)
            return []

    async def _of_database(self) -> list[Metric]:
        if self.database is None:
            return []
        shared = await self._given("database", _shared(self.database))
        return [gauges.DATABASE_UP(((), float(bool(shared)))), *_pool(self.database), *shared]

    def _files(self) -> list[Metric]:
        found = _disks(self.areas)
        if self.backups is not None:
            found.append(gauges.BACKUP_TIME(((), _newest(self.backups))))
        return found

    async def _parts(self) -> list[Metric]:
        if self.parts is None:
            return []
        states = await self.parts()
        return [gauges.PART_STATE(*(((part, state), 1) for part, state in states.items()))]

    def _breakers(self) -> Iterable[Metric]:
        if self.breakers is not None:
            resting = set(self.breakers.resting())
            models = [(model, *model.partition(":")[::2]) for model in self.breakers.models]
            yield gauges.BREAKER_OPEN(
                *(((provider, name), float(model in resting)) for model, provider, name in models)
            )


def _pool(database: Database) -> Iterable[Metric]:
    usage = database.pool_usage
    if usage is not None:
        yield gauges.POOL_CONNECTIONS((("in_use",), usage.in_use), (("idle",), usage.idle))
        yield gauges.POOL_LIMIT(((), usage.limit))


async def _shared(database: Database) -> list[Metric]:
    async with database.reading() as session:
        lanes, trials = await lane_states(session), await running_trials(session)
    return [*_queue(lanes), *_trials(trials)]


def _queue(lanes: Mapping[Lane, QueueState]) -> Iterable[Metric]:
    yield gauges.QUEUE_JOBS(
        *(
            ((lane.value, state), count)
            for lane, found in lanes.items()
            for state, count in (
                ("waiting", found.waiting),
                ("scheduled", found.scheduled),
                ("running", found.running),
                ("failed", found.failed),
            )
        )
    )
    yield gauges.QUEUE_AGE(
        *(((lane.value,), found.oldest_waiting_seconds or 0.0) for lane, found in lanes.items())
    )
    yield gauges.QUEUE_WORKERS(((), max(found.live_workers for found in lanes.values())))


def _trials(trials: Trials) -> Iterable[Metric]:
    yield gauges.ROLLED_BACK(((), trials.taken_back))
    yield gauges.ROLLOUT_STAGE(
        *(((stage.key, stage.mode.value), float(stage.percentage)) for stage in trials.stages)
    )
    yield gauges.ARM_REVIEWS(*((arm, tally.reviews) for arm, tally in trials.arms.items()))
    yield gauges.ARM_ERROR_RATIO(*((arm, tally.share) for arm, tally in trials.arms.items()))


def _newest(folder: Path) -> float:
    """When the newest archive of a folder was written, in seconds of the epoch; 0 without one."""
    try:
        return max((path.stat().st_mtime for path in folder.glob("*.zip")), default=0.0)
    except OSError:
        return 0.0


def _disks(areas: Sequence[Area]) -> list[Metric]:
    """Space on each disk; a folder that cannot be looked at is left out."""
    found: dict[str, tuple[int, int]] = {}
    for area in areas:
        try:
            usage = shutil.disk_usage(area.path)
        except OSError:
            continue
        found[area.name] = (usage.free, usage.total)
    return [
        gauges.DISK_FREE(*(((name,), free) for name, (free, _) in found.items())),
        gauges.DISK_SIZE(*(((name,), size) for name, (_, size) in found.items())),
    ]
