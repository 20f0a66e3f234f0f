"""OpenAI, and every server that speaks its chat protocol (Ollama, vLLM, LM Studio ...)."""

import time
from typing import Any, cast

import openai

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

_FINISHES = {"stop": Finish.COMPLETE, "length": Finish.TRUNCATED, "content_filter": Finish.REFUSED}
_SIGNS = {
    "temperature": ("temperature",),
    "json_schema": ("json_schema", "response_format"),
    "response_format": ("response_format",),
}


class OpenAIProvider:
    """One model; what a server does not know (schemas, a temperature) is left out from the second call on."""

    def __init__(self, choice: ModelChoice, *, api_key: str) -> None:
        self._choice = choice
        self._client = openai.AsyncOpenAI(api_key=api_key, base_url=choice.base_url, max_retries=0)
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
            except openai.APIStatusError as error:
                if error.status_code not in REJECTED or not self._unknown.learn(
                    str(error.message), _SIGNS, already=left_out
                ):
                    raise from_status(
                        error.status_code, error.response.headers, vendor=Vendor.OPENAI
                    ) from None

    async def _once(self, call: Call) -> Completion:
        started = time.perf_counter()
        try:
            answer = await cast("Any", self._client).chat.completions.create(
                model=self._choice.model,
                messages=[
                    {"role": "system", "content": self._system(call)},
                    {"role": "user", "content": call.user},
                ],
                timeout=call.timeout_s,
                **self._parameters(call),
            )
        except openai.APITimeoutError:
            raise TimedOutError(f"{self._choice} did not answer within {call.timeout_s:g} seconds.") from None
        except openai.APIConnectionError:
            raise UnreachableError(f"{self._choice} cannot be reached.") from None
        except (openai.APIResponseValidationError, ValueError):
            raise MalformedError(f"{self._choice} answered with something else than its protocol.") from None
        return self._completion(answer, started)

    def _completion(self, answer: Any, started: float) -> Completion:
        choices = getattr(answer, "choices", None)
        if not choices:
            raise MalformedError(f"{self._choice} answered with nothing.")
        message, usage = choices[0].message, answer.usage
        refused = bool(getattr(message, "refusal", None))
        details = getattr(usage, "prompt_tokens_details", None)
        return Completion(
            text=message.content or "",
            finish=Finish.REFUSED
            if refused
            else _FINISHES.get(choices[0].finish_reason or "", Finish.UNKNOWN),
            model=answer.model or "",
            usage=Usage(
                input_tokens=getattr(usage, "prompt_tokens", None) or 0,
                output_tokens=getattr(usage, "completion_tokens", None) or 0,
                cached_input_tokens=getattr(details, "cached_tokens", None) or 0,
            ),
            latency_ms=round((time.perf_counter() - started) * 1000),
        )

    def _parameters(self, call: Call) -> dict[str, Any]:
        # The vendor's newer models know only the new name, other servers only the old one.
        limit = "max_completion_tokens" if self._choice.base_url is None else "max_tokens"
        parameters: dict[str, Any] = {limit: call.max_output_tokens}
        if call.temperature is not None and "temperature" not in self._unknown:
            parameters["temperature"] = call.temperature
        if "json_schema" not in self._unknown:
            form = {"name": call.schema.__name__, "schema": strict_schema(call.schema), "strict": True}
            # As a named parameter the library would walk through the whole schema at every call, for milliseconds.
            parameters["extra_body"] = {"response_format": {"type": "json_schema", "json_schema": form}}
        elif "response_format" not in self._unknown:
            parameters["extra_body"] = {"response_format": {"type": "json_object"}}
        return parameters

    def _system(self, call: Call) -> str:
        if "json_schema" not in self._unknown:
            return call.system
        return f"{call.system}\n\n{schema_in_words(call.schema)}"
