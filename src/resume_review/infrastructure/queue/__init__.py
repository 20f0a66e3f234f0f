"""Jobs in Postgres: enqueued in the request's transaction, run by workers that may die at any time."""

from resume_review.infrastructure.queue.definition import JobDefinition, Lane, Priority
from resume_review.infrastructure.queue.queue import JobQueue
from resume_review.infrastructure.queue.worker import SERVICE_SLOTS, JobWorker

__all__ = ["SERVICE_SLOTS", "JobDefinition", "JobQueue", "JobWorker", "Lane", "Priority"]
