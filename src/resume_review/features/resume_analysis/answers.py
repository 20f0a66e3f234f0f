"""Rows as answers."""

from collections.abc import Iterable
from typing import Any

import msgspec

from resume_review.core.names import full_name
from resume_review.features.resume_analysis.history import UNKNOWN_TIER, HistoryRow, Tally
from resume_review.features.resume_analysis.repository import StatusRow
from resume_review.features.resume_analysis.schemas import ReviewItem, ServedStatus, StatsResponse

_encode = msgspec.json.Encoder().encode


def status_json(row: StatusRow) -> bytes:
    """A `StatusResponse`.

    It is the answer asked for most, so it is written straight from the row: the detailed scores leave as the text
    they are stored as, and nothing is validated twice.
    """
    return _encode(
        {
            "analysis_id": row.id,
            "resume_id": row.resume_id,
            "candidate_id": row.candidate_id,
            "industry": row.target_industry,
            "language": row.language,
            "status": ServedStatus.of(row.status),
            "progress": row.progress,
            "step": row.step,
            "requested_at": row.requested_at,
            "completed_at": row.completed_at,
            "error": row.error_message,
            "error_code": row.error_code,
            "review_type": row.review_type,
            "reused_from": row.reused_from_id,
            "result": _result(row),
        }
    )


def result_json(row: StatusRow) -> bytes:
    """A `ResultResponse`, of a row that has a result."""
    return _encode(_result(row))


def _result(row: StatusRow) -> dict[str, Any] | None:
    if row.result_id is None:
        return None
    detailed: str | None = row.detailed_scores
    return {
        "analysis_id": row.id,
        "overall_score": row.overall_score,
        "ats_score": row.ats_score,
        "content_score": row.content_score,
        "formatting_score": row.formatting_score,
        "industry": row.target_industry,
        "market_tier": row.market_tier,
        "executive_summary": row.executive_summary or "",
        "detailed_scores": msgspec.Raw(detailed.encode()) if detailed is not None else None,
        "engine": row.engine,
        "degraded": row.degraded,
        "degraded_reason": row.degraded_reason,
        "ai_model_used": row.ai_model_used,
        "processing_time_ms": row.processing_time_ms or 0,
        "completed_at": row.completed_at,
        "review_type": row.review_type,
        "reused_from": row.reused_from_id,
    }


def review_item(row: HistoryRow) -> ReviewItem:
    """A line of a list."""
    return ReviewItem(
        id=row.id,
        resume_id=row.resume_id,
        file_name=row.original_filename,
        candidate_id=row.candidate_id,
        candidate_name=full_name(row.first_name, row.last_name),
        industry=row.target_industry,
        review_type=row.review_type,
        language=row.language,
        overall_score=row.overall_score,
        market_tier=row.market_tier,
        status=ServedStatus.of(row.status),
        created_at=row.requested_at,
        completed_at=row.completed_at,
        requested_by=row.requested_by_user_id,
        reused_from=row.reused_from_id,
    )


def stats(tallies: Iterable[Tally]) -> StatsResponse:
    """The totals of all kinds."""
    by_status = dict.fromkeys(ServedStatus, 0)
    industries: dict[str, int] = {}
    tiers: dict[str, int] = {}
    scored = score_sum = 0
    for tally in tallies:
        status = ServedStatus("error" if tally.status == "failed" else tally.status)
        by_status[status] += tally.reviews
        scored, score_sum = scored + tally.scored, score_sum + tally.score_sum
        if status is ServedStatus.COMPLETED and tally.reviews:
            industries[tally.industry] = industries.get(tally.industry, 0) + tally.reviews
            tier = tally.tier or UNKNOWN_TIER
            tiers[tier] = tiers.get(tier, 0) + tally.reviews
    return StatsResponse(
        total_analyses=sum(by_status.values()),
        completed_analyses=by_status[ServedStatus.COMPLETED],
        failed_analyses=by_status[ServedStatus.ERROR],
        pending_analyses=by_status[ServedStatus.PENDING] + by_status[ServedStatus.PROCESSING],
        cancelled_analyses=by_status[ServedStatus.CANCELLED],
        average_score=round(score_sum / scored, 1) if scored else None,
        industry_breakdown=dict(sorted(industries.items())),
        tier_breakdown=dict(sorted(tiers.items())),
    )
