"""From outcomes to scores: pure arithmetic, so that it can be done again with a fault removed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from resume_review.rubric.checks.base import Check, Dimension, Outcome
from resume_review.rubric.model import AppealScores, ScoreLine, Scores, StructureScores

STRUCTURE = (Dimension.FORMAT, Dimension.ORGANIZATION, Dimension.TONE, Dimension.COMPLETENESS)
APPEAL = (
    Dimension.ACHIEVEMENT_RELEVANCE,
    Dimension.SKILLS_ALIGNMENT,
    Dimension.EXPERIENCE_FIT,
    Dimension.COMPETITIVE_POSITIONING,
)
AREAS = (Dimension.ATS, Dimension.CONTENT, Dimension.FORMATTING)
STRUCTURE_SHARE = 0.4
APPEAL_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Limit:
    """A gate: while one of these checks fails, the score stays at or under the ceiling."""

    id: str
    checks: tuple[str, ...]
    dimension: Dimension | None
    ceiling: float


LIMITS = (
    Limit("no_experience", ("CMP05",), None, 55.0),
    Limit("unreadable_text", ("ATS01", "ATS10"), Dimension.ATS, 40.0),
    Limit("no_email", ("CMP01",), Dimension.COMPLETENESS, 70.0),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A check and what it found; null outcome where it does not apply."""

    check: Check
    outcome: Outcome | None

    @property
    def passed(self) -> float:
        """Degree passed, 0-1; 1 where it does not apply."""
        if self.outcome is None or self.outcome.opportunities <= 0:
            return 1.0
        share = self.outcome.affected / self.outcome.opportunities
        return 1.0 - min(1.0, share / self.check.tolerance)

    @property
    def applies(self) -> bool:
        """Whether it counts in the sums."""
        return self.outcome is not None and self.outcome.opportunities > 0


@dataclass(frozen=True, slots=True)
class Card:
    """Unrounded scores and the limits that held them down; `unlimited` are those of the dimensions without any limit."""

    dimensions: Mapping[Dimension, float]
    overall: float
    limits: tuple[Limit, ...]
    unlimited: Mapping[Dimension, float]


class Entry(msgspec.Struct, frozen=True):
    """All that scoring needs of a check, so that scoring again is cheap."""

    check: str
    dimensions: tuple[Dimension, ...]
    weight: float
    passed: float
    fails: bool


def entries(judged: Iterable[Judged]) -> list[Entry]:
    """The checks that applied."""
    return [
        Entry(
            check=result.check.id,
            dimensions=result.check.dimensions,
            weight=result.check.weight,
            passed=result.passed,
            fails=result.outcome is not None and bool(result.outcome.hits),
        )
        for result in judged
        if result.applies
    ]


def score(results: list[Entry]) -> Card:
    """All scores of a resume."""
    return _limited(results, _dimensions(results))


def score_without(results: list[Entry], mended: Entry, card: Card) -> Card:
    """All scores with every hit of one check removed; `card` are those with them."""
    fixed = [
        msgspec.structs.replace(entry, passed=1.0, fails=False) if entry is mended else entry
        for entry in results
    ]
    mended_in = frozenset(mended.dimensions)
    near = [entry for entry in fixed if not mended_in.isdisjoint(entry.dimensions)]
    changed = _dimensions(near)
    return _limited(
        fixed, {**card.unlimited, **{dimension: changed[dimension] for dimension in mended.dimensions}}
    )


def _limited(results: list[Entry], unlimited: Mapping[Dimension, float]) -> Card:
    values = dict(unlimited)
    failing = {entry.check for entry in results if entry.fails}
    applied: list[Limit] = []
    for limit in LIMITS:
        if limit.dimension is not None and not failing.isdisjoint(limit.checks):
            if values[limit.dimension] > limit.ceiling:
                applied.append(limit)
            values[limit.dimension] = min(values[limit.dimension], limit.ceiling)
    overall = STRUCTURE_SHARE * sum(values[dimension] for dimension in STRUCTURE) / len(STRUCTURE)
    overall += APPEAL_SHARE * sum(values[dimension] for dimension in APPEAL) / len(APPEAL)
    for limit in LIMITS:
        if limit.dimension is None and not failing.isdisjoint(limit.checks):
            if overall > limit.ceiling:
                applied.append(limit)
            overall = min(overall, limit.ceiling)
    return Card(values, overall, tuple(applied), unlimited)


def breakdown(judged: Iterable[Judged]) -> list[ScoreLine]:
    """What every check did to every score it counts in."""
    results = [result for result in judged if result.applies and result.check.weight > 0]
    lines: list[ScoreLine] = []
    for dimension in Dimension:
        counted = [result for result in results if dimension in result.check.dimensions]
        total = sum([result.check.weight for result in counted])
        lines += [_line(result, dimension, total) for result in counted]
    return lines


def confidence(judged: Iterable[Judged]) -> float:
    """Share (0-1) of the weight of all scored checks that applied."""
    results = list(judged)
    total = sum(result.check.weight for result in results)
    applied = sum(result.check.weight for result in results if result.applies)
    return round(applied / total, 2) if total else 0.0


def rounded(value: float) -> int:
    """The nearest integer, halves up."""
    return int(value + 0.5)


def shown(card: Card) -> Scores:
    """The scores as the answer carries them."""
    values = {dimension.value: rounded(value) for dimension, value in card.dimensions.items()}
    return Scores(
        overall=rounded(card.overall),
        ats=values["ats"],
        content=values["content"],
        formatting=values["formatting"],
        structure=StructureScores(**{dimension.value: values[dimension.value] for dimension in STRUCTURE}),
        appeal=AppealScores(**{dimension.value: values[dimension.value] for dimension in APPEAL}),
    )


def _dimensions(results: list[Entry]) -> dict[Dimension, float]:
    reached = dict.fromkeys(Dimension, 0.0)
    total = dict.fromkeys(Dimension, 0.0)
    for entry in results:
        weight = entry.weight
        gained = weight * entry.passed
        for dimension in entry.dimensions:
            total[dimension] += weight
            reached[dimension] += gained
    return {
        dimension: 100.0 * reached[dimension] / weight if weight else 100.0
        for dimension, weight in total.items()
    }


def _line(result: Judged, dimension: Dimension, total: float) -> ScoreLine:
    assert result.outcome is not None
    passed, weight = result.passed, result.check.weight
    return ScoreLine(
        dimension=dimension.value,
        check=result.check.id,
        weight=weight,
        hits=round(result.outcome.affected, 3),
        opportunities=round(result.outcome.opportunities, 3),
        passed=round(passed, 3),
        cost=round(100.0 * weight * (1.0 - passed) / total, 2),
    )
