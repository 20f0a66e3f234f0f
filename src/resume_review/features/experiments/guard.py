"""When a variant has done enough harm to be taken back without asking anybody."""

from dataclasses import dataclass
from datetime import timedelta

from resume_review.features.experiments.statistics import Z_ONE_SIDED_95, wilson_interval

WINDOW = timedelta(minutes=5)
FEWEST = 50
"""Reviews in the window below which nothing is judged."""

WORST_SHARE = 0.05
TIMES_CONTROL = 2


@dataclass(frozen=True)
class Tally:
    """Reviews of one arm and how many of them failed or fell back to the rubric."""

    reviews: int = 0
    errors: int = 0

    @property
    def share(self) -> float:
        """Share (0-1) of errors; 0 without reviews."""
        return self.errors / self.reviews if self.reviews else 0.0


def harm(arm: Tally, control: Tally) -> str | None:
    """Why an arm must be taken back, if it must.

    Its true error rate is above 5 % and above twice the control's, with 95 % confidence: what fails for everybody is not
    the arm's fault. Without a control, as at 100 %, the first bar alone counts.
    """
    if arm.reviews < FEWEST:
        return None
    at_least, _ = wilson_interval(arm.errors, arm.reviews, z=Z_ONE_SIDED_95)
    if at_least <= max(WORST_SHARE, TIMES_CONTROL * control.share):
        return None
    return (
        f"{arm.errors} of {arm.reviews} reviews ({arm.share:.1%}) failed within five minutes; "
        f"{control.errors} of {control.reviews} ({control.share:.1%}) without the change."
    )
