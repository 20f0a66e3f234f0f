"""What endpoints are told: ids, status, scores and times; never a name and never a word of a resume."""

import uuid
from datetime import datetime
from typing import Any

from resume_review.database.enums import ReviewRequestStatus, WebhookEvent
from resume_review.database.models import ReviewResult
from resume_review.features.webhooks.repository import EndedReview

REVIEW_PATH = "/api/v1/analysis/analysis/"

_EVENTS = {
    ReviewRequestStatus.COMPLETED: WebhookEvent.REVIEW_COMPLETED,
    ReviewRequestStatus.FAILED: WebhookEvent.REVIEW_FAILED,
}
# `failed` is served as `error`, as everywhere in the API.
_STATUS = {WebhookEvent.REVIEW_COMPLETED: "completed", WebhookEvent.REVIEW_FAILED: "error"}


def event_of(review: EndedReview) -> WebhookEvent | None:
    """The event that the end of this review is, if it is one."""
    return _EVENTS.get(review.request.status)


def review_message(event: WebhookEvent, review: EndedReview, *, now: datetime) -> dict[str, Any]:
    """The message about a review that has ended."""
    request = review.request
    data: dict[str, Any] = {
        "analysis_id": str(request.id),
        "resume_id": str(request.resume_id),
        "candidate_id": str(review.candidate_id),
        "status": _STATUS[event],
        "industry": request.target_industry,
        "requested_at": request.requested_at.isoformat(),
        "completed_at": request.completed_at.isoformat() if request.completed_at else None,
        "path": f"{REVIEW_PATH}{request.id}",
        "error_code": request.error_code,
    }
    if review.result is not None:
        data |= _scores(review.result)
    return _message(event, data, now=now)


def ping_message(endpoint_id: uuid.UUID, *, now: datetime) -> dict[str, Any]:
    """A message that says nothing, to try an endpoint."""
    return _message(WebhookEvent.PING, {"webhook_id": str(endpoint_id)}, now=now)


def _scores(result: ReviewResult) -> dict[str, Any]:
    return {
        "overall_score": result.overall_score,
        "ats_score": result.ats_score,
        "content_score": result.content_score,
        "formatting_score": result.formatting_score,
        "market_tier": result.market_tier.value if result.market_tier else None,
        "engine": result.engine.value,
        "degraded": result.degraded,
    }


def _message(event: WebhookEvent, data: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    return {"type": event.value, "timestamp": now.isoformat(), "data": data}
