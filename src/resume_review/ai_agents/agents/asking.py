"""An agent as a plain function: fill the prompt, ask, check the answer, ask once more when it cannot be believed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict, cast

from resume_review.ai_agents.agents.judging import Judgement, Resume, is_believable, judge
from resume_review.ai_agents.guardrails.fence import Fence
from resume_review.ai_agents.interface import Payer
from resume_review.ai_agents.prompts.loader import render
from resume_review.ai_agents.prompts.model import Prompt
from resume_review.ai_agents.providers.base import Call, Completion, MalformedError, ProviderError
from resume_review.ai_agents.providers.early import ask_after
from resume_review.ai_agents.providers.exchange import Attempt, Exchange, ExchangeError, ModelClient
from resume_review.ai_agents.reports import REPORTS, AppealReport, StructureReport, SummaryReport

_INVENTED = (
    "\n\nMore than a fifth of the quotes in your last answer do not stand in the resume. Copy every quote letter by "
    "letter, and leave out what you cannot quote."
)


class AgentOutcome(TypedDict):
    """What an agent came to, as JSON. `judgement` null: `fault` says why, and the rubric's part stands."""

    judgement: Judgement | None
    fault: str | None
    vendor: str | None
    model: str | None
    temperature: float | None
    input_tokens: int
    output_tokens: int
    cached_input_tokens: int
    cost_usd: str | None
    calls: int
    latency_ms: int
    repaired: bool
    cleaned: bool
    batched: bool


@dataclass
class Asked:
    """Everything that was sent and came back, for usage history; `judged` holds what could not be believed as well."""

    exchanges: list[Exchange] = field(default_factory=list)
    failed: list[Attempt] = field(default_factory=list)
    judged: list[Judgement] = field(default_factory=list)

    @property
    def alone(self) -> "Asked":
        """The same without what came in batches, which is written down when it is collected."""
        exchanges = [replace(exchange, attempts=_alone(exchange.attempts)) for exchange in self.exchanges]
        return Asked([one for one in exchanges if one.attempts], list(_alone(self.failed)), self.judged)


def prepare_call(prompt: Prompt, values: Mapping[str, object], *, temperature: float | None) -> Call:
    """The call that a prompt makes with these values, in a fence of its own.

    Raises:
        PromptVariableError: A value that the prompt cannot take.
    """
    system, user = render(prompt, values, fence=Fence())
    return Call(
        agent=prompt.metadata.agent.value,
        system=system,
        user=user,
        schema=REPORTS[prompt.metadata.output],
        temperature=prompt.model.temperature if temperature is None else temperature,
        max_output_tokens=prompt.model.max_output_tokens,
        timeout_s=float(prompt.model.timeout_s),
    )


async def ask_agent(
    client: ModelClient,
    call: Call,
    resume: Resume,
    *,
    payer: Payer,
    cleaned: bool = False,
    early: Completion | None = None,
) -> tuple[AgentOutcome, Asked]:
    """The agent's judgement of a resume; failures are told in the outcome, never raised.

    `cleaned` is kept in the outcome: the question leaves out lines that give orders to a machine. `early` is an
    answer that came in a batch.
    """
    asked = Asked()
    try:
        judgement, repaired = await _judgement(client, call, resume, payer, asked, early=early)
    except ProviderError as error:
        cause = error.last if isinstance(error, ExchangeError) else error
        if isinstance(error, ExchangeError):
            asked.failed += error.attempts
        outcome = _outcome(asked, call, judgement=None, fault=type(cause).__name__)
    else:
        outcome = _outcome(asked, call, judgement=judgement, fault=None)
        outcome["repaired"] = repaired
    outcome["cleaned"] = cleaned
    return outcome, asked


async def ask_summary(
    client: ModelClient, call: Call, *, payer: Payer
) -> tuple[str | None, AgentOutcome, Asked]:
    """The summary in the model's words, or null when there is none."""
    asked = Asked()
    try:
        exchange = await client.ask(call, payer=payer)
    except ExchangeError as error:
        asked.failed += error.attempts
        return None, _outcome(asked, call, judgement=None, fault=type(error.last).__name__), asked
    asked.exchanges.append(exchange)
    return (
        cast("SummaryReport", exchange.report).summary,
        _outcome(asked, call, judgement=None, fault=None),
        asked,
    )


async def _judgement(
    client: ModelClient, call: Call, resume: Resume, payer: Payer, asked: Asked, *, early: Completion | None
) -> tuple[Judgement, bool]:
    exchange = await (
        client.ask(call, payer=payer) if early is None else ask_after(early, client, call, payer)
    )
    asked.exchanges.append(exchange)
    judgement = judge(cast("StructureReport | AppealReport", exchange.report), resume)
    asked.judged.append(judgement)
    if is_believable(judgement):
        return judgement, exchange.repaired
    exchange = await client.ask(replace(call, user=call.user + _INVENTED), payer=payer)
    asked.exchanges.append(exchange)
    judgement = judge(cast("StructureReport | AppealReport", exchange.report), resume)
    asked.judged.append(judgement)
    if not is_believable(judgement):
        raise MalformedError("Too many quotes do not stand in the resume.")
    return judgement, True


def _alone(attempts: Sequence[Attempt]) -> tuple[Attempt, ...]:
    return tuple(attempt for attempt in attempts if not attempt.batched)


def _outcome(asked: Asked, call: Call, *, judgement: Judgement | None, fault: str | None) -> AgentOutcome:
    attempts = [attempt for exchange in asked.exchanges for attempt in exchange.attempts] + asked.failed
    costs = [exchange.spent.cost_usd for exchange in asked.exchanges]
    known = [cost for cost in costs if cost is not None]
    last = asked.exchanges[-1].spent if asked.exchanges else None
    result: dict[str, Any] = {
        "judgement": judgement,
        "fault": fault,
        "vendor": last.vendor.value if last else None,
        "model": last.model if last else None,
        "temperature": call.temperature,
        "input_tokens": sum(attempt.usage.input_tokens for attempt in attempts),
        "output_tokens": sum(attempt.usage.output_tokens for attempt in attempts),
        "cached_input_tokens": sum(attempt.usage.cached_input_tokens for attempt in attempts),
        "cost_usd": str(sum(known)) if known and len(known) == len(costs) else None,
        "calls": len(attempts),
        "latency_ms": sum(attempt.latency_ms for attempt in attempts),
        "repaired": False,
        "cleaned": False,
        "batched": any(attempt.batched for attempt in attempts),
    }
    return cast("AgentOutcome", result)
