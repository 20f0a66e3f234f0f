"""The shapes of agents' answers, in the subset of JSON Schema that all vendors enforce.

Every key is required and nullable instead of optional; limits on numbers and lengths are checked here, since not all
vendors know them.
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict

LOWEST, HIGHEST = 0, 5
MOST_FINDINGS = 12
MOST_STRENGTHS = 6
LEAST_SEVERITY, WORST_SEVERITY = 1, 5


def _between(low: int, high: int) -> AfterValidator:
    def check(value: int) -> int:
        if not low <= value <= high:
            raise ValueError(f"must be from {low} to {high}")
        return value

    return AfterValidator(check)


def _at_most(most: int) -> AfterValidator:
    def check(value: list[object]) -> list[object]:
        return value[:most]

    return AfterValidator(check)


Steps = Annotated[int, _between(LOWEST, HIGHEST)]
Severity = Annotated[int, _between(LEAST_SEVERITY, WORST_SEVERITY)]


class StructureCategory(StrEnum):
    """What a comment of the structure agent is about."""

    GRAMMAR = "grammar"
    STRUCTURE = "structure"


class AppealCategory(StrEnum):
    """What a comment of the appeal agent is about."""

    SCR_FRAMEWORK = "scr_framework"
    QUANTITATIVE_IMPACT = "quantitative_impact"
    APPEAL_POINT = "appeal_point"


class Answer(BaseModel):
    """Base of every part of an answer: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StructureScores(Answer):
    """Anchored steps 0-5."""

    format: Steps
    organization: Steps
    tone: Steps
    completeness: Steps


class AppealScores(Answer):
    """Anchored steps 0-5."""

    achievement_relevance: Steps
    skills_alignment: Steps
    experience_fit: Steps
    competitive_positioning: Steps


class Strength(Answer):
    """Something done well: the resume's exact words, and why they work."""

    quote: str
    reason: str


class StructureFinding(Answer):
    """One comment; `quote` is copied from the resume, `rewrite` a better wording of it or null."""

    category: StructureCategory
    severity: Severity
    quote: str
    issue: str
    suggestion: str
    rewrite: str | None


class AppealFinding(Answer):
    """One comment; `quote` is copied from the resume, `rewrite` a better wording of it or null."""

    category: AppealCategory
    severity: Severity
    quote: str
    issue: str
    suggestion: str
    rewrite: str | None


class StructureReport(Answer):
    """The structure agent's answer."""

    SCHEMA_NAME: ClassVar[str] = "StructureReport@1"

    scores: StructureScores
    strengths: Annotated[list[Strength], _at_most(MOST_STRENGTHS)]
    findings: Annotated[list[StructureFinding], _at_most(MOST_FINDINGS)]


class AppealReport(Answer):
    """The appeal agent's answer."""

    SCHEMA_NAME: ClassVar[str] = "AppealReport@1"

    scores: AppealScores
    strengths: Annotated[list[Strength], _at_most(MOST_STRENGTHS)]
    findings: Annotated[list[AppealFinding], _at_most(MOST_FINDINGS)]


class SummaryReport(Answer):
    """The summary agent's answer: three to five sentences."""

    SCHEMA_NAME: ClassVar[str] = "SummaryReport@1"

    summary: str


Report = StructureReport | AppealReport | SummaryReport
REPORTS: dict[str, type[StructureReport] | type[AppealReport] | type[SummaryReport]] = {
    report.SCHEMA_NAME: report for report in (StructureReport, AppealReport, SummaryReport)
}
