"""Telling all processes what just happened, through the database they share."""

from resume_review.infrastructure.events.bus import EventBus, Subscription
from resume_review.infrastructure.events.event import Event, publish

__all__ = ["Event", "EventBus", "Subscription", "publish"]
