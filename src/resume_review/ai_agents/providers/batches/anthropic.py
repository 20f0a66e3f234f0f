"""Anthropic's message batches: all questions in one request, all answers as lines of JSON.

A batch bears no mark of ours; only its answers do, by their `custom_id`. One whose creation was not answered is
therefore known for ours when it has ended; until then a batch of the same time and size is waited for.
"""

import asyncio
from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, cast

import anthropic
from anthropic.types import Message

from resume_review.ai_agents.batching import (
    BatchAnswer,
    BatchError,
    BatchQuestion,
    BatchUnclearError,
    Collected,
    Found,
    Polled,
)
from resume_review.ai_agents.providers.anthropic import SIGNS, AnthropicProvider, completion_of, request_body
from resume_review.ai_agents.providers.base import (
    BadKeyError,
    BadRequestError,
    Call,
    MalformedError,
    OverloadedError,
    RateLimitedError,
    Vendor,
)
from resume_review.ai_agents.providers.batches.base import (
    ARRIVING_S,
    LARGE_CALL_S,
    SMALL_CALL_S,
    Lines,
    answered,
    batch_fault,
    collected,
)
from resume_review.ai_agents.providers.refused_parameters import RefusedParameters
from resume_review.ai_agents.providers.vendor_faults import from_status

_CLOCKS_DIFFER = timedelta(minutes=2)
_REFUSED = "invalid_request_error"
_ERRORS = {
    _REFUSED: BadRequestError,
    "not_found_error": BadRequestError,
    "authentication_error": BadKeyError,
    "permission_error": BadKeyError,
    "rate_limit_error": RateLimitedError,
    "overloaded_error": OverloadedError,
    "api_error": OverloadedError,
}


class AnthropicBatches:
    """The batches of one model."""

    def __init__(self, provider: AnthropicProvider) -> None:
        """Shares the provider's connections, and what it has learnt of its server."""
        self._provider = provider
        self._batches = cast("Any", provider.client).messages.batches

    @property
    def settles_after_s(self) -> float:
        """See `BatchProvider.settles_after_s`; the request carries all questions."""
        return LARGE_CALL_S + ARRIVING_S

    def body(self, call: Call, left_out: Collection[str]) -> dict[str, Any]:
        """See `WritingProvider.body`."""
        return request_body(self._provider.choice, call, {*left_out, *self._provider.unknown})

    async def stage(self, mark: str, questions: Sequence[BatchQuestion]) -> None:
        """See `BatchProvider.stage`: there is nothing to send ahead."""

    async def submit(self, mark: str, questions: Sequence[BatchQuestion], upload_id: str | None) -> str:
        """See `BatchProvider.submit`."""
        del mark, upload_id
        requests = [{"custom_id": one.custom_id, "params": one.body} for one in questions]
        async with self._faults(), asyncio.timeout(LARGE_CALL_S):
            batch = await self._batches.create(requests=requests, timeout=LARGE_CALL_S)
            if not getattr(batch, "id", None):
                raise BatchUnclearError("The vendor answered without naming the batch.")
            return str(batch.id)

    async def find(
        self, mark: str, *, since: datetime, size: int, custom_ids: Collection[str], known: Collection[str]
    ) -> Found:
        """See `BatchProvider.find`: of the batches of that time with as many questions, the one that answers ours."""
        del mark
        unclear = False
        async with self._faults():
            async for batch in self._batches.list(limit=100, timeout=SMALL_CALL_S):
                if batch.created_at < since - _CLOCKS_DIFFER:
                    break
                if batch.id in known or _size(batch) != size:
                    continue
                if batch.processing_status != "ended":
                    unclear = True
                elif await self._answers_any(batch.id, custom_ids):
                    return Found(vendor_id=str(batch.id))
        return Found(unclear=unclear)

    async def poll(self, vendor_id: str) -> Polled:
        """See `BatchProvider.poll`."""
        async with self._faults():
            batch = await self._batches.retrieve(vendor_id, timeout=SMALL_CALL_S)
        return Polled(ended=getattr(batch, "processing_status", "") == "ended")

    async def collect(self, vendor_id: str) -> Collected:
        """See `BatchProvider.collect`."""
        refused = RefusedParameters()
        async with self._faults():
            lines = Lines(await self._results(vendor_id))
            answers = [self._answer(line, refused) for line in lines if "custom_id" in line]
        self._provider.unknown.update(refused)
        return collected(answers, unreadable=lines.unreadable, refused=refused)

    async def cancel(self, vendor_id: str) -> None:
        """See `BatchProvider.cancel`."""
        async with self._faults():
            await self._batches.cancel(vendor_id, timeout=SMALL_CALL_S)

    async def discard(self, vendor_id: str | None, upload_id: str | None) -> None:
        """See `BatchProvider.discard`."""
        del upload_id
        if vendor_id:
            async with self._faults():
                await self._batches.delete(vendor_id, timeout=SMALL_CALL_S)

    async def _answers_any(self, vendor_id: str, custom_ids: Collection[str]) -> bool:
        return any(line.get("custom_id") in custom_ids for line in Lines(await self._results(vendor_id)))

    async def _results(self, vendor_id: str) -> str:
        """The lines as they came: the library's own reader gives up at the first one that is broken."""
        call = self._batches.with_streaming_response.results(vendor_id, timeout=LARGE_CALL_S)
        async with call as response:
            return str(await response.text())

    def _answer(self, line: dict[str, Any], refused: RefusedParameters) -> BatchAnswer:
        custom_id = str(line["custom_id"])
        result = cast("dict[str, Any]", line.get("result") or {})
        kind = result.get("type")
        if kind == "succeeded":
            try:
                message = cast("Any", Message).construct(**(result.get("message") or {}))
                return answered(custom_id, completion_of(self._provider.choice, message, latency_ms=0))
            except (MalformedError, AttributeError, TypeError):
                return BatchAnswer(custom_id=custom_id, fault=MalformedError.__name__)
        if kind in {"expired", "canceled"}:
            return BatchAnswer(
                custom_id=custom_id, fault="batch_expired" if kind == "expired" else "batch_cancelled"
            )
        outer = cast("dict[str, Any]", result.get("error") or {})
        error = cast("dict[str, Any]", outer.get("error") or outer)
        if error.get("type") == _REFUSED:
            refused.learn(str(error.get("message", "")), SIGNS, already=frozenset(refused))
        fault = _ERRORS.get(str(error.get("type")))
        return BatchAnswer(custom_id=custom_id, fault=fault.__name__ if fault else "failed")

    @asynccontextmanager
    async def _faults(self) -> AsyncGenerator[None]:
        try:
            yield
        except anthropic.APIStatusError as error:
            status = from_status(error.status_code, error.response.headers, vendor=Vendor.ANTHROPIC)
            raise batch_fault(status) from None
        except (anthropic.APIConnectionError, TimeoutError):
            raise BatchUnclearError(f"{self._provider.choice} cannot be reached.") from None
        except BatchError:
            raise
        except (anthropic.AnthropicError, ValueError, AttributeError, TypeError):
            raise BatchUnclearError(
                f"{self._provider.choice} answered with something else than its protocol."
            ) from None


def _size(batch: Any) -> int:
    counts = batch.request_counts
    return sum((counts.processing, counts.succeeded, counts.errored, counts.canceled, counts.expired))
