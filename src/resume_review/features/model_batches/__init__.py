"""Reviews of bulk uploads whose models are asked through the vendors' batches, at a lower price."""

from resume_review.features.model_batches.service import BatchTimes, DatabaseGathering, GatheredReviews

__all__ = ["BatchTimes", "DatabaseGathering", "GatheredReviews"]
