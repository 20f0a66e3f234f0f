"""The database's side of the ports through which models are used."""

import asyncio
import random
import uuid
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import AnalysisRequest, ModelUse, Payer, Spending, Totals
from resume_review.core.clock import utc_now
from resume_review.core.errors import RateLimitedError
from resume_review.core.ids import new_id
from resume_review.database.enums import UsagePurpose
from resume_review.database.models import PromptUsage
from resume_review.features.model_usage.repository import UsageRepository
from resume_review.infrastructure.rate_limit import Limit, RateLimiter
from resume_review.infrastructure.transactions import Transactions

EVERYONE = "all"
LONGEST_TURN_S = 180.0
"""A turn whose holder died is free again after this; no single call may take longer."""

LONGEST_NAME = 100
LATELY = timedelta(minutes=5)
SEVERAL = 5
MANY = 1_000

_ASK_AGAIN_S = 0.05


class DatabaseLedger:
    """Spending by review, user and day (UTC), shared by all workers."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def spent(self, payer: Payer) -> Spending:
        """See `SpendLedger.spent`."""
        async with self._transactions.transaction() as session:
            return await _spent(UsageRepository(session), payer)

    async def reserve(self, payer: Payer, amount: Totals, check: Callable[[Spending], None]) -> None:
        """See `SpendLedger.reserve`."""
        async with self._transactions.transaction() as session:
            await reserve_in(session, payer, amount, check)

    async def record(self, payer: Payer, spent: Totals) -> None:
        """See `SpendLedger.record`."""
        async with self._transactions.transaction() as session:
            await record_in(session, payer, spent)


class UsageRecorder:
    """Every call as a row of the usage history, written before the review goes on."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def record(self, request: AnalysisRequest, uses: Sequence[ModelUse]) -> None:
        """See `UsageSink.record`."""
        review_id = uuid.UUID(request.review_id) if request.review_id else None
        async with self._transactions.transaction() as session:
            await UsageRepository(session).add_usage([_row(review_id, use) for use in uses])


async def latest_calls(session: AsyncSession) -> Sequence[tuple[str, str | None]]:
    """The calls of all workers in the last minutes, newest first: `vendor:model` as reported, and the fault if any."""
    return await UsageRepository(session).latest(since=utc_now() - LATELY, most=MANY)


async def reserve_in(
    session: AsyncSession, payer: Payer, amount: Totals, check: Callable[[Spending], None]
) -> None:
    """See `SpendLedger.reserve`; it happens once the open transaction commits, and nobody reserves until then."""
    rows = UsageRepository(session)
    await rows.one_at_a_time()
    check(await _spent(rows, payer))
    await _add(rows, payer, amount)


async def record_in(session: AsyncSession, payer: Payer, spent: Totals) -> None:
    """See `SpendLedger.record`; it happens once the open transaction commits."""
    await _add(UsageRepository(session), payer, spent)


async def add_use(session: AsyncSession, review_id: uuid.UUID, use: ModelUse) -> uuid.UUID:
    """Write one call down in the open transaction; the id of its row."""
    row = _row(review_id, use)
    await UsageRepository(session).add_usage([row])
    return row.id


async def failing_models(session: AsyncSession) -> Mapping[str, str]:
    """The models that all workers asked last and the fault of each, when none of the latest calls went well."""
    latest = await UsageRepository(session).latest(since=utc_now() - LATELY, most=SEVERAL)
    faults = {model: fault for model, fault in reversed(latest) if fault is not None}
    return faults if len(latest) == SEVERAL and all(fault for _, fault in latest) else {}


class SharedPacer:
    """So many calls at once and so many requests and tokens a minute, over all workers."""

    def __init__(
        self,
        transactions: Transactions,
        limiter: RateLimiter,
        *,
        at_once: int,
        requests_per_minute: int | None,
        tokens_per_minute: int | None,
    ) -> None:
        self._transactions = transactions
        self._limiter = limiter
        self._at_once = at_once
        self._requests = Limit("model_requests", requests_per_minute, 60) if requests_per_minute else None
        self._tokens = (
            Limit("model_kilotokens", max(1, tokens_per_minute // 1000), 60) if tokens_per_minute else None
        )

    @asynccontextmanager
    async def slot(self, model: str, *, tokens: int) -> AsyncGenerator[None]:
        """See `Pacer.slot`."""
        holder = new_id()
        await self._wait_for(self._requests, model, 1)
        await self._wait_for(self._tokens, model, -(-tokens // 1000))
        while True:
            if await self._take(model, holder):
                break
            await asyncio.sleep(_ASK_AGAIN_S * (1 + random.random()))  # noqa: S311 - spreads those who wait
        try:
            yield
        finally:
            await asyncio.shield(self._end(model, holder))

    async def _wait_for(self, limit: Limit | None, model: str, times: int) -> None:
        for _ in range(times if limit else 0):
            while limit:
                try:
                    await self._limiter.take(limit, model)
                except RateLimitedError as refusal:
                    await asyncio.sleep(min(refusal.retry_after or 1, 1))
                else:
                    break

    async def _take(self, model: str, holder: uuid.UUID) -> bool:
        async with self._transactions.transaction() as session:
            return await UsageRepository(session).take_turn(
                model, turns=self._at_once, holder=holder, seconds=LONGEST_TURN_S
            )

    async def _end(self, model: str, holder: uuid.UUID) -> None:
        async with self._transactions.transaction() as session:
            await UsageRepository(session).end_turn(model, holder=holder)


async def _spent(rows: UsageRepository, payer: Payer) -> Spending:
    today = utc_now().date()
    found = [
        await rows.spent(f"review:{payer.review}", day=None),
        await rows.spent(f"user:{payer.user}", day=today),
        await rows.spent(EVERYONE, day=today),
    ]
    review, user, everyone = (Totals(tokens=tokens, usd=usd) for tokens, usd in found)
    return review, user, everyone


async def _add(rows: UsageRepository, payer: Payer, amount: Totals) -> None:
    payers = [f"review:{payer.review}", f"user:{payer.user}", EVERYONE]
    await rows.add_spending(payers, day=utc_now().date(), tokens=amount.tokens, usd=amount.usd)


def _row(review_id: uuid.UUID | None, use: ModelUse) -> PromptUsage:
    return PromptUsage(
        agent_name=use.agent,
        prompt_name=use.prompt_name,
        prompt_version=use.prompt_version,
        content_hash=use.prompt_hash,
        review_request_id=review_id,
        variables_used=dict(use.variables),
        agent_response=use.answer,
        provider=use.vendor,
        model=use.model[:LONGEST_NAME],
        input_tokens=use.input_tokens,
        output_tokens=use.output_tokens,
        cached_input_tokens=use.cached_input_tokens,
        tokens_used=use.input_tokens + use.output_tokens,
        cost_usd=None if use.cost_usd is None else round(Decimal(use.cost_usd), 6),
        latency_ms=use.latency_ms,
        error_code=use.fault,
        experiment_key=use.variant.key if use.variant else None,
        arm=use.variant.arm if use.variant else None,
        purpose=UsagePurpose(use.purpose),
    )
