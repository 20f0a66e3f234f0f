"""Judging with models on top of the rubric; whatever fails, the rubric's review stands."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import structlog
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from msgspec.structs import replace

from resume_review.ai_agents.batching import Gathering
from resume_review.ai_agents.guardrails.redaction import RedactionOptions
from resume_review.ai_agents.interface import (
    AIAnalyzer,
    AnalysisRequest,
    ModelObserver,
    StepListener,
    UsageSink,
)
from resume_review.ai_agents.observing import Unobserved
from resume_review.ai_agents.prompts.loader import PromptError, PromptVariableError, from_state
from resume_review.ai_agents.prompts.source import PromptSource
from resume_review.ai_agents.providers.base import Call
from resume_review.ai_agents.providers.exchange import ModelClient
from resume_review.ai_agents.providers.prices import PriceList
from resume_review.ai_agents.workflows.graph import Graph, State, Workshop, build_graph, merged
from resume_review.ai_agents.workflows.materials import AGENTS, Materials
from resume_review.ai_agents.workflows.merging import degraded
from resume_review.rubric import Review, ReviewStatus, ReviewType

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class AgentSettings:
    """How agents work.

    Attributes:
        temperature: In place of the prompts' own; null keeps those.
        summarise: Ask a model for the summary too, for one more call a review.
    """

    temperature: float | None = None
    summarise: bool = False
    redaction: RedactionOptions = field(default_factory=RedactionOptions)


class ModelAnalyzer:
    """The rubric and two agents; both agents work at the same time."""

    def __init__(
        self,
        rubric: AIAnalyzer,
        clients: Mapping[str | None, ModelClient],
        *,
        prompts: PromptSource,
        usage: UsageSink,
        listener: StepListener,
        prices: PriceList,
        settings: AgentSettings,
        observer: ModelObserver | None = None,
        checkpointer: BaseCheckpointSaver[Any] | None = None,
        gathering: Gathering | None = None,
    ) -> None:
        """`clients` holds the configured chain under null, and the models that variants may name under theirs.

        `gathering` takes the questions that may go with a batch, which wants a `checkpointer`.
        """
        self._rubric = rubric
        self._clients = clients
        self._prompts = prompts
        self._usage = usage
        self._listener = listener
        self._prices = prices
        self._settings = settings
        self._observer = observer or Unobserved()
        self._checkpointer = checkpointer
        self._gathering = gathering
        self._graph: Graph = build_graph(checkpointer)
        # A graph with a checkpointer runs under no name but a thread's.
        self._forgetful: Graph = build_graph(None) if checkpointer else self._graph

    @property
    def name(self) -> str:
        """See `AIAnalyzer.name`."""
        return "rubric+llm"

    async def analyze(self, request: AnalysisRequest) -> Review:
        """See `AIAnalyzer.analyze`; never raises for a model's sake.

        Raises:
            PausedAnalysisError: The questions went with a batch, or are waiting for one.
        """
        review = await self._rubric.analyze(request)
        variant = request.variant
        wanted = request.review_type is ReviewType.COMPREHENSIVE
        if review.status is not ReviewStatus.COMPLETED or not wanted:
            return review
        arm = f"{variant.key}/{variant.arm}" if variant else None
        if variant and variant.rubric_only:
            return replace(review, receipt=replace(review.receipt, arm=arm))
        client = self._clients.get(variant.model if variant else None)
        if client is None:
            return degraded(review, "The model of this variant is not configured.", arm=arm)
        try:
            return await self._with_models(request, review, client)
        except (PromptError, PromptVariableError) as error:
            log.warning("prompt_unusable", fault=str(error))
            return degraded(review, "A prompt cannot be used.", arm=arm)

    async def calls(self, request: AnalysisRequest) -> Mapping[str, Call]:
        """What the agents of a paused analysis ask, with the prompts that it was paused with; none without those."""
        if self._checkpointer is None:
            return {}
        kept = await self._graph.aget_state({"configurable": {"thread_id": request.review_id}})
        prompts: dict[str, Any] = (kept.values or {}).get("prompts") or {}
        if not prompts:
            return {}
        review = await self._rubric.analyze(request)
        materials = await self._materials(request)
        return {name.value: materials.call(from_state(prompts[name.value]), review) for name in AGENTS}

    async def _materials(self, request: AnalysisRequest) -> Materials:
        return await asyncio.to_thread(
            Materials.of, request, options=self._settings.redaction, temperature=self._settings.temperature
        )

    async def _with_models(self, request: AnalysisRequest, review: Review, client: ModelClient) -> Review:
        materials = await self._materials(request)
        pauses = request.gathered and not request.shadow and self._checkpointer is not None
        shop = Workshop(
            request=request,
            materials=materials,
            review=review,
            client=client,
            prompts=self._prompts,
            usage=self._usage,
            prices=self._prices,
            observer=self._observer,
            listener=NoListener() if request.shadow else self._listener,
            summarise=self._settings.summarise,
            gathering=self._gathering if pauses else None,
        )
        return merged(await self._run(request, shop), shop)

    async def _run(self, request: AnalysisRequest, shop: Workshop) -> State:
        """All steps; those that an earlier start finished and paid for are not done again."""
        start: State | None = {"prompts": {}, "outcomes": {}, "summary": None}
        config: RunnableConfig = {}
        # A shadow has the id of its review, whose steps are not its own.
        resumable = self._checkpointer is not None and request.review_id is not None and not request.shadow
        if resumable:
            config = {"configurable": {"thread_id": request.review_id}}
            kept = await self._graph.aget_state(config)
            if kept.values and kept.next:
                start = None
            elif kept.values:
                return cast("State", kept.values)
        durability = "sync" if resumable else None
        graph = cast("Any", self._graph if resumable else self._forgetful)
        state = await graph.ainvoke(start, config, context=shop, durability=durability)
        return cast("State", state)


class NoUsage:
    """Keeps no usage: for the command line."""

    async def record(self, request: AnalysisRequest, uses: object) -> None:
        """See `UsageSink.record`."""


class NoListener:
    """Hears nothing."""

    async def __call__(self, request: AnalysisRequest, step: str) -> None:
        """See `StepListener`."""
