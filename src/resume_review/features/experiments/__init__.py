"""Experiments and staged rollouts of prompts and models; what a review asks of them."""

from resume_review.features.experiments.variants import (
    DatabaseVariants,
    NoVariants,
    OutcomeRecorder,
    VariantChooser,
    Variants,
)
from resume_review.features.experiments.watching import Trials, running_trials

__all__ = [
    "DatabaseVariants",
    "NoVariants",
    "OutcomeRecorder",
    "Trials",
    "VariantChooser",
    "Variants",
    "running_trials",
]
