"""What a check is and what it returns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

import msgspec

from resume_review.rubric.context import Context
from resume_review.rubric.model import Category


class Severity(IntEnum):
    """How grave a finding is."""

    INFO = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 5

    @property
    def weight(self) -> float:
        """What the check counts in a score."""
        return _WEIGHTS[self]


_WEIGHTS = {Severity.HIGH: 12.0, Severity.MEDIUM: 6.0, Severity.LOW: 3.0, Severity.INFO: 0.0}


class Dimension(StrEnum):
    """The scores a check can count in: four of structure, four of appeal, three areas."""

    FORMAT = "format"
    ORGANIZATION = "organization"
    TONE = "tone"
    COMPLETENESS = "completeness"
    ACHIEVEMENT_RELEVANCE = "achievement_relevance"
    SKILLS_ALIGNMENT = "skills_alignment"
    EXPERIENCE_FIT = "experience_fit"
    COMPETITIVE_POSITIONING = "competitive_positioning"
    ATS = "ats"
    CONTENT = "content"
    FORMATTING = "formatting"

    # Scores are added up by dimension again and again; that of enumerations is not compiled.
    __hash__ = str.__hash__


class Hit(msgspec.Struct, frozen=True):
    """One place where a check does not pass.

    Attributes:
        start, end: The words concerned; null when something is missing.
        values: What the message names; `phrase` (the words concerned) is always there.
        variant: Which of the check's messages to use, when it has several.
        group: Hits of one group count once, so that a repeated bullet is judged once.
    """

    start: int | None = None
    end: int | None = None
    values: Mapping[str, str] = msgspec.field(default_factory=dict[str, str])
    variant: str | None = None
    section: str | None = None
    group: int | None = None
    confidence: float = 0.9


class Outcome(msgspec.Struct, frozen=True):
    """What a check found, and in how many of the places where it could have found something."""

    hits: tuple[Hit, ...]
    affected: float
    opportunities: float


def ratio(hits: list[Hit], opportunities: float) -> Outcome:
    """Counts a share: for things that every place should have, so that adding empty places cannot help."""
    return Outcome(tuple(hits), _distinct(hits), opportunities)


def counted(hits: list[Hit], limit: float) -> Outcome:
    """Counts up to a limit: for things that should not be there, so that adding clean text cannot dilute them."""
    return Outcome(tuple(hits), min(_distinct(hits), limit), limit)


def graded(hits: list[Hit], degree: float) -> Outcome:
    """A degree from 0 (nothing of what is wanted) to 1, with the findings that explain it."""
    return Outcome(tuple(hits), 1.0 - max(0.0, min(1.0, degree)), 1.0)


def flagged(hit: Hit | None) -> Outcome:
    """A yes-or-no check."""
    return Outcome((hit,) if hit else (), 1.0 if hit else 0.0, 1.0)


def absent() -> Outcome:
    """What the check looks at is missing from the resume; another check reports that.

    It counts as not passed, so that adding the missing part can only help.
    """
    return Outcome((), 1.0, 1.0)


def _distinct(hits: list[Hit]) -> int:
    grouped = {hit.group for hit in hits if hit.group is not None}
    return len(grouped) + sum(hit.group is None for hit in hits)


Run = Callable[[Context], Outcome | None]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of the rubric; its texts are in the catalog under its id.

    Attributes:
        version: Rises with every change of what the check finds; part of the rubric's version.
        run: Returns null when the check does not apply (no layout known, other language).
        dimensions: The scores it counts in.
        tolerance: Share of the opportunities that may be hit before the check counts as failed altogether.
        languages: Languages of resumes it can judge; null for all.
        scored: False for what is shown but never counted.
    """

    id: str
    category: Category
    severity: Severity
    run: Run
    dimensions: tuple[Dimension, ...] = ()
    tolerance: float = 1.0
    languages: frozenset[str] | None = None
    scored: bool = True
    version: int = 1

    @property
    def weight(self) -> float:
        """Zero for what is never counted."""
        return self.severity.weight if self.scored else 0.0


ENGLISH = frozenset({"en"})
ENGLISH_JAPANESE = frozenset({"en", "ja"})
