"""What models do, as metrics and spans by OpenTelemetry's conventions for generative AI: no text of anybody's."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from resume_review.ai_agents.interface import CallFacts, CallOutcome
from resume_review.infrastructure.monitoring import metrics
from resume_review.infrastructure.monitoring.tracing import Kind, Span, Tracing, Value

LONGEST_NAME = 100
_PROVIDERS = {"google": "gcp.gemini"}
"""Where the conventions' name differs from ours."""


class ObservedModels:
    """See `ModelObserver`."""

    def __init__(self, tracing: Tracing) -> None:
        self._tracing = tracing

    @contextmanager
    def step(self, name: str) -> Generator[None]:
        """See `ModelObserver.step`."""
        with self._tracing.span(f"step {name}", attributes={"resume_review.step": name}):
            yield

    @contextmanager
    def call(self, facts: CallFacts) -> Generator["_Watched"]:
        """See `ModelObserver.call`."""
        started = time.perf_counter()
        with self._tracing.span(f"chat {facts.model}", kind=Kind.CLIENT, attributes=_asked(facts)) as span:
            watched = _Watched(facts, span)
            try:
                yield watched
            except BaseException as error:
                watched.outcome = type(error).__name__
                raise
            finally:
                metrics.MODEL_CALLS.labels(facts.vendor, facts.model, watched.outcome).inc()
                metrics.MODEL_SECONDS.labels(facts.vendor, facts.model).observe(time.perf_counter() - started)

    def quotes(self, agent: str, *, verified: int, dropped: int) -> None:
        """See `ModelObserver.quotes`."""
        metrics.QUOTES.labels(agent, "verified").inc(verified)
        metrics.QUOTES.labels(agent, "dropped").inc(dropped)


@dataclass
class _Watched:
    facts: CallFacts
    span: Span
    outcome: str = "ok"

    def answered(self, outcome: CallOutcome) -> None:
        """See `CallWatch.answered`."""
        vendor, model = self.facts.vendor, self.facts.model
        cached = outcome.cached_input_tokens
        for kind, tokens in (
            ("input", outcome.input_tokens - cached),
            ("cached", cached),
            ("output", outcome.output_tokens),
        ):
            metrics.MODEL_TOKENS.labels(vendor, model, kind).inc(max(0, tokens))
        if outcome.cost_usd is not None:
            metrics.MODEL_COST.labels(vendor, model).inc(float(outcome.cost_usd))
        else:
            metrics.MODEL_UNPRICED.labels(vendor, model).inc()
        self.span.note(
            {
                "gen_ai.response.model": outcome.model[:LONGEST_NAME],
                "gen_ai.response.finish_reasons": (outcome.finish,),
                "gen_ai.usage.input_tokens": outcome.input_tokens,
                "gen_ai.usage.output_tokens": outcome.output_tokens,
                "gen_ai.usage.cache_read.input_tokens": cached,
            }
        )
        if outcome.fault is not None:
            self.outcome = outcome.fault
            self.span.failed(outcome.fault)


def _asked(facts: CallFacts) -> dict[str, Value]:
    about: dict[str, Value] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": _PROVIDERS.get(facts.vendor, facts.vendor),
        "gen_ai.request.model": facts.model,
        "gen_ai.request.max_tokens": facts.max_output_tokens,
        "gen_ai.agent.name": facts.agent,
        "gen_ai.output.type": "json",
    }
    if facts.temperature is not None:
        about["gen_ai.request.temperature"] = facts.temperature
    # The host alone: an address may hold a password.
    if facts.base_url and (host := urlsplit(facts.base_url).hostname):
        about["server.address"] = host
    return about
