"""Anthropic's messages."""

import time
from collections.abc import Collection
from typing import Any, cast

import anthropic

from resume_review.ai_agents.providers.base import (
    Call,
    Completion,
    Finish,
    MalformedError,
    ModelChoice,
    TimedOutError,
    UnreachableError,
    Usage,
    Vendor,
)
from resume_review.ai_agents.providers.refused_parameters import REJECTED, RefusedParameters
from resume_review.ai_agents.providers.schemas import schema_in_words, strict_schema
from resume_review.ai_agents.providers.vendor_faults import from_status

_FINISHES = {
    "end_turn": Finish.COMPLETE,
    "stop_sequence": Finish.COMPLETE,
    "max_tokens": Finish.TRUNCATED,
    "model_context_window_exceeded": Finish.TRUNCATED,
    "refusal": Finish.REFUSED,
}
SIGNS = {"temperature": ("temperature",), "output_config": ("output_config",)}
"""Parameters that a server may not know, each with the words of its refusals."""


class AnthropicProvider:
    """One model; what it does not know (schemas, a temperature) is left out from the second call on."""

    def __init__(self, choice: ModelChoice, *, api_key: str) -> None:
        self._choice = choice
        self._client = anthropic.AsyncAnthropic(api_key=api_key, base_url=choice.base_url, max_retries=0)
        self._unknown = RefusedParameters()

    @property
    def choice(self) -> ModelChoice:
        """See `LLMProvider.choice`."""
        return self._choice

    @property
    def client(self) -> anthropic.AsyncAnthropic:
        """The vendor's own client."""
        return self._client

    @property
    def unknown(self) -> RefusedParameters:
        """What the server is known not to know."""
        return self._unknown

    async def close(self) -> None:
        """See `LLMProvider.close`."""
        await self._client.close()

    async def complete(self, call: Call) -> Completion:
        """See `LLMProvider.complete`."""
        while True:
            left_out = frozenset(self._unknown)
            try:
                return await self._once(call)
            except anthropic.APIStatusError as error:
                if error.status_code not in REJECTED or not self._unknown.learn(
                    str(error.message), SIGNS, already=left_out
                ):
                    raise from_status(
                        error.status_code, error.response.headers, vendor=Vendor.ANTHROPIC
                    ) from None

    async def _once(self, call: Call) -> Completion:
        started = time.perf_counter()
        try:
            body = request_body(self._choice, call, self._unknown)
            # The library has no such parameter any more, since newer models refuse it; older ones still listen.
            older = {name: body.pop(name) for name in ("temperature",) if name in body}
            answer = await cast("Any", self._client).messages.create(
                **body, timeout=call.timeout_s, extra_body=older or None
            )
        except anthropic.APITimeoutError:
            raise TimedOutError(f"{self._choice} did not answer within {call.timeout_s:g} seconds.") from None
        except anthropic.APIConnectionError:
            raise UnreachableError(f"{self._choice} cannot be reached.") from None
        except (anthropic.APIResponseValidationError, ValueError):
            raise MalformedError(f"{self._choice} answered with something else than its protocol.") from None
        return completion_of(self._choice, answer, latency_ms=round((time.perf_counter() - started) * 1000))


def completion_of(choice: ModelChoice, answer: Any, *, latency_ms: int) -> Completion:
    """What an answer of the vendor says.

    Raises:
        MalformedError: Nothing.
    """
    blocks = cast("list[Any] | None", getattr(answer, "content", None))
    if blocks is None or getattr(answer, "usage", None) is None:
        raise MalformedError(f"{choice} answered with nothing.")
    usage = answer.usage
    written = getattr(usage, "cache_creation_input_tokens", None) or 0
    cached = getattr(usage, "cache_read_input_tokens", None) or 0
    return Completion(
        text="".join(block.text for block in blocks if getattr(block, "type", "") == "text"),
        finish=_FINISHES.get(answer.stop_reason or "", Finish.UNKNOWN),
        model=answer.model or "",
        usage=Usage(
            input_tokens=(usage.input_tokens or 0) + written + cached,
            output_tokens=usage.output_tokens or 0,
            cached_input_tokens=cached,
        ),
        latency_ms=latency_ms,
    )


def request_body(choice: ModelChoice, call: Call, unknown: Collection[str]) -> dict[str, Any]:
    """The question as the vendor wants it, without the parameters that are `unknown` to it."""
    system = call.system
    if "output_config" in unknown:
        system = f"{system}\n\n{schema_in_words(call.schema)}"
    body: dict[str, Any] = {
        "model": choice.model,
        "max_tokens": call.max_output_tokens,
        "system": [{"type": "text", "text": system, "cache_control": {"type": "ephemeral"}}],
        "messages": [{"role": "user", "content": call.user}],
    }
    if call.temperature is not None and "temperature" not in unknown:
        body["temperature"] = call.temperature
    if "output_config" not in unknown:
        body["output_config"] = {"format": {"type": "json_schema", "schema": strict_schema(call.schema)}}
    return body
