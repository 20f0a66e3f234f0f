"""What can go wrong with experiments and rollouts."""

from resume_review.core.errors import AppError, ConflictError, NotFoundError


class ExperimentNotFoundError(NotFoundError):
    """No experiment has this id."""

    code = "experiments.not_found"
    message = "There is no such experiment. Reload the list."


class RolloutNotFoundError(NotFoundError):
    """No rollout has this id."""

    code = "rollouts.not_found"
    message = "There is no such rollout. Reload the list."


class KeyTakenError(ConflictError):
    """An experiment or a rollout has this key."""

    code = "experiments.key_taken"
    message = "An experiment or a rollout has this key already. Choose another one."


class NotADraftError(ConflictError):
    """Only a draft may be changed, started or deleted."""

    code = "experiments.not_a_draft"
    message = "This experiment was started already. Create a new one instead."


class NotRunningError(ConflictError):
    """It does not run."""

    code = "experiments.not_running"
    message = "This experiment does not run."


class SampleRatioError(ConflictError):
    """The arms hold shares of the units that chance does not explain, so they cannot be compared."""

    code = "experiments.sample_ratio"
    message = "The arms do not hold the shares of units they should. Find out why before reading any result."


class RolloutInactiveError(ConflictError):
    """It is paused or rolled back."""

    code = "rollouts.inactive"
    message = "This rollout is paused or rolled back. Restart it first."


class RolloutActiveError(ConflictError):
    """There is nothing to restart."""

    code = "rollouts.active"
    message = "This rollout is active already."


class StageSkippedError(ConflictError):
    """Shares grow one stage at a time."""

    code = "rollouts.stage_skipped"
    message = "A rollout grows one stage at a time: 10, 25, 50, 100 %. Set the next one."


class RolloutUnderWayError(ConflictError):
    """Two changes at once could not be told apart."""

    code = "rollouts.under_way"
    message = "Another rollout of this mode is under way. Pause it or set it to 0 % first."


class UnknownModelError(AppError):
    """No worker could ask it, so every review with it would fall back to the rubric."""

    code = "experiments.unknown_model"
    status = 422
    message = (
        "The platform is not set up with this model. Name one of its models, or add it to the settings first."
    )
