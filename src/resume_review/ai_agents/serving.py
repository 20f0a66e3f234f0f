"""An analyzer as a service of its own, for machines that alone may reach the models; see `remote` for the contract."""

import hmac

import msgspec
import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resume_review.ai_agents.config import OpenAnalyzer
from resume_review.ai_agents.interface import AnalysisError, AnalysisRequest, UnavailableAnalysisError
from resume_review.ai_agents.remote import ANALYSES, FAULTS, HEALTH, Fault
from resume_review.rubric import RubricError

log = structlog.get_logger(__name__)

LARGEST_REQUEST = 16 * 1024 * 1024
_JSON = "application/json"


class _Refusal(Exception):  # noqa: N818 - an answer, not a fault of ours
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def create_service(opened: OpenAnalyzer, *, secret: str) -> Starlette:
    """The service; whoever has the secret may use it."""

    async def analyses(request: Request) -> Response:
        try:
            _admit(request, secret)
            asked = _decoded(await _body(request))
            review = await opened.analyzer.analyze(asked)
        except _Refusal as refusal:
            return _fault(refusal.status, UnavailableAnalysisError, str(refusal))
        except RubricError as error:
            return _fault(422, UnavailableAnalysisError, str(error))
        except AnalysisError as error:
            return _typed(error)
        return Response(msgspec.json.encode(review), media_type=_JSON)

    async def health(request: Request) -> Response:
        try:
            _admit(request, secret)
        except _Refusal as refusal:
            return _fault(refusal.status, UnavailableAnalysisError, str(refusal))
        about = {"engine": opened.analyzer.name, "resting": list(opened.resting())}
        return Response(msgspec.json.encode(about), media_type=_JSON)

    return Starlette(
        routes=[Route(ANALYSES, analyses, methods=["POST"]), Route(HEALTH, health, methods=["GET"])]
    )


def _admit(request: Request, secret: str) -> None:
    given = request.headers.get("authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {secret}".encode()):
        raise _Refusal(401, "The AI service does not accept the secret.")


async def _body(request: Request) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_REQUEST:
            raise _Refusal(413, "The resume is too long for the AI service.")
        parts.append(part)
    return b"".join(parts)


def _decoded(body: bytes) -> AnalysisRequest:
    try:
        return msgspec.json.decode(body, type=AnalysisRequest)
    except msgspec.DecodeError:
        log.warning("request_unreadable", bytes=len(body))
        raise _Refusal(
            400, "The AI service cannot read the request: use the same release on both sides."
        ) from None


def _typed(error: AnalysisError) -> Response:
    for kind, status in FAULTS.values():
        if isinstance(error, kind):
            return _fault(status, kind, str(error))
    return _fault(500, UnavailableAnalysisError, "The AI service failed.")


def _fault(status: int, kind: type[AnalysisError], message: str) -> Response:
    name = next(name for name, (known, _) in FAULTS.items() if known is kind)
    return Response(msgspec.json.encode(Fault(name, message)), status, media_type=_JSON)
