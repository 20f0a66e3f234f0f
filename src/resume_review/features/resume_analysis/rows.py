"""A finished review as rows."""

import uuid
from datetime import datetime

import msgspec

from resume_review.database.models import ReviewFeedbackItem, ReviewResult
from resume_review.documents import Document
from resume_review.features.resume_analysis.detailed_scores import detailed_scores
from resume_review.rubric import Finding, Review


def result_row(
    request_id: uuid.UUID, review: Review, document: Document, *, elapsed_ms: int, now: datetime
) -> ReviewResult:
    """The result with its scores, its receipt and the whole answer as JSON."""
    scores = review.scores
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
        detailed_scores=detailed_scores(review, document, analysis_id=request_id, now=now).model_dump(
            mode="json"
        ),
        degraded=review.degraded,
        degraded_reason=review.degraded_reason,
        ai_model_used=review.receipt.model,
        processing_time_ms=elapsed_ms,
        receipt=msgspec.to_builtins(review.receipt),
        review=msgspec.to_builtins(review),
        created_at=now,
    )


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
