"""The queue as an administrator sees it; what other parts may use of it."""

from resume_review.features.jobs.repository import QueueState, lane_states, queue_state
from resume_review.features.jobs.service import Reopen

__all__ = ["QueueState", "Reopen", "lane_states", "queue_state"]
