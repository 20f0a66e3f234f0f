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
KEEP_PROMPT_TRIALS = timedelta(days=14)
KEEP_SPENDING = timedelta(days=400)
"""A year and the month in which it is looked at."""
KEEP_OUTCOMES = timedelta(days=180)


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
        MaintenanceTask("prompt_trials.purge", timedelta(hours=1), in_transaction(_old_prompt_trials)),
        MaintenanceTask("model_spend.purge", timedelta(hours=24), in_transaction(_old_spending)),
        MaintenanceTask("experiments.purge", timedelta(hours=24), in_transaction(_old_outcomes)),
    ]


async def _old_jobs(session: AsyncSession) -> None:
    await PurgeRepository(session).jobs(failed_for=KEEP_FAILED_JOBS, stopped_for=KEEP_STOPPED_JOBS)


async def _expired_sign_ins(session: AsyncSession) -> None:
    await PurgeRepository(session).expired_sign_ins(utc_now() - KEEP_EXPIRED_SIGN_INS)


async def _old_prompt_trials(session: AsyncSession) -> None:
    await PurgeRepository(session).prompt_trials(utc_now() - KEEP_PROMPT_TRIALS)


async def _old_spending(session: AsyncSession) -> None:
    await PurgeRepository(session).spending(utc_now() - KEEP_SPENDING)


async def _old_outcomes(session: AsyncSession) -> None:
    await PurgeRepository(session).outcomes(utc_now() - KEEP_OUTCOMES)
