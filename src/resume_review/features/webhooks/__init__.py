"""Webhooks: signed messages to addresses of the agency's choice; what other parts may use of them."""

from resume_review.features.webhooks.service import announce_review_end

__all__ = ["announce_review_end"]
