"""What models were used for and what it cost, and the pace at which all workers may call them."""

from resume_review.features.model_usage.service import (
    DatabaseLedger,
    SharedPacer,
    UsageRecorder,
    failing_models,
)

__all__ = ["DatabaseLedger", "SharedPacer", "UsageRecorder", "failing_models"]
