"""The platform in figures."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from importlib.metadata import version

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import EngineFacts
from resume_review.core.clock import utc_now
from resume_review.features.jobs import lane_states
from resume_review.features.model_usage import latest_calls
from resume_review.features.system.repository import Sums, SystemRepository
from resume_review.features.system.schemas import (
    Chore,
    DayUsage,
    LaneHealth,
    ModelHealth,
    ModelState,
    ModelUsage,
    Storage,
    System,
    Usage,
    UsageSums,
    UserUsage,
)

FAILURES = 5
"""So many failures in a row, or all there are of fewer than that, mean that a model fails."""


class SystemService:
    """Reads in the given session and changes nothing."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._rows = SystemRepository(session)

    async def usage(self, days: int) -> Usage:
        """What was used on the last days (UTC), today included."""
        first = utc_now().date() - timedelta(days=days - 1)
        since = datetime.combine(first, time(), UTC)
        calls, reviews = await self._rows.by_day(since), await self._rows.reviews(since)
        every_day = [first + timedelta(days=number) for number in range(days)]
        return Usage(
            since=first,
            total=UsageSums.model_validate(await self._rows.total(since)),
            reviews=sum(count for count, _ in reviews.values()),
            degraded=sum(degraded for _, degraded in reviews.values()),
            days=[
                DayUsage(
                    **asdict(calls.get(day, Sums())),
                    day=day,
                    reviews=reviews.get(day, (0, 0))[0],
                    degraded=reviews.get(day, (0, 0))[1],
                )
                for day in every_day
            ],
            models=[
                ModelUsage(**asdict(sums), provider=provider, model=model, latency_ms=latency)
                for provider, model, latency, sums in await self._rows.by_model(since)
            ],
            users=[
                UserUsage(**asdict(sums), user_id=user_id)
                for user_id, sums in await self._rows.by_user(since)
            ],
        )

    async def state(self, engine: EngineFacts, *, rate_limits: bool) -> System:
        """How everything stands now."""
        lanes = await lane_states(self._session)
        latest = await latest_calls(self._session)
        files, file_bytes = await self._rows.files()
        return System(
            version=version("resume-review"),
            time=utc_now(),
            engine=engine.name,
            models=[_health(model, _of(model, engine.models, latest)) for model in engine.models],
            rate_limits=rate_limits,
            live_workers=max((lane.live_workers for lane in lanes.values()), default=0),
            lanes=[
                LaneHealth(
                    lane=lane.name.lower(),
                    waiting=state.waiting,
                    scheduled=state.scheduled,
                    running=state.running,
                    failed=state.failed,
                    oldest_waiting_seconds=state.oldest_waiting_seconds,
                )
                for lane, state in lanes.items()
            ],
            storage=Storage(
                database_bytes=await self._rows.database_bytes(), files=files, file_bytes=file_bytes
            ),
            failed_chores=[
                Chore(name=run.name, started_at=run.started_at, fault=run.fault or "")
                for run in await self._rows.failed_chores()
            ],
        )


def _of(model: str, models: Sequence[str], latest: Sequence[tuple[str, str | None]]) -> Sequence[str | None]:
    """The faults of one model's calls; vendors report more than its name, such as the day of a release."""
    longer = tuple(other for other in models if other != model and other.startswith(model))
    return [fault for name, fault in latest if name.startswith(model) and not name.startswith(longer)]


def _health(model: str, faults: Sequence[str | None]) -> ModelHealth:
    failed = [fault for fault in faults if fault is not None]
    state = ModelState.OK if faults else ModelState.UNUSED
    if faults and all(faults[:FAILURES]):
        state = ModelState.FAILING
    return ModelHealth(
        model=model,
        state=state,
        calls=len(faults),
        failed=len(failed),
        last_fault=failed[0] if failed else None,
    )
