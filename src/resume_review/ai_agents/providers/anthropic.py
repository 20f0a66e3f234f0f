"""Anthropic's messages."""

import time
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
_SIGNS = {"temperature": ("temperature",), "output_config": ("output_config",)}


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
                    str(error.message), _SIGNS, already=left_out
                ):
                    raise from_status(
                        error.status_code, error.response.headers, vendor=Vendor.ANTHROPIC
                    ) from None

    async def _once(self, call: Call) -> Completion:
        started = time.perf_counter()
        try:
            answer = await cast("Any", self._client).messages.create(
                model=self._choice.model,
                max_tokens=call.max_output_tokens,
                system=[{"type": "text", "text": self._system(call), "cache_control": {"type": "ephemeral"}}],
                messages=[{"role": "user", "content": call.user}],
                timeout=call.timeout_s,
                **self._parameters(call),
            )
        except anthropic.APITimeoutError:
            raise TimedOutError(f"{self._choice} did not answer within {call.timeout_s:g} seconds.") from None
        except anthropic.APIConnectionError:
            raise UnreachableError(f"{self._choice} cannot be reached.") from None
        except (anthropic.APIResponseValidationError, ValueError):
            raise MalformedError(f"{self._choice} answered with something else than its protocol.") from None
        return self._completion(answer, started)

    def _completion(self, answer: Any, started: float) -> Completion:
        blocks = cast("list[Any] | None", getattr(answer, "content", None))
        if blocks is None or getattr(answer, "usage", None) is None:
            raise MalformedError(f"{self._choice} answered with nothing.")
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
            latency_ms=round((time.perf_counter() - started) * 1000),
        )

    def _parameters(self, call: Call) -> dict[str, Any]:
        parameters: dict[str, Any] = {}
        if call.temperature is not None and "temperature" not in self._unknown:
            # The library has no such parameter any more, since newer models refuse it; older ones still listen.
            parameters["extra_body"] = {"temperature": call.temperature}
        if "output_config" not in self._unknown:
            parameters["output_config"] = {
                "format": {"type": "json_schema", "schema": strict_schema(call.schema)}
            }
        return parameters

    def _system(self, call: Call) -> str:
        if "output_config" not in self._unknown:
            return call.system
        return f"{call.system}\n\n{schema_in_words(call.schema)}"
