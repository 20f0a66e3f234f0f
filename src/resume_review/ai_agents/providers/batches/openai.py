"""OpenAI's batches: a file of questions, a batch that refers to it, a file of answers and one of failures.

The batch carries our mark as metadata, so one whose creation was not answered is found in the list.
"""

import asyncio
from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, cast

import openai
from openai.types.chat import ChatCompletion

from resume_review.ai_agents.batching import (
    BatchAnswer,
    BatchError,
    BatchQuestion,
    BatchUnclearError,
    Collected,
    Found,
    Polled,
)
from resume_review.ai_agents.providers.base import Call, MalformedError, Vendor
from resume_review.ai_agents.providers.batches.base import (
    ARRIVING_S,
    LARGE_CALL_S,
    SMALL_CALL_S,
    Lines,
    answered,
    batch_fault,
    collected,
    to_lines,
)
from resume_review.ai_agents.providers.openai import SIGNS, OpenAIProvider, completion_of, request_body
from resume_review.ai_agents.providers.refused_parameters import REJECTED, RefusedParameters
from resume_review.ai_agents.providers.vendor_faults import from_status

MARK = "resume_review_batch"
_ENDPOINT = "/v1/chat/completions"
_CLOCKS_DIFFER = timedelta(minutes=10)
_FAULTS = {"failed": "batch_failed", "expired": "batch_expired", "cancelled": "batch_cancelled"}
_ENDED = {"completed", *_FAULTS}


