"""Experiments and staged rollouts of prompts and models; what a review asks of them."""

from resume_review.features.experiments.variants import (
    DatabaseVariants,
    NoVariants,
    OutcomeRecorder,
    VariantChooser,
    Variants,
)

__all__ = ["DatabaseVariants", "NoVariants", "OutcomeRecorder", "VariantChooser", "Variants"]
