"""What a scrape reads: from the queue, the rollouts, the pool and the disks."""

import os
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from prometheus_client.metrics_core import Metric
from sqlalchemy import text

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import RolloutMode, RolloutStatus
from resume_review.database.models import ExperimentOutcome, Rollout
from resume_review.database.session import Database, driver_connection
from resume_review.features.monitoring import Area, Breakers, Watch
from resume_review.infrastructure.queue import JobQueue, Lane
from resume_review.testing.queries import QueryCounter

pytestmark = pytest.mark.integration

Values = dict[tuple[str, ...], float]


def values(metrics: list[Metric], name: str) -> Values:
    """The samples of one gauge by the values of its labels, in the order of their names."""
    return {
        tuple(value for _, value in sorted(sample.labels.items())): sample.value
        for metric in metrics
        for sample in metric.samples
        if sample.name == f"resume_review_{name}"
    }


async def send(database: Database, lane: Lane, *, late: timedelta | None = None) -> None:
    async with database.transaction() as session:
        connection = await driver_connection(session)
        not_before = utc_now() + late if late else None
        await JobQueue().enqueue(connection, "test.job", subject=new_id(), lane=lane, not_before=not_before)


async def test_the_queue_is_told_by_lane(database: Database) -> None:
    await send(database, Lane.WORK)
    await send(database, Lane.WORK)
    await send(database, Lane.WORK, late=timedelta(hours=1))
    await send(database, Lane.SERVICE, late=-timedelta(seconds=90))

    read = await Watch(database).read()

    jobs, age = values(read, "queue_jobs"), values(read, "queue_oldest_waiting_seconds")
    assert (jobs["default", "waiting"], jobs["default", "scheduled"]) == (2, 1)
    assert jobs["service", "waiting"] == 1
    assert 0 <= age["default",] < 60
    assert 85 < age["service",] < 150
    assert values(read, "database_up") == {(): 1}


async def test_an_empty_queue_is_told_as_zero(database: Database) -> None:
    read = await Watch(database).read()

    assert set(values(read, "queue_jobs").values()) == {0}
    assert values(read, "queue_oldest_waiting_seconds") == {("default",): 0, ("service",): 0}


async def test_the_oldest_job_is_found_among_many_by_few_statements(
    database: Database, query_counter: QueryCounter
) -> None:
    async with database.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args)"
                " SELECT 'default', 'test.job', 1, '{}' FROM generate_series(1, 5000)"
            )
        )
        await session.execute(
            text("UPDATE procrastinate_events SET at = now() - make_interval(secs => 400 - (job_id % 100))")
        )
    watch = Watch(database)
    await watch.read()

    with query_counter() as counted:
        read = await watch.read()

    assert values(read, "queue_jobs")["default", "waiting"] == 5000
    assert values(read, "queue_oldest_waiting_seconds")["default",] >= 300
    assert counted.count <= 4


async def test_arms_of_what_runs_are_told_and_no_others(database: Database) -> None:
    running = Rollout(key="new-prompt", salt="s", change={}, percentage=Decimal(25), mode=RolloutMode.LIVE)
    ended = Rollout(
        key="old-prompt",
        salt="s",
        change={},
        status=RolloutStatus.ROLLED_BACK,
        rolled_back_at=utc_now(),
        rollback_reason="It failed.",
    )
    outcomes = [
        ExperimentOutcome(
            variant_key=key, arm="treatment", review_request_id=None, ok=ok, quotes=0, dropped=0, latency_ms=1
        )
        for key, ok in (
            ("new-prompt", True),
            ("new-prompt", False),
            ("new-prompt", True),
            ("new-prompt", True),
            ("old-prompt", False),
        )
    ]
    async with database.transaction() as session:
        session.add_all([running, ended, *outcomes])

    read = await Watch(database).read()

    assert values(read, "rollout_percentage") == {("live", "new-prompt"): 25}
    assert values(read, "arm_reviews") == {("treatment", "new-prompt"): 4}
    assert values(read, "arm_error_ratio") == {("treatment", "new-prompt"): 0.25}
    assert values(read, "variants_rolled_back") == {(): 1}


async def test_the_pool_tells_what_is_lent_out(committed_database: Database) -> None:
    async with committed_database.transaction() as session:
        await session.execute(text("SELECT 1"))
        read = await Watch(committed_database).read()

    assert values(read, "database_connections")["in_use",] >= 1
    assert values(read, "database_connections_limit") == {(): 30}


async def test_without_a_database_the_rest_is_told() -> None:
    away = Database.connect("postgresql://nobody@127.0.0.1:9/nothing")
    try:
        read = await Watch(away).read()
    finally:
        await away.dispose()

    assert values(read, "database_up") == {(): 0}
    assert values(read, "queue_jobs") == {}
    assert values(read, "build_info")


async def test_disks_breakers_and_parts_are_told(database: Database, tmp_path: Path) -> None:
    async def parts() -> dict[str, str]:
        return {"scanner": "failed"}

    watch = Watch(
        database,
        areas=[Area("data", tmp_path), Area("files", tmp_path / "missing")],
        breakers=Breakers(["openai:gpt-test", "google:a:b"], lambda: ["google:a:b"]),
        parts=parts,
    )

    read = await watch.read()

    assert 0 < values(read, "disk_free_bytes")["data",] <= values(read, "disk_size_bytes")["data",]
    assert ("files",) not in values(read, "disk_free_bytes")
    assert values(read, "model_breaker_open") == {("gpt-test", "openai"): 0, ("a:b", "google"): 1}
    assert values(read, "part_state") == {("scanner", "failed"): 1}


async def test_the_newest_backup_is_told(database: Database, tmp_path: Path) -> None:
    watch = Watch(database, backups=tmp_path)
    none = values(await watch.read(), "backup_timestamp_seconds")
    for name, at in (("older", 1_000), ("newer", 2_000)):
        (tmp_path / f"{name}.zip").touch()
        os.utime(tmp_path / f"{name}.zip", (at, at))
    (tmp_path / ".resume-review-backup.part").touch()

    assert none == {(): 0}
    assert values(await watch.read(), "backup_timestamp_seconds") == {(): 2_000}
