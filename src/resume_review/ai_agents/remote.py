"""An analyzer in another process: the same requests and reviews, over HTTP.

`POST /v1/analyses` takes a request as JSON and answers with the review; `GET /v1/health` names the engine. Both want
the shared secret. A failure has the status of its kind and `{"fault": ..., "message": ...}`.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx2
import msgspec

from resume_review.ai_agents.interface import (
    AnalysisError,
    AnalysisRequest,
    LimitAnalysisError,
    MalformedAnswerError,
    RefusedAnalysisError,
    RetryableAnalysisError,
    UnavailableAnalysisError,
)
from resume_review.rubric import Review

ANALYSES = "/v1/analyses"
HEALTH = "/v1/health"
NAME = "remote"
PATIENCE_S = 600.0
_CONNECT_S = 5.0
_ATTEMPTS = 3
_PAUSE_S = 0.5

FAULTS: dict[str, tuple[type[AnalysisError], int]] = {
    "retryable": (RetryableAnalysisError, 503),
    "limit": (LimitAnalysisError, 429),
    "malformed": (MalformedAnswerError, 502),
    "refused": (RefusedAnalysisError, 422),
    "unavailable": (UnavailableAnalysisError, 500),
}
"""The name of each kind of failure on the wire, its class and its status."""


class Fault(msgspec.Struct, frozen=True):
    """Why there is no review."""

    fault: str
    message: str


class RemoteAnalyzer:
    """Asks a service that `resume-review ai serve` started."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client

    @property
    def name(self) -> str:
        """See `AIAnalyzer.name`."""
        return NAME

    async def analyze(self, request: AnalysisRequest) -> Review:
        """See `AIAnalyzer.analyze`.

        Only a connection that could not be made is tried again: a request that arrived may have been paid for.
        """
        body = msgspec.json.encode(request)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                response = await self._client.post(ANALYSES, content=body)
                break
            except httpx2.ConnectError:
                if attempt == _ATTEMPTS:
                    raise UnavailableAnalysisError("The AI service cannot be reached.") from None
                await asyncio.sleep(_PAUSE_S * attempt)
            except httpx2.TimeoutException:
                raise RetryableAnalysisError("The AI service did not answer in time.") from None
            except httpx2.HTTPError:
                raise RetryableAnalysisError("The connection to the AI service broke.") from None
        else:
            raise AssertionError
        return _review(response)


@asynccontextmanager
async def open_remote(url: str, secret: str) -> AsyncGenerator[RemoteAnalyzer]:
    """The analyzer at this address while the block runs; nothing is sent yet."""
    async with httpx2.AsyncClient(
        base_url=url,
        headers={"authorization": f"Bearer {secret}", "content-type": "application/json"},
        timeout=httpx2.Timeout(PATIENCE_S, connect=_CONNECT_S),
    ) as client:
        yield RemoteAnalyzer(client)


def _review(response: httpx2.Response) -> Review:
    if response.status_code == 200:
        try:
            return msgspec.json.decode(response.content, type=Review)
        except msgspec.DecodeError:
            raise MalformedAnswerError("The AI service answered with something else than a review.") from None
    try:
        fault = msgspec.json.decode(response.content, type=Fault)
        kind, _ = FAULTS[fault.fault]
    except (msgspec.DecodeError, KeyError):
        raise UnavailableAnalysisError(f"The AI service answered with {response.status_code}.") from None
    raise kind(fault.message)
