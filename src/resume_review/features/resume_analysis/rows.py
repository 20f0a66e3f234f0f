"""A finished review as rows."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from resume_review.database.models import ReviewFeedbackItem, ReviewRequest, ReviewResult
from resume_review.documents import Document
from resume_review.features.resume_analysis.detailed_scores import detailed_scores
from resume_review.rubric import AgentReceipt, Finding, Review

LONGEST_MODEL = 100
COST_PLACES = 6


def result_row(
    request_id: uuid.UUID, review: Review, document: Document, *, elapsed_ms: int, now: datetime
) -> ReviewResult:
    """The result with its scores, its receipt and the whole answer as JSON; nobody may reuse it yet."""
    scores, agents = review.scores, review.receipt.agents
    detailed = (
        detailed_scores(review, document, analysis_id=request_id, now=now) if scores.structure else None
    )
    return ReviewResult(
        review_request_id=request_id,
        engine=review.engine,
        overall_score=scores.overall,
        ats_score=scores.ats,
        content_score=scores.content,
        formatting_score=scores.formatting,
        confidence=review.confidence,
        market_tier=review.market_tier.value if review.market_tier else None,
        executive_summary=review.summary,
        detailed_scores=detailed.model_dump(mode="json") if detailed else None,
        degraded=review.degraded,
        degraded_reason=review.degraded_reason,
        ai_model_used=review.receipt.model[:LONGEST_MODEL] if review.receipt.model else None,
        input_tokens=sum(agent.input_tokens for agent in agents),
        output_tokens=sum(agent.output_tokens for agent in agents),
        cost_usd=cost_of(agents),
        raw_ai_response={"agents": msgspec.to_builtins(agents)} if agents else None,
        processing_time_ms=elapsed_ms,
        receipt=msgspec.to_builtins(review.receipt),
        review=msgspec.to_builtins(review),
        created_at=now,
    )


def cost_of(agents: Sequence[AgentReceipt]) -> Decimal | None:
    """US dollars for all calls of a review; null when a price is not known, 0 when no model was asked."""
    paid = [
        agent for agent in agents if agent.cost_usd is not None or agent.input_tokens or agent.output_tokens
    ]
    if any(agent.cost_usd is None for agent in paid):
        return None
    return round(sum((Decimal(agent.cost_usd or 0) for agent in paid), Decimal(0)), COST_PLACES)


def copied_result(
    source: ReviewResult, *, source_request_id: uuid.UUID, request: ReviewRequest, file_name: str
) -> ReviewResult:
    """The same answer for another request; it says where it comes from, and that it cost nothing."""
    assert source.review is not None
    receipt = dict(source.receipt or {}) | {"reused_from": str(source_request_id)}
    review = source.review | {
        "document": source.review["document"] | {"filename": file_name},
        "receipt": receipt,
    }
    detailed = source.detailed_scores
    if detailed is not None:
        detailed = detailed | {"ai_analysis_id": str(request.id)}
    same = (
        *("engine", "confidence", "market_tier", "executive_summary", "ai_model_used"),
        *("reuse_key", "document_fingerprint"),
    )
    scores = ("overall_score", "ats_score", "content_score", "formatting_score")
    return ReviewResult(
        review_request_id=request.id,
        detailed_scores=detailed,
        processing_time_ms=0,
        cost_usd=Decimal(0),
        receipt=receipt,
        review=review,
        created_at=request.requested_at,
        **{name: getattr(source, name) for name in (*same, *scores)},
    )


_COPIED = (
    "finding_id",
    "check_id",
    "feedback_type",
    "category",
    "severity_level",
    "sequence_order",
    "title",
    "feedback_text",
    "suggestion",
    "original_text",
    "suggested_text",
    "confidence_score",
    "span_start",
    "span_end",
    "page",
    "boxes",
    "section",
)


def copied_items(result_id: uuid.UUID, items: Sequence[ReviewFeedbackItem]) -> list[ReviewFeedbackItem]:
    """The same findings, undecided."""
    return [
        ReviewFeedbackItem(review_result_id=result_id, **{name: getattr(item, name) for name in _COPIED})
        for item in items
    ]


def feedback_rows(result_id: uuid.UUID, review: Review) -> list[ReviewFeedbackItem]:
    """One row for each finding, then one for each strength."""
    return [
        _row(result_id, finding, order) for order, finding in enumerate([*review.findings, *review.strengths])
    ]


def _row(result_id: uuid.UUID, finding: Finding, order: int) -> ReviewFeedbackItem:
    return ReviewFeedbackItem(
        review_result_id=result_id,
        finding_id=finding.id,
        check_id=finding.check,
        feedback_type=finding.type,
        category=finding.category,
        severity_level=finding.severity,
        sequence_order=order,
        title=finding.title,
        feedback_text=finding.message,
        suggestion=finding.suggestion,
        original_text=finding.quote,
        suggested_text=finding.rewrite,
        confidence_score=finding.confidence,
        span_start=finding.start if finding.quote is not None else None,
        span_end=finding.end if finding.quote is not None else None,
        page=finding.page,
        boxes=[list(box) for box in finding.boxes] or None,
        section=finding.section,
    )
