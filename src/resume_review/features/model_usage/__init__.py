"""What models were used for and what it cost, and the pace at which all workers may call them."""

from resume_review.features.model_usage.service import (
    DatabaseLedger,
    SharedPacer,
    UsageRecorder,
    add_use,
    failing_models,
    latest_calls,
    record_in,
    reserve_in,
)

__all__ = [
    "DatabaseLedger",
    "SharedPacer",
    "UsageRecorder",
    "add_use",
    "failing_models",
    "latest_calls",
    "record_in",
    "reserve_in",
]
