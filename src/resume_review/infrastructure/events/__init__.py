"""Telling all processes what just happened, through the database they share, and who may listen to how much."""

from resume_review.infrastructure.events.bus import EventBus, Subscription
from resume_review.infrastructure.events.errors import TooManyStreamsError
from resume_review.infrastructure.events.event import Event, publish
from resume_review.infrastructure.events.slots import STREAMS_PER_USER, Slots, StreamSlots

__all__ = [
    "STREAMS_PER_USER",
    "Event",
    "EventBus",
    "Slots",
    "StreamSlots",
    "Subscription",
    "TooManyStreamsError",
    "publish",
]
