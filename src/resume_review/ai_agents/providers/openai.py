"""OpenAI, and every server that speaks its chat protocol (Ollama, vLLM, LM Studio ...)."""

import time
from collections.abc import Collection
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
SIGNS = {
    "temperature": ("temperature",),
    "json_schema": ("json_schema", "response_format"),
    "response_format": ("response_format",),
}
"""Parameters that a server may not know, each with the words of its refusals."""


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

    @property
    def client(self) -> openai.AsyncOpenAI:
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
            except openai.APIStatusError as error:
                if error.status_code not in REJECTED or not self._unknown.learn(
                    str(error.message), SIGNS, already=left_out
                ):
                    raise from_status(
                        error.status_code, error.response.headers, vendor=Vendor.OPENAI
                    ) from None

    async def _once(self, call: Call) -> Completion:
        started = time.perf_counter()
        try:
            body = request_body(self._choice, call, self._unknown)
            # As a named parameter the library would walk through the whole schema at every call, for milliseconds.
            form = {name: body.pop(name) for name in ("response_format",) if name in body}
            answer = await cast("Any", self._client).chat.completions.create(
                **body, timeout=call.timeout_s, extra_body=form or None
            )
        except openai.APITimeoutError:
            raise TimedOutError(f"{self._choice} did not answer within {call.timeout_s:g} seconds.") from None
        except openai.APIConnectionError:
            raise UnreachableError(f"{self._choice} cannot be reached.") from None
        except (openai.APIResponseValidationError, ValueError):
            raise MalformedError(f"{self._choice} answered with something else than its protocol.") from None
        return completion_of(self._choice, answer, latency_ms=round((time.perf_counter() - started) * 1000))


def completion_of(choice: ModelChoice, answer: Any, *, latency_ms: int) -> Completion:
    """What an answer of the vendor says.

    Raises:
        MalformedError: Nothing.
    """
    choices = getattr(answer, "choices", None)
    if not choices:
        raise MalformedError(f"{choice} answered with nothing.")
    message, usage = choices[0].message, answer.usage
    refused = bool(getattr(message, "refusal", None))
    details = getattr(usage, "prompt_tokens_details", None)
    return Completion(
        text=message.content or "",
        finish=Finish.REFUSED if refused else _FINISHES.get(choices[0].finish_reason or "", Finish.UNKNOWN),
        model=answer.model or "",
        usage=Usage(
            input_tokens=getattr(usage, "prompt_tokens", None) or 0,
            output_tokens=getattr(usage, "completion_tokens", None) or 0,
            cached_input_tokens=getattr(details, "cached_tokens", None) or 0,
        ),
        latency_ms=latency_ms,
    )


def request_body(choice: ModelChoice, call: Call, unknown: Collection[str]) -> dict[str, Any]:
    """The question as the vendor wants it, without the parameters that are `unknown` to it."""
    # The vendor's newer models know only the new name, other servers only the old one.
    limit = "max_completion_tokens" if choice.base_url is None else "max_tokens"
    system = call.system
    if "json_schema" in unknown:
        system = f"{system}\n\n{schema_in_words(call.schema)}"
    body: dict[str, Any] = {
        "model": choice.model,
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": call.user}],
        limit: call.max_output_tokens,
    }
    if call.temperature is not None and "temperature" not in unknown:
        body["temperature"] = call.temperature
    if "json_schema" not in unknown:
        form = {"name": call.schema.__name__, "schema": strict_schema(call.schema), "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": form}
    elif "response_format" not in unknown:
        body["response_format"] = {"type": "json_object"}
    return body
