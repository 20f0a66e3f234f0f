"""The two groups of scores with their comments, in the form the first web client shows."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel

from resume_review.documents import Document
from resume_review.rubric import Category, Finding, Review

WORDS_PER_MINUTE = 200
COMMENTS_PER_GROUP = 10

_STRUCTURE = (Category.ATS, Category.ORGANIZATION, Category.FORMATTING, Category.TONE, Category.COMPLETENESS)


class CommentCategory(StrEnum):
    """The categories the client has colours for."""

    GRAMMAR = "grammar"
    STRUCTURE = "structure"
    SCR_FRAMEWORK = "scr_framework"
    QUANTITATIVE_IMPACT = "quantitative_impact"
    APPEAL_POINT = "appeal_point"


# What models say has the client's categories already; the check's id tells which.
_MODELS_CHECKS = {
    "LLM01": CommentCategory.GRAMMAR,
    "LLM02": CommentCategory.STRUCTURE,
    "LLM03": CommentCategory.SCR_FRAMEWORK,
    "LLM04": CommentCategory.QUANTITATIVE_IMPACT,
    "LLM05": CommentCategory.APPEAL_POINT,
}


class Comment(BaseModel):
    """One comment on one place, or on what is missing (`target_text` null)."""

    category: CommentCategory
    target_text: str | None
    issue: str
    suggestion: str


class Feedback(BaseModel):
    """What is good, what to improve, and where."""

    strengths: list[str]
    improvement_areas: list[str]
    specific_feedback: list[Comment]


class StructureGroup(BaseModel):
    """Integers 0-100."""

    format: int
    organization: int
    tone: int
    completeness: int


class AppealGroup(BaseModel):
    """Integers 0-100."""

    achievement_relevance: int
    skills_alignment: int
    experience_fit: int
    competitive_positioning: int


class TextMetadata(BaseModel):
    """`reading_time` is in minutes."""

    total_sections: int
    word_count: int
    reading_time: int


class StructureAnalysis(BaseModel):
    """How the resume is made."""

    scores: StructureGroup
    feedback: Feedback
    metadata: TextMetadata


class AppealAnalysis(BaseModel):
    """How it appeals to the industry."""

    scores: AppealGroup
    feedback: Feedback


class DetailedScores(BaseModel):
    """Both groups; kept as JSON with the result."""

    structure_analysis: StructureAnalysis
    appeal_analysis: AppealAnalysis
    market_tier: str | None
    ai_analysis_id: uuid.UUID
    conversion_timestamp: datetime


def detailed_scores(
    review: Review, document: Document, *, analysis_id: uuid.UUID, now: datetime
) -> DetailedScores:
    """The completed review in the client's form.

    Raises:
        ValueError: The review has no scores.
    """
    structure, appeal = review.scores.structure, review.scores.appeal
    if structure is None or appeal is None:
        raise ValueError("Only a completed review has detailed scores.")
    return DetailedScores(
        structure_analysis=StructureAnalysis(
            scores=StructureGroup(
                format=structure.format,
                organization=structure.organization,
                tone=structure.tone,
                completeness=structure.completeness,
            ),
            feedback=_feedback(review, structure=True),
            metadata=TextMetadata(
                total_sections=len(document.sections),
                word_count=review.document.words,
                reading_time=max(1, round(review.document.words / WORDS_PER_MINUTE)),
            ),
        ),
        appeal_analysis=AppealAnalysis(
            scores=AppealGroup(
                achievement_relevance=appeal.achievement_relevance,
                skills_alignment=appeal.skills_alignment,
                experience_fit=appeal.experience_fit,
                competitive_positioning=appeal.competitive_positioning,
            ),
            feedback=_feedback(review, structure=False),
        ),
        market_tier=review.market_tier.value.value if review.market_tier else None,
        ai_analysis_id=analysis_id,
        conversion_timestamp=now,
    )


def _feedback(review: Review, *, structure: bool) -> Feedback:
    def of_group(findings: Iterable[Finding]) -> list[Finding]:
        return [finding for finding in findings if (finding.category in _STRUCTURE) == structure]

    findings = of_group(review.findings)
    return Feedback(
        strengths=_distinct(finding.message for finding in of_group(review.strengths)),
        improvement_areas=_distinct(finding.title for finding in findings)[:COMMENTS_PER_GROUP],
        specific_feedback=[
            Comment(
                category=_comment_category(finding),
                target_text=finding.quote,
                issue=finding.message,
                suggestion=finding.suggestion,
            )
            for finding in findings[:COMMENTS_PER_GROUP]
        ],
    )


def _comment_category(finding: Finding) -> CommentCategory:
    if finding.check in _MODELS_CHECKS:
        return _MODELS_CHECKS[finding.check]
    match finding.category:
        case Category.TONE:
            return CommentCategory.GRAMMAR
        case Category.CONTENT:
            return CommentCategory.QUANTITATIVE_IMPACT
        case Category.APPEAL | Category.INTEGRITY:
            return CommentCategory.APPEAL_POINT
        case _:
            return CommentCategory.STRUCTURE


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
