"""The workflow of a review by models, as a graph whose finished steps survive the process."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypedDict, cast

import msgspec
import structlog
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from resume_review.ai_agents.agents.asking import AgentOutcome, Asked, ask_agent, ask_summary
from resume_review.ai_agents.guardrails.folding import numbers_in
from resume_review.ai_agents.guardrails.plain_text import plain
from resume_review.ai_agents.interface import AnalysisRequest, ModelUse, Payer, StepListener, UsageSink
from resume_review.ai_agents.prompts.loader import from_state
from resume_review.ai_agents.prompts.model import AgentName, Locale, Prompt
from resume_review.ai_agents.prompts.source import PRODUCTION, PromptSource
from resume_review.ai_agents.providers.exchange import Attempt, ModelClient
from resume_review.ai_agents.providers.prices import PriceList
from resume_review.ai_agents.workflows.materials import AGENTS, Materials
from resume_review.ai_agents.workflows.merging import Answer, merge
from resume_review.rubric import Review

log = structlog.get_logger(__name__)

LONGEST_SUMMARY = 1_200


def _joined(old: dict[str, AgentOutcome] | None, new: dict[str, AgentOutcome]) -> dict[str, AgentOutcome]:
    """Outcomes of agents that worked at the same time."""
    return {**(old or {}), **new}


class State(TypedDict):
    """What is kept between steps: ids, prompts and agents' outcomes as plain data; no text of the resume."""

    prompts: dict[str, dict[str, Any]]
    outcomes: Annotated[dict[str, AgentOutcome], _joined]
    summary: str | None


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """What the steps of one review work with; made anew for every start, never kept."""

    request: AnalysisRequest
    materials: Materials
    review: Review
    client: ModelClient
    prompts: PromptSource
    usage: UsageSink
    prices: PriceList
    listener: StepListener
    summarise: bool

    @property
    def payer(self) -> Payer:
        """Who pays for the calls; shadows share an account, so that they use up nobody's day."""
        if self.request.shadow:
            return Payer(review=f"shadow:{self.request.review_id}", user="shadow")
        return Payer(review=self.request.review_id or "", user=self.request.user_id or "")


Graph = CompiledStateGraph[State, Workshop, State, State]
Update = dict[str, Any]


def build_graph(checkpointer: BaseCheckpointSaver[Any] | None) -> Graph:
    """Prepare, then both agents at once, then the summary; merging needs no model and is done outside."""
    # The library's own types are incomplete; what comes out is known.
    graph = cast("Any", StateGraph(State, context_schema=Workshop))
    graph.add_node("prepare", _prepare)
    graph.add_node("structure", _structure)
    graph.add_node("appeal", _appeal)
    graph.add_node("summarise", _summarise)
    graph.add_edge(START, "prepare")
    graph.add_edge("prepare", "structure")
    graph.add_edge("prepare", "appeal")
    graph.add_edge(["structure", "appeal"], "summarise")
    graph.add_edge("summarise", END)
    return cast("Graph", graph.compile(checkpointer=checkpointer))


def merged(state: State, workshop: Workshop) -> Review:
    """The review that the finished steps add up to."""
    variant = workshop.request.variant
    prompts = {AgentName(name): from_state(data) for name, data in state["prompts"].items()}
    answers = {
        # In one order, whoever answered first: the same answers make the same review.
        name: Answer(outcome=state["outcomes"][name.value], prompt=prompts[name])
        for name in AgentName
        if name.value in state["outcomes"]
    }
    review = merge(
        workshop.review,
        answers,
        workshop.request.document,
        arm=f"{variant.key}/{variant.arm}" if variant else None,
    )
    summary = state.get("summary")
    return msgspec.structs.replace(review, summary=summary) if summary else review


async def _prepare(state: State, runtime: Runtime[Workshop]) -> Update:
    """Choose the prompts once, so that a start after a crash asks with the same ones."""
    del state
    shop = runtime.context
    await shop.listener(shop.request, "prepare")
    label = shop.request.variant.label if shop.request.variant else PRODUCTION
    names = (*AGENTS, AgentName.SUMMARY) if shop.summarise else AGENTS
    locale = Locale(shop.request.language)
    chosen = {
        name.value: (
            await shop.prompts.get(name, industry=shop.request.industry, locale=locale, label=label)
        ).as_data()
        for name in names
    }
    return {"prompts": chosen}


async def _structure(state: State, runtime: Runtime[Workshop]) -> Update:
    return await _agent(AgentName.STRUCTURE, state, runtime.context)


async def _appeal(state: State, runtime: Runtime[Workshop]) -> Update:
    return await _agent(AgentName.APPEAL, state, runtime.context)


async def _agent(name: AgentName, state: State, shop: Workshop) -> Update:
    await shop.listener(shop.request, name.value)
    prompt = from_state(state["prompts"][name.value])
    call = shop.materials.call(prompt, shop.review)
    outcome, asked = await ask_agent(
        shop.client, call, shop.materials.resume, payer=shop.payer, cleaned=shop.materials.cleaned
    )
    await shop.usage.record(shop.request, _uses(prompt, asked, shop))
    return {"outcomes": {name.value: outcome}}


async def _summarise(state: State, runtime: Runtime[Workshop]) -> Update:
    """Words for the finished review, if they say nothing that it does not."""
    shop = runtime.context
    if not shop.summarise:
        return {}
    await shop.listener(shop.request, AgentName.SUMMARY.value)
    prompt = from_state(state["prompts"][AgentName.SUMMARY.value])
    partial = merged({**state, "summary": None}, shop)
    call = shop.materials.summary_call(prompt, partial)
    summary, outcome, asked = await ask_summary(shop.client, call, payer=shop.payer)
    await shop.usage.record(shop.request, _uses(prompt, asked, shop))
    words = shop.materials.redacted.restore(plain(summary, longest=LONGEST_SUMMARY)) if summary else ""
    if not numbers_in(words) <= numbers_in(call.user):
        words = ""
    return {"summary": words or None, "outcomes": {AgentName.SUMMARY.value: outcome}}


def _uses(prompt: Prompt, asked: Asked, shop: Workshop) -> Sequence[ModelUse]:
    variables = (
        {}
        if prompt.metadata.agent is AgentName.SUMMARY
        else shop.materials.trusted_values(prompt, shop.review)
    )
    uses: list[ModelUse] = []
    for exchange in asked.exchanges:
        *earlier, last = exchange.attempts
        uses += [_use(prompt, attempt, shop, variables, answer=None) for attempt in earlier]
        uses.append(_use(prompt, last, shop, variables, answer=exchange.text))
    uses += [_use(prompt, attempt, shop, variables, answer=None) for attempt in asked.failed]
    return uses


def _use(
    prompt: Prompt, attempt: Attempt, shop: Workshop, variables: dict[str, object], *, answer: str | None
) -> ModelUse:
    usage = attempt.usage
    return ModelUse(
        agent=attempt.agent,
        prompt_name=prompt.metadata.name,
        prompt_version=prompt.metadata.version,
        prompt_hash=prompt.content_hash,
        vendor=attempt.choice.vendor.value,
        model=attempt.model,
        variables=variables,
        answer=answer,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cached_input_tokens=usage.cached_input_tokens,
        cost_usd=shop.prices.cost(attempt.choice, usage),
        latency_ms=attempt.latency_ms,
        fault=attempt.fault,
        variant=shop.request.variant,
    )
