"""The offline reviewer: a linter for resumes."""

from resume_review.rubric.errors import (
    PackError,
    RubricError,
    UnknownCheckError,
    UnknownFeedbackLanguageError,
    UnknownIndustryError,
)
from resume_review.rubric.industries import INDUSTRIES, Industry, resolve_industry
from resume_review.rubric.model import (
    AppealScores,
    Band,
    Category,
    Engine,
    Finding,
    FindingType,
    Gate,
    MarketTier,
    Receipt,
    Review,
    ReviewedDocument,
    ReviewStatus,
    ScoreLine,
    Scores,
    StructureScores,
    Tier,
    TopFix,
)
from resume_review.rubric.reviewer import review

__all__ = [
    "INDUSTRIES",
    "AppealScores",
    "Band",
    "Category",
    "Engine",
    "Finding",
    "FindingType",
    "Gate",
    "Industry",
    "MarketTier",
    "PackError",
    "Receipt",
    "Review",
    "ReviewStatus",
    "ReviewedDocument",
    "RubricError",
    "ScoreLine",
    "Scores",
    "StructureScores",
    "Tier",
    "TopFix",
    "UnknownCheckError",
    "UnknownFeedbackLanguageError",
    "UnknownIndustryError",
    "resolve_industry",
    "review",
]