class OpenAIBatches:
    """The batches of one model."""

    def __init__(self, provider: OpenAIProvider) -> None:
        """Shares the provider's connections, and what it has learnt of its server."""
        self._provider = provider
        self._client = cast("Any", provider.client)

    @property
    def settles_after_s(self) -> float:
        """See `BatchProvider.settles_after_s`."""
        return SMALL_CALL_S + ARRIVING_S

    def body(self, call: Call, left_out: Collection[str]) -> dict[str, Any]:
        """See `WritingProvider.body`."""
        return request_body(self._provider.choice, call, {*left_out, *self._provider.unknown})

    async def stage(self, mark: str, questions: Sequence[BatchQuestion]) -> str:
        """See `BatchProvider.stage`: the questions as a file that bears our mark as its name."""
        data = to_lines(
            [
                {"custom_id": one.custom_id, "method": "POST", "url": _ENDPOINT, "body": one.body}
                for one in questions
            ]
        )
        async with self._faults():
            await self._remove_strays(_file_name(mark))
            file = await self._client.files.create(
                file=(_file_name(mark), data, "application/jsonl"), purpose="batch", timeout=LARGE_CALL_S
            )
            return str(file.id)

    async def submit(self, mark: str, questions: Sequence[BatchQuestion], upload_id: str | None) -> str:
        """See `BatchProvider.submit`."""
        del questions
        async with self._faults(), asyncio.timeout(SMALL_CALL_S):
            batch = await self._client.batches.create(
                input_file_id=upload_id,
                endpoint=_ENDPOINT,
                completion_window="24h",
                metadata={MARK: mark},
                timeout=SMALL_CALL_S,
            )
            return _id_of(batch)

    async def find(
        self, mark: str, *, since: datetime, size: int, custom_ids: Collection[str], known: Collection[str]
    ) -> Found:
        """See `BatchProvider.find`: the batch that bears our mark."""
        del size, custom_ids, known
        async with self._faults():
            async for batch in self._client.batches.list(limit=100, timeout=SMALL_CALL_S):
                if cast("dict[str, str]", getattr(batch, "metadata", None) or {}).get(MARK) == mark:
                    return Found(vendor_id=_id_of(batch))
                if batch.created_at < (since - _CLOCKS_DIFFER).timestamp():
                    break
        return Found()

    async def poll(self, vendor_id: str) -> Polled:
        """See `BatchProvider.poll`."""
        async with self._faults():
            batch = await self._client.batches.retrieve(vendor_id, timeout=SMALL_CALL_S)
        status = str(getattr(batch, "status", ""))
        return Polled(ended=status in _ENDED, fault=_FAULTS.get(status))

    async def collect(self, vendor_id: str) -> Collected:
        """See `BatchProvider.collect`."""
        answers: list[BatchAnswer] = []
        unreadable = 0
        refused = RefusedParameters()
        async with self._faults():
            batch = await self._client.batches.retrieve(vendor_id, timeout=SMALL_CALL_S)
            for file_id in (batch.output_file_id, batch.error_file_id):
                if file_id:
                    content = await self._client.files.content(file_id, timeout=LARGE_CALL_S)
                    lines = Lines(content.text)
                    answers += [self._answer(line, refused) for line in lines if "custom_id" in line]
                    unreadable += lines.unreadable
        self._provider.unknown.update(refused)
        return collected(answers, unreadable=unreadable, refused=refused)

    async def cancel(self, vendor_id: str) -> None:
        """See `BatchProvider.cancel`."""
        async with self._faults():
            await self._client.batches.cancel(vendor_id, timeout=SMALL_CALL_S)

    async def discard(self, vendor_id: str | None, upload_id: str | None) -> None:
        """See `BatchProvider.discard`: the files; the entry in the list holds no texts and cannot be removed."""
        async with self._faults():
            files = [upload_id]
            if vendor_id:
                batch = await self._client.batches.retrieve(vendor_id, timeout=SMALL_CALL_S)
                files += [batch.output_file_id, batch.error_file_id]
            for file_id in files:
                if file_id:
                    with suppress(openai.NotFoundError):
                        await self._client.files.delete(file_id, timeout=SMALL_CALL_S)

    async def _remove_strays(self, name: str) -> None:
        """A file that a process sent and did not live to write down."""
        async for file in self._client.files.list(purpose="batch", limit=100, timeout=SMALL_CALL_S):
            if file.filename == name:
                await self._client.files.delete(file.id, timeout=SMALL_CALL_S)

    def _answer(self, line: dict[str, Any], refused: RefusedParameters) -> BatchAnswer:
        custom_id = str(line["custom_id"])
        response = cast("dict[str, Any]", line.get("response") or {})
        body = cast("dict[str, Any]", response.get("body") or {})
        status = response.get("status_code")
        if status == 200:
            try:
                completion = completion_of(
                    self._provider.choice, cast("Any", ChatCompletion).construct(**body), latency_ms=0
                )
            except (MalformedError, AttributeError, TypeError):
                return BatchAnswer(custom_id=custom_id, fault=MalformedError.__name__)
            return answered(custom_id, completion)
        if isinstance(status, int):
            message = str(cast("dict[str, Any]", body.get("error") or {}).get("message", ""))
            if status in REJECTED:
                refused.learn(message, SIGNS, already=frozenset(refused))
            return BatchAnswer(
                custom_id=custom_id, fault=type(from_status(status, {}, vendor=Vendor.OPENAI)).__name__
            )
        code = cast("dict[str, Any]", line.get("error") or {}).get("code")
        return BatchAnswer(
            custom_id=custom_id, fault="batch_expired" if code == "batch_expired" else "failed"
        )

    @asynccontextmanager
    async def _faults(self) -> AsyncGenerator[None]:
        try:
            yield
        except openai.APIStatusError as error:
            status = from_status(error.status_code, error.response.headers, vendor=Vendor.OPENAI)
            raise batch_fault(status) from None
        except (openai.APIConnectionError, TimeoutError):
            raise BatchUnclearError(f"{self._provider.choice} cannot be reached.") from None
        except BatchError:
            raise
        except (openai.OpenAIError, ValueError, AttributeError, TypeError):
            raise BatchUnclearError(
                f"{self._provider.choice} answered with something else than its protocol."
            ) from None


def _file_name(mark: str) -> str:
    return f"resume-review-{mark}.jsonl"


def _id_of(batch: Any) -> str:
    if not getattr(batch, "id", None):
        raise BatchUnclearError("The vendor answered without naming the batch.")
    return str(batch.id)
