"""One question to whichever model can answer it: patience, repair, another model, never more than may be spent."""

import asyncio
import json
import random
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import structlog
from pydantic import BaseModel, ValidationError

from resume_review.ai_agents.interface import (
    CallFacts,
    CallOutcome,
    ModelObserver,
    Pacer,
    Payer,
    SpendLedger,
    Totals,
)
from resume_review.ai_agents.observing import Unobserved
from resume_review.ai_agents.providers.base import (
    BudgetError,
    Call,
    Completion,
    Finish,
    LLMProvider,
    MalformedError,
    ModelChoice,
    OverloadedError,
    ProviderError,
    RateLimitedError,
    RefusedError,
    Spent,
    TimedOutError,
    UnreachableError,
    Usage,
    WrongModelError,
)
from resume_review.ai_agents.providers.breaker import CircuitBreaker
from resume_review.ai_agents.providers.ledger import estimated_tokens, reserve_budget
from resume_review.ai_agents.providers.policy import Policy, RetryPolicy
from resume_review.ai_agents.providers.prices import PriceList

log = structlog.get_logger(__name__)

_FENCED = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)
_LARGER = 2


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One call as usage history tells it; `fault` is the failure's class name, null when it went well.

    One that was `batched` was paid for and written down when its batch was collected.
    """

    agent: str
    choice: ModelChoice
    model: str
    usage: Usage
    latency_ms: int
    fault: str | None
    batched: bool = False


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A checked answer and all it took to get it."""

    report: BaseModel
    text: str
    spent: Spent
    attempts: tuple[Attempt, ...]
    repaired: bool


class ExchangeError(ProviderError):
    """No model of the chain gave a usable answer; `last` is why, `attempts` what was tried."""

    def __init__(self, last: ProviderError, attempts: Sequence[Attempt]) -> None:
        super().__init__(str(last))
        self.last = last
        self.attempts = tuple(attempts)


