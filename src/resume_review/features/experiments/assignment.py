"""Which variant a review gets: decided by hashing alone, so that every process comes to the same."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from resume_review.ai_agents.interface import Variant
from resume_review.database.enums import ExperimentUnit
from resume_review.database.models import Experiment, ReviewRequest, Rollout

BUCKETS = 10_000
SALT_BYTES = 16
CONTROL = "control"
"""A rollout's arm of those who do not get the change yet."""

TREATMENT = "treatment"
SHADOW = "shadow"
"""The arm whose reviews nobody is shown."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a variant changes; see `Variant`."""

    label: str = "production"
    model: str | None = None
    rubric_only: bool = False

    def variant(self, key: str, arm: str) -> Variant:
        """The change as an analysis takes it."""
        return Variant(key=key, arm=arm, label=self.label, model=self.model, rubric_only=self.rubric_only)


@dataclass(frozen=True, kw_only=True)
class Arm(Change):
    """One side of an experiment and its share, relative to the other arms' weights."""

    name: str
    weight: int


@dataclass(frozen=True)
class Assignment:
    """A variant, and the unit as it is logged: hashed."""

    variant: Variant
    unit_hash: str


def bucket(salt: str, unit: str) -> int:
    """A number from 0 to 9 999, evenly spread over units and independent from one salt to the next."""
    digest = hashlib.sha256(f"{salt}:{unit}".encode()).digest()
    return int.from_bytes(digest[:8]) * BUCKETS >> 64


def within(salt: str, unit: str, percentage: Decimal) -> bool:
    """Whether a unit is among the first `percentage` (0-100) per cent; who is among 10 is among 25 as well."""
    return bucket(salt, unit) < percentage * BUCKETS / 100


def arms_of(experiment: Experiment) -> list[Arm]:
    """An experiment's arms, the control first."""
    return msgspec.convert(experiment.arms, list[Arm])


def pick_arm(arms: Sequence[Arm], salt: str, unit: str) -> Arm:
    """The arm of a unit, by weight."""
    place = bucket(salt, unit) * sum(arm.weight for arm in arms)
    bound = 0
    for arm in arms:
        bound += arm.weight * BUCKETS
        if place < bound:
            return arm
    raise ValueError("An experiment needs an arm whose weight is above zero.")


def assign(
    request: ReviewRequest, experiments: Sequence[Experiment], rollout: Rollout | None
) -> Assignment | None:
    """The variant of a review: the first experiment that its unit takes part in, else the rollout.

    Args:
        request: The review.
        experiments: Those that run, the oldest first; a unit is in one of them at most.
        rollout: The live one under way.
    """
    for experiment in experiments:
        unit = unit_of(request, experiment.unit)
        # Who takes part is drawn apart from the arm, or a share of the units would get a share of the arms.
        if within(f"{experiment.salt}:traffic", unit, experiment.traffic):
            arm = pick_arm(arms_of(experiment), experiment.salt, unit)
            return Assignment(arm.variant(experiment.key, arm.name), _hashed(experiment.salt, unit))
    if rollout is None:
        return None
    unit = unit_of(request, rollout.unit)
    if within(rollout.salt, unit, rollout.percentage):
        variant = change_of(rollout).variant(rollout.key, TREATMENT)
    else:
        variant = Variant(key=rollout.key, arm=CONTROL)
    return Assignment(variant, _hashed(rollout.salt, unit))


def shadowed(request: ReviewRequest, rollout: Rollout) -> bool:
    """Whether a review gets a shadow."""
    return within(rollout.salt, unit_of(request, rollout.unit), rollout.percentage)


def change_of(rollout: Rollout) -> Change:
    """What a rollout changes."""
    return msgspec.convert(rollout.change, Change)


def unit_of(request: ReviewRequest, unit: ExperimentUnit) -> str:
    """The id by which a review is assigned."""
    units: dict[ExperimentUnit, uuid.UUID] = {
        ExperimentUnit.USER: request.requested_by_user_id,
        ExperimentUnit.CANDIDATE: request.candidate_id,
        ExperimentUnit.RESUME: request.resume_id,
    }
    return str(units[unit])


def _hashed(salt: str, unit: str) -> str:
    return hashlib.sha256(f"{salt}:{unit}".encode()).hexdigest()
