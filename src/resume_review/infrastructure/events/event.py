"""What is told, and how it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

CHANNEL = "resume_review_events"
# Postgres refuses 8000 bytes and more.
MAX_BYTES = 7_999

Payload = Mapping[str, str | int]

_NOTIFY = text("SELECT pg_notify(:channel, :message)")


@dataclass(frozen=True)
class Event:
    """Something happened; `payload` names rows and carries numbers, never content."""

    topic: str
    payload: Payload


async def publish(session: AsyncSession, topic: str, payload: Payload) -> None:
    """Tell every process that listens, when this transaction commits; nothing is told if it does not.

    Raises:
        ValueError: The message is too long; send ids, and let the receiver read the rows.
    """
    message = msgspec.json.encode(Event(topic, payload))
    if len(message) > MAX_BYTES:
        raise ValueError(f"An event on {topic} is {len(message)} bytes long; {MAX_BYTES} are allowed.")
    await session.execute(_NOTIFY, {"channel": CHANNEL, "message": message.decode()})
