"""Routes over the findings of a review and what consultants decide about them."""

import uuid

from fastapi import APIRouter

from resume_review.core.problems import problems
from resume_review.database.enums import EntityType
from resume_review.features.auth import ACCESS_PROBLEMS, notes_view
from resume_review.features.resume_analysis.dependencies import Reviews
from resume_review.features.resume_analysis.errors import (
    DecisionConflictError,
    FindingNotFoundError,
    ReviewNotFinishedError,
    ReviewNotFoundError,
)
from resume_review.features.resume_analysis.repository import Decision
from resume_review.features.resume_analysis.schemas import (
    DecideManyRequest,
    DecideRequest,
    FindingList,
    FindingResponse,
)
from resume_review.infrastructure.http import Client

router = APIRouter(prefix="/analysis", responses=ACCESS_PROBLEMS)

_DECIDE = problems(ReviewNotFoundError, FindingNotFoundError, ReviewNotFinishedError, DecisionConflictError)


@router.get(
    "/analysis/{analysis_id}/findings",
    dependencies=[notes_view(EntityType.REVIEW, "analysis_id")],
    responses=problems(ReviewNotFoundError, ReviewNotFinishedError),
    summary="List the findings of a review",
)
async def list_findings(analysis_id: uuid.UUID, reviews: Reviews) -> FindingList:
    """Every finding and strength with the exact words it is about."""
    items = [FindingResponse.model_validate(item) for item in await reviews.findings(analysis_id)]
    return FindingList(findings=items, total_count=len(items))


@router.patch("/analysis/{analysis_id}/findings", responses=_DECIDE, summary="Decide about several findings")
async def decide_findings(
    analysis_id: uuid.UUID, body: DecideManyRequest, reviews: Reviews, client: Client
) -> FindingList:
    """All decisions are taken, or none."""
    decisions = [_decision(decision.id, decision) for decision in body.decisions]
    decided = await reviews.decide(analysis_id, decisions, client=client)
    items = [FindingResponse.model_validate(item) for item in decided]
    return FindingList(findings=items, total_count=len(items))


@router.patch(
    "/analysis/{analysis_id}/findings/{finding_id}", responses=_DECIDE, summary="Decide about a finding"
)
async def decide_finding(
    analysis_id: uuid.UUID, finding_id: uuid.UUID, body: DecideRequest, reviews: Reviews, client: Client
) -> FindingResponse:
    """Accept, edit or reject it, or open it again; the decision is logged, its text is not."""
    decided = await reviews.decide(analysis_id, [_decision(finding_id, body)], client=client)
    return FindingResponse.model_validate(decided[0])


def _decision(finding_id: uuid.UUID, body: DecideRequest) -> Decision:
    return Decision(
        item_id=finding_id,
        decision=body.decision,
        edited_text=body.edited_text,
        expected_version=body.expected_version,
    )
