"""The chores of the platform as a worker registers them."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.features.maintenance.repository import PurgeRepository
from resume_review.infrastructure.cache import Cache
from resume_review.infrastructure.idempotency import purge_keys
from resume_review.infrastructure.maintenance import MaintenanceTask
from resume_review.infrastructure.rate_limit import RateLimiter
from resume_review.infrastructure.transactions import Transactions

KEEP_EXPIRED_SIGN_INS = timedelta(days=30)
KEEP_FAILED_JOBS = timedelta(days=30)
KEEP_STOPPED_JOBS = timedelta(days=1)


def chores(transactions: Transactions, *, rate_limiter: RateLimiter, cache: Cache) -> list[MaintenanceTask]:
    """Everything that is deleted because its time is over."""

    def in_transaction(purge: Callable[[AsyncSession], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            async with transactions.transaction() as session:
                await purge(session)

        return run

    return [
        MaintenanceTask("rate_limits.purge", timedelta(minutes=10), rate_limiter.purge),
        MaintenanceTask("cache.purge", timedelta(minutes=10), cache.purge),
        MaintenanceTask("idempotency_keys.purge", timedelta(hours=1), in_transaction(purge_keys)),
        MaintenanceTask("jobs.purge", timedelta(hours=1), in_transaction(_old_jobs)),
        MaintenanceTask("sign_ins.purge", timedelta(hours=24), in_transaction(_expired_sign_ins)),
    ]


async def _old_jobs(session: AsyncSession) -> None:
    await PurgeRepository(session).jobs(failed_for=KEEP_FAILED_JOBS, stopped_for=KEEP_STOPPED_JOBS)


async def _expired_sign_ins(session: AsyncSession) -> None:
    await PurgeRepository(session).expired_sign_ins(utc_now() - KEEP_EXPIRED_SIGN_INS)
