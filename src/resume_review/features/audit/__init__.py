"""Who did what: written by every feature, never changed."""

from resume_review.features.audit.service import record_activity

__all__ = ["record_activity"]
