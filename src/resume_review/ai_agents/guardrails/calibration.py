"""The model's scores held to the rubric's: it may shade a judgement, never overturn it."""

from dataclasses import dataclass

MODEL_STEP = 20
"""Points per step of the anchored scale 0-5."""

_HALF_STEP = MODEL_STEP // 2
STRUCTURE_REACH = 15
APPEAL_REACH = 25


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A dimension's final score (0-100) and how far beyond its reach the model wanted to go (points, signed)."""

    value: int
    held_back: int


def calibrate(steps: int, rubric: int, *, reach: int) -> Calibrated:
    """The nearest score to the rubric's own that the model's step can mean, at most `reach` points away from it.

    A step stands for all scores nearer to it than to the next one. A rubric's score among them stays as it is, so that two
    resumes which the rubric tells apart do not become equal, and a model that wavers between two steps moves little.
    """
    step = max(0, min(100, steps * MODEL_STEP))
    wanted = max(step - _HALF_STEP, min(step + _HALF_STEP, rubric))
    value = max(0, min(100, max(rubric - reach, min(rubric + reach, wanted))))
    return Calibrated(value=value, held_back=wanted - value)


def agreement(pairs: list[tuple[int, int]], *, reach: int) -> float:
    """How near (0-1) the model's wishes are to the rubric: 1 when equal, 0 at twice the reach on average."""
    if not pairs:
        return 1.0
    distance = sum(abs(wanted * MODEL_STEP - rubric) for wanted, rubric in pairs) / len(pairs)
    return round(max(0.0, 1.0 - distance / (2 * reach)), 2)