class ModelClient:
    """Asks the models of a chain in their order."""

    def __init__(
        self,
        chain: Sequence[LLMProvider],
        *,
        policy: Policy,
        ledger: SpendLedger,
        pacer: Pacer,
        prices: PriceList,
        breakers: Mapping[ModelChoice, CircuitBreaker] | None = None,
        observer: ModelObserver | None = None,
    ) -> None:
        """Breakers live as long as the client; hand them in to share them between clients."""
        self._chain = tuple(chain)
        self._policy = policy
        self._ledger = ledger
        self._pacer = pacer
        self._prices = prices
        self._observer = observer or Unobserved()
        self._breakers = dict(breakers or {provider.choice: CircuitBreaker() for provider in chain})

    @property
    def first(self) -> ModelChoice:
        """The model that is asked before any other."""
        return self._chain[0].choice

    def spent_on(self, completion: Completion, attempts: Sequence[Attempt]) -> Spent:
        """What attempts at the first model took together."""
        return spent_on(self.first, completion, attempts, prices=self._prices)

    async def ask(self, call: Call, *, payer: Payer, earlier: Sequence[Attempt] = ()) -> Exchange:
        """The first usable answer within the deadline; `earlier` attempts count among its own.

        Raises:
            ExchangeError: There is none; nothing more is tried after a budget's ceiling.
        """
        attempts: list[Attempt] = list(earlier)
        last: ProviderError = UnreachableError("No model is configured.")
        ends = time.monotonic() + self._policy.deadline_s
        for provider in self._chain:
            breaker = self._breakers[provider.choice]
            if not breaker.lets_through:
                last = UnreachableError(f"{provider.choice} failed several times; it is asked again shortly.")
                continue
            try:
                async with asyncio.timeout(max(0.0, ends - time.monotonic())):
                    return await self._ask_one(provider, call, payer, attempts, ends)
            except BudgetError as error:
                raise ExchangeError(error, attempts) from None
            except TimeoutError:
                breaker.record(success=False)
                last = TimedOutError(f"No answer within {self._policy.deadline_s:g} seconds.")
            except ProviderError as error:
                last = error
            log.warning(
                "model_gave_no_answer",
                agent=call.agent,
                model=str(provider.choice),
                fault=type(last).__name__,
            )
        raise ExchangeError(last, attempts)

    async def close(self) -> None:
        """Give back the connections of all models."""
        for provider in self._chain:
            await provider.close()

    async def _ask_one(
        self, provider: LLMProvider, call: Call, payer: Payer, attempts: list[Attempt], ends: float
    ) -> Exchange:
        completion = await self._patiently(provider, call, payer, attempts, ends)
        repaired = False
        try:
            report = read_report(completion, call.schema)
        except MalformedError as fault:
            repaired = True
            second = repair_call(call, completion, fault)
            completion = await self._patiently(provider, second, payer, attempts, ends)
            report = read_report(completion, call.schema)
        return Exchange(
            report=report,
            text=completion.text,
            spent=spent_on(provider.choice, completion, attempts, prices=self._prices),
            attempts=tuple(attempts),
            repaired=repaired,
        )

    async def _patiently(
        self, provider: LLMProvider, call: Call, payer: Payer, attempts: list[Attempt], ends: float
    ) -> Completion:
        retry = self._policy.retry
        for number in range(1, retry.attempts + 1):
            try:
                return await self._once(provider, call, payer, attempts, ends)
            except (RateLimitedError, TimedOutError, UnreachableError) as error:
                pause = _pause(error, number, retry)
                if number == retry.attempts or pause is None or time.monotonic() + pause >= ends:
                    raise
            await asyncio.sleep(pause)
        raise AssertionError

    async def _once(
        self, provider: LLMProvider, call: Call, payer: Payer, attempts: list[Attempt], ends: float
    ) -> Completion:
        choice = provider.choice
        estimate = Usage(
            input_tokens=estimated_tokens(call.system, call.user), output_tokens=call.max_output_tokens
        )
        reserved = self._totals(choice, estimate)
        started = time.perf_counter()
        breaker = self._breakers[choice]
        try:
            async with self._pacer.slot(str(choice), tokens=reserved.tokens):
                await reserve_budget(self._ledger, self._policy.budget, payer, reserved)
                completion = await self._paid(provider, call, payer, reserved, ends)
        except BudgetError:
            raise
        except ProviderError as error:
            breaker.record(success=not isinstance(error, (OverloadedError, TimedOutError, UnreachableError)))
            attempts.append(_failed(call, choice, error, started))
            raise
        except asyncio.CancelledError:
            attempts.append(_failed(call, choice, TimedOutError("Cancelled."), started))
            raise
        breaker.record(success=True)
        return noted(call, choice, completion, attempts)

    async def _paid(
        self, provider: LLMProvider, call: Call, payer: Payer, reserved: Totals, ends: float
    ) -> Completion:
        """One call; what was reserved and not used is given back, however it ends."""
        spent = Totals()
        try:
            left = max(0.1, ends - time.monotonic())
            with self._observer.call(_facts(call, provider.choice)) as watch:
                completion = await provider.complete(replace(call, timeout_s=min(call.timeout_s, left)))
                watch.answered(self._outcome(provider.choice, completion))
            spent = self._totals(provider.choice, completion.usage)
        finally:
            await asyncio.shield(self._ledger.record(payer, spent - reserved))
        return completion

    def _outcome(self, choice: ModelChoice, completion: Completion) -> CallOutcome:
        usage, fault = completion.usage, _not_what_was_asked(choice, completion)
        return CallOutcome(
            model=completion.model,
            finish=completion.finish.value,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cached_input_tokens=usage.cached_input_tokens,
            cost_usd=self._prices.cost(choice, usage),
            fault=type(fault).__name__ if fault else None,
        )

    def _totals(self, choice: ModelChoice, usage: Usage) -> Totals:
        """What counts against budgets; a call without a known price counts its tokens alone."""
        cost = self._prices.cost(choice, usage)
        return Totals(tokens=usage.input_tokens + usage.output_tokens, usd=cost or Decimal(0))


