"""The workflow of a review by models, as a graph whose finished steps survive the process."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypedDict, cast

import msgspec
import structlog
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from resume_review.ai_agents.agents.asking import AgentOutcome, Asked, ask_agent, ask_summary
from resume_review.ai_agents.batching import Gathering, Standing, ToAsk
from resume_review.ai_agents.interface import (
    AnalysisRequest,
    ModelObserver,
    ModelUse,
    PausedAnalysisError,
    Payer,
    Purpose,
    StepListener,
    UsageSink,
)
from resume_review.ai_agents.prompts.loader import from_state
from resume_review.ai_agents.prompts.model import AgentName, Locale, Prompt
from resume_review.ai_agents.prompts.source import PRODUCTION, PromptSource
from resume_review.ai_agents.providers.base import Completion, Finish, Usage
from resume_review.ai_agents.providers.exchange import ModelClient
from resume_review.ai_agents.providers.prices import PriceList
from resume_review.ai_agents.workflows.materials import AGENTS, Materials
from resume_review.ai_agents.workflows.merging import Answer, merge
from resume_review.ai_agents.workflows.uses import Uses
from resume_review.rubric import Review

log = structlog.get_logger(__name__)

BATCH_STEP = "batch"


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
    observer: ModelObserver
    listener: StepListener
    summarise: bool
    gathering: Gathering | None

    @property
    def payer(self) -> Payer:
        """Who pays for the calls; shadows share an account, so that they use up nobody's day."""
        if self.request.shadow:
            return Payer(review=f"shadow:{self.request.review_id}", user="shadow")
        return Payer(review=self.request.review_id or "", user=self.request.user_id or "")


Graph = CompiledStateGraph[State, Workshop, State, State]
Update = dict[str, Any]
Step = Callable[[State, Runtime[Workshop]], Awaitable[Update]]


def build_graph(checkpointer: BaseCheckpointSaver[Any] | None) -> Graph:
    """Prepare, then both agents at once, then the summary; merging needs no model and is done outside.

    Where questions go with a vendor's batch the graph stops after the preparation, and goes on with the answers.
    """
    # The library's own types are incomplete; what comes out is known.
    graph = cast("Any", StateGraph(State, context_schema=Workshop))
    graph.add_node("prepare", _observed("prepare", _prepare))
    # Not observed: to stop there is no fault.
    graph.add_node("gather", _gather)
    graph.add_node("structure", _observed("structure", _structure))
    graph.add_node("appeal", _observed("appeal", _appeal))
    graph.add_node("summarise", _observed("summarise", _summarise))
    graph.add_edge(START, "prepare")
    graph.add_edge("prepare", "gather")
    graph.add_edge("gather", "structure")
    graph.add_edge("gather", "appeal")
    graph.add_edge(["structure", "appeal"], "summarise")
    graph.add_edge("summarise", END)
    return cast("Graph", graph.compile(checkpointer=checkpointer))


def _observed(name: str, step: Step) -> Step:
    async def run(state: State, runtime: Runtime[Workshop]) -> Update:
        with runtime.context.observer.step(name):
            return await step(state, runtime)

    return run


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
        industry=workshop.materials.pack.label(workshop.request.language),
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
        ).as_data(examples=False)
        for name in names
    }
    return {"prompts": chosen}


async def _gather(state: State, runtime: Runtime[Workshop]) -> Update:
    """Hand the questions in with those of other reviews, and stop until their answers have come."""
    shop = runtime.context
    if shop.gathering is None:
        return {}
    review_id = shop.payer.review
    standing = await shop.gathering.standing(review_id)
    if standing is Standing.SETTLED:
        return {}
    await shop.listener(shop.request, BATCH_STEP)
    if standing is Standing.NOT_ASKED:
        prompts = {name: from_state(state["prompts"][name.value]) for name in AGENTS}
        await shop.gathering.ask(review_id, [_to_ask(name, prompt, shop) for name, prompt in prompts.items()])
    raise PausedAnalysisError("The analysis waits for the vendor's batch.")


def _to_ask(name: AgentName, prompt: Prompt, shop: Workshop) -> ToAsk:
    return ToAsk(
        agent=name.value,
        model=str(shop.client.first),
        prompt_name=prompt.metadata.name,
        prompt_version=prompt.metadata.version,
        prompt_hash=prompt.content_hash,
        variables=shop.materials.trusted_values(prompt, shop.review),
    )


async def _early(name: AgentName, prompt: Prompt, shop: Workshop) -> Completion | None:
    """The agent's answer out of a batch."""
    if shop.gathering is None:
        return None
    answer = await shop.gathering.answer(shop.payer.review, _to_ask(name, prompt, shop))
    if answer is None:
        return None
    usage = Usage(
        input_tokens=answer.input_tokens,
        output_tokens=answer.output_tokens,
        cached_input_tokens=answer.cached_input_tokens,
    )
    return Completion(
        text=answer.text,
        finish=Finish(answer.finish),
        model=answer.model,
        usage=usage,
        latency_ms=answer.latency_ms,
    )


async def _structure(state: State, runtime: Runtime[Workshop]) -> Update:
    return await _agent(AgentName.STRUCTURE, state, runtime.context)


async def _appeal(state: State, runtime: Runtime[Workshop]) -> Update:
    return await _agent(AgentName.APPEAL, state, runtime.context)


async def _agent(name: AgentName, state: State, shop: Workshop) -> Update:
    await shop.listener(shop.request, name.value)
    prompt = from_state(state["prompts"][name.value])
    call = shop.materials.call(prompt, shop.review)
    outcome, asked = await ask_agent(
        shop.client,
        call,
        shop.materials.resume,
        payer=shop.payer,
        cleaned=shop.materials.cleaned,
        early=await _early(name, prompt, shop),
    )
    await shop.usage.record(shop.request, _uses(prompt, asked, shop))
    for judged in asked.judged:
        shop.observer.quotes(
            name.value, verified=judged["quotes"] - judged["dropped"], dropped=judged["dropped"]
        )
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
    words = shop.materials.summary_words(summary, call)
    return {"summary": words, "outcomes": {AgentName.SUMMARY.value: outcome}}


def _uses(prompt: Prompt, asked: Asked, shop: Workshop) -> Sequence[ModelUse]:
    variables = (
        {}
        if prompt.metadata.agent is AgentName.SUMMARY
        else shop.materials.trusted_values(prompt, shop.review)
    )
    uses = Uses(
        prompt=prompt,
        prices=shop.prices,
        variables=variables,
        variant=shop.request.variant,
        purpose=Purpose.SHADOW if shop.request.shadow else Purpose.REVIEW,
    )
    return uses.of(asked.alone)
