"""The parts of a bullet, each with its place."""

from dataclasses import dataclass

from resume_review.rubric.quantities import Unit


@dataclass(frozen=True, slots=True)
class Part:
    """Words of the bullet and their place in the document."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with what makes it mean something.

    Attributes:
        value: As written, with the counted word: `4 days`, `$2M`, `1億8千万円`; both ends of a range.
        unit: What it counts.
        baseline: What it was before, or is held against: `12` of `from 12 to 4 days`.
        scope: The time or the extent it holds for: `a year`, `in 6 countries`, `年間`.
    """

    start: int
    end: int
    value: str
    unit: Unit
    baseline: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One bullet taken apart; what it does not say is null.

    Attributes:
        situation: For whom, where or under which circumstances.
        complication: What was wrong before.
        action: What was done, with its particle: `Took over`.
        object: What it was done to.
        result: What came of it, to the end of the bullet.
        measures: The figures in the order of their places.
    """

    situation: Part | None
    complication: Part | None
    action: Part | None
    object: Part | None
    result: Part | None
    measures: tuple[Measure, ...]

    @property
    def is_story(self) -> bool:
        """It says what was wrong, what was done and what came of it."""
        return self.complication is not None and self.action is not None and self.result is not None

    @property
    def deed(self) -> tuple[int, int] | None:
        """The span of what was done, with its object."""
        if self.action is None:
            return None
        ends = [part for part in (self.action, self.object) if part is not None]
        return min(part.start for part in ends), max(part.end for part in ends)
