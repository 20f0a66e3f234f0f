"""Google's Gemini."""

import time
from typing import Any, cast

import httpx
from google import genai
from google.genai import errors, types

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
from resume_review.ai_agents.providers.schemas import strict_schema
from resume_review.ai_agents.providers.vendor_faults import from_status

_REFUSALS = {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"}


class GoogleProvider:
    """One model."""

    def __init__(self, choice: ModelChoice, *, api_key: str) -> None:
        self._choice = choice
        options = types.HttpOptions(base_url=choice.base_url)
        self._client = genai.Client(api_key=api_key, http_options=options).aio

    @property
    def choice(self) -> ModelChoice:
        """See `LLMProvider.choice`."""
        return self._choice

    async def close(self) -> None:
        """See `LLMProvider.close`."""
        await self._client.aclose()

    async def complete(self, call: Call) -> Completion:
        """See `LLMProvider.complete`."""
        started = time.perf_counter()
        config = types.GenerateContentConfig(
            system_instruction=call.system,
            temperature=call.temperature,
            max_output_tokens=call.max_output_tokens,
            response_mime_type="application/json",
            response_json_schema=strict_schema(call.schema),
            http_options=types.HttpOptions(timeout=round(call.timeout_s * 1000)),
        )
        try:
            answer = await self._client.models.generate_content(
                model=self._choice.model, contents=call.user, config=config
            )
        except errors.APIError as error:
            headers: dict[str, str] = dict(getattr(cast("Any", error).response, "headers", None) or {})
            raise from_status(error.code, headers, vendor=Vendor.GOOGLE) from None
        except (httpx.TimeoutException, TimeoutError):
            raise TimedOutError(f"{self._choice} did not answer within {call.timeout_s:g} seconds.") from None
        except (httpx.TransportError, OSError):
            raise UnreachableError(f"{self._choice} cannot be reached.") from None
        except ValueError:
            raise MalformedError(f"{self._choice} answered with something else than its protocol.") from None
        return self._completion(answer, started)

    def _completion(self, answer: types.GenerateContentResponse, started: float) -> Completion:
        candidates = answer.candidates or []
        reason = str(getattr(candidates[0].finish_reason, "value", "")) if candidates else ""
        blocked = answer.prompt_feedback is not None and answer.prompt_feedback.block_reason is not None
        finish = Finish.UNKNOWN
        if blocked or reason in _REFUSALS:
            finish = Finish.REFUSED
        elif reason == "STOP":
            finish = Finish.COMPLETE
        elif reason == "MAX_TOKENS":
            finish = Finish.TRUNCATED
        usage = cast("Any", answer.usage_metadata)
        thoughts = getattr(usage, "thoughts_token_count", None) or 0
        return Completion(
            text=(answer.text or "") if candidates else "",
            finish=finish,
            model=answer.model_version or "",
            usage=Usage(
                input_tokens=getattr(usage, "prompt_token_count", None) or 0,
                output_tokens=(getattr(usage, "candidates_token_count", None) or 0) + thoughts,
                cached_input_tokens=getattr(usage, "cached_content_token_count", None) or 0,
            ),
            latency_ms=round((time.perf_counter() - started) * 1000),
        )
