"""What operators see: structured logs."""

from resume_review.infrastructure.monitoring.logs import configure_logging

__all__ = ["configure_logging"]