def spent_on(
    choice: ModelChoice, completion: Completion, attempts: Sequence[Attempt], *, prices: PriceList
) -> Spent:
    """What all attempts took together."""
    costs = [
        prices.cost(attempt.choice, attempt.usage, batched=attempt.batched)
        for attempt in attempts
        if attempt.usage != Usage()
    ]
    known = [cost for cost in costs if cost is not None]
    return Spent(
        vendor=choice.vendor,
        model=completion.model or choice.model,
        usage=sum((attempt.usage for attempt in attempts), Usage()),
        cost_usd=sum(known, start=known[0] * 0) if known and len(known) == len(costs) else None,
        calls=len(attempts),
        latency_ms=sum(attempt.latency_ms for attempt in attempts),
    )


def read_report(completion: Completion, schema: type[BaseModel]) -> BaseModel:
    """The answer in its shape.

    Raises:
        RefusedError: The model declined.
        MalformedError: Cut, empty, no JSON, or of another shape; the message names the place, never the value.
    """
    if completion.finish is Finish.REFUSED:
        raise RefusedError("The model declines to answer.")
    if completion.finish is Finish.TRUNCATED:
        raise MalformedError("The answer is cut: it is longer than the limit of output tokens.")
    text = completion.text.strip()
    if not text:
        raise MalformedError("The answer is empty.")
    if found := _FENCED.match(text):
        text = found.group(1)
    try:
        return schema.model_validate(json.loads(text))
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part) for part in fault["loc"]) or "the object"
        raise MalformedError(f"{place}: {fault['msg']}.") from None
    except ValueError:
        reason = (
            "The answer was cut off." if completion.finish is Finish.UNKNOWN else "The answer is no JSON."
        )
        raise MalformedError(reason) from None


def repair_call(call: Call, completion: Completion, fault: MalformedError) -> Call:
    """The same question with what was wrong with the first answer, and more room when it was cut."""
    cut = completion.finish is Finish.TRUNCATED
    note = (
        f"\n\nYour last answer could not be used. {fault} Answer again, completely and in the agreed shape."
    )
    return replace(
        call,
        user=call.user + note,
        max_output_tokens=call.max_output_tokens * (_LARGER if cut else 1),
    )


def _pause(error: ProviderError, number: int, retry: RetryPolicy) -> float | None:
    """Seconds to wait before the next attempt; null when it is not worth it."""
    wanted = error.retry_after if isinstance(error, RateLimitedError) else None
    if wanted is not None and wanted > retry.longest_wait_s:
        return None
    backoff = retry.base_s * 2 ** (number - 1)
    jittered = backoff * (0.5 + random.random() / 2)  # noqa: S311 - spreads retries, hides nothing
    return max(jittered, wanted or 0.0)


def _facts(call: Call, choice: ModelChoice) -> CallFacts:
    return CallFacts(
        agent=call.agent,
        vendor=choice.vendor.value,
        model=choice.model,
        base_url=choice.base_url,
        temperature=call.temperature,
        max_output_tokens=call.max_output_tokens,
    )


def noted(
    call: Call, choice: ModelChoice, completion: Completion, attempts: list[Attempt], *, batched: bool = False
) -> Completion:
    """The answer, written down among the attempts.

    Raises:
        WrongModelError: Another model gave it.
    """
    fault = _not_what_was_asked(choice, completion)
    attempts.append(
        Attempt(
            agent=call.agent,
            choice=choice,
            model=completion.model,
            usage=completion.usage,
            latency_ms=completion.latency_ms,
            fault=type(fault).__name__ if fault else None,
            batched=batched,
        )
    )
    if fault:
        raise fault
    return completion


def _failed(call: Call, choice: ModelChoice, error: ProviderError, started: float) -> Attempt:
    return Attempt(
        agent=call.agent,
        choice=choice,
        model=choice.model,
        usage=Usage(),
        latency_ms=round((time.perf_counter() - started) * 1000),
        fault=type(error).__name__,
    )


def _not_what_was_asked(choice: ModelChoice, completion: Completion) -> ProviderError | None:
    """Vendors answer with dated names of the model asked for; anything else is another model."""
    asked, answered = _bare(choice.model), _bare(completion.model)
    if answered and asked not in answered and answered not in asked:
        return WrongModelError(f"{choice} was asked, another model answered.")
    return None


def _bare(model: str) -> str:
    return model.rpartition("/")[2].lower()
