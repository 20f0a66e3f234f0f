"""What each type of review shows. Every type judges the whole resume, so the scores that two types share agree."""

from collections.abc import Iterable

from msgspec.structs import replace

from resume_review.rubric.checks.base import Dimension, Severity
from resume_review.rubric.model import Category, Finding, ReviewType, ScoreLine, Scores
from resume_review.rubric.scoring import Card, Judged, Limit

_ATS_CATEGORIES = frozenset({Category.ATS, Category.FORMATTING, Category.COMPLETENESS})
_GRAVE = Severity.MEDIUM


def shows(review_type: ReviewType, category: Category, severity: int) -> bool:
    """Whether a finding of this kind belongs into the review."""
    match review_type:
        case ReviewType.COMPREHENSIVE:
            return True
        case ReviewType.QUICK_SCAN:
            return severity >= _GRAVE
        case ReviewType.ATS_CHECK:
            return category in _ATS_CATEGORIES


def shown_findings(review_type: ReviewType, findings: Iterable[Finding]) -> list[Finding]:
    """The findings that belong into the review, in their order."""
    return [finding for finding in findings if shows(review_type, finding.category, finding.severity)]


def shown_strengths(review_type: ReviewType, strengths: list[Finding]) -> list[Finding]:
    """A quick scan says what to mend and nothing else."""
    if review_type is ReviewType.QUICK_SCAN:
        return []
    return [strength for strength in strengths if shows(review_type, strength.category, Severity.HIGH)]


def shown_judged(review_type: ReviewType, judged: list[Judged]) -> list[Judged]:
    """The checks that the type of review is about; a quick scan hides only what it found to be minor."""
    if review_type is not ReviewType.ATS_CHECK:
        return judged
    return [result for result in judged if result.check.category in _ATS_CATEGORIES]


def shown_scores(review_type: ReviewType, scores: Scores) -> Scores:
    """An ATS check gives the ATS score and no other."""
    return Scores(ats=scores.ats) if review_type is ReviewType.ATS_CHECK else replace(scores)


def shown_lines(review_type: ReviewType, lines: list[ScoreLine]) -> list[ScoreLine]:
    """The explanation of the scores that are shown."""
    if review_type is not ReviewType.ATS_CHECK:
        return lines
    return [line for line in lines if line.dimension == Dimension.ATS.value]


def shown_limits(review_type: ReviewType, limits: Iterable[Limit]) -> list[Limit]:
    """The gates of the scores that are shown."""
    return [
        limit
        for limit in limits
        if review_type is not ReviewType.ATS_CHECK or limit.dimension is Dimension.ATS
    ]


def headline(review_type: ReviewType, card: Card) -> float:
    """The score, unrounded, that the type of review is about and that fixes are to raise."""
    return card.dimensions[Dimension.ATS] if review_type is ReviewType.ATS_CHECK else card.overall
