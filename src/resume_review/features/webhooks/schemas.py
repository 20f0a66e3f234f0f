"""Bodies of the webhook routes."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from resume_review.core.fields import PRINTABLE
from resume_review.database.enums import DeliveryStatus, WebhookEvent

Url = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=8, max_length=2000, pattern=r"^[\x21-\x7e]+$"),
    Field(
        description="Public and https, on port 443 or 8443",
        examples=["https://ats.example.com/hooks/reviews"],
    ),
]
Description = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200, pattern=PRINTABLE),
    Field(examples=["Our ATS"]),
]


class Subscribable(StrEnum):
    """What an endpoint can ask for."""

    REVIEW_COMPLETED = WebhookEvent.REVIEW_COMPLETED.value
    REVIEW_FAILED = WebhookEvent.REVIEW_FAILED.value


Events = Annotated[set[Subscribable], Field(min_length=1, examples=[["review.completed", "review.failed"]])]


class WebhookCreate(BaseModel):
    """A new endpoint; it gets messages from now on."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "url": "https://ats.example.com/hooks/reviews",
                    "description": "Our ATS",
                    "events": ["review.completed", "review.failed"],
                }
            ]
        }
    )

    url: Url
    description: Description = ""
    events: Events
    is_active: bool = True


class WebhookChange(BaseModel):
    """Only what is sent is changed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"is_active": True}]})

    url: Url | None = None
    description: Description | None = None
    events: Events | None = None
    is_active: bool | None = None


class WebhookItem(BaseModel):
    """An endpoint; its secret is never shown again."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    url: str
    description: str
    events: list[str]
    is_active: bool
    disabled_reason: str | None
    failures_in_a_row: int
    failing_since: datetime | None
    created_at: datetime
    updated_at: datetime


class WebhookWithSecret(WebhookItem):
    """An endpoint with its secret, shown only this once."""

    secret: str = Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="])


class WebhookList(BaseModel):
    """All endpoints, newest first."""

    webhooks: list[WebhookItem]
    total_count: int


class DeliveryItem(BaseModel):
    """One message and how its sending went; `payload` is what was signed."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    event: WebhookEvent
    status: DeliveryStatus
    attempts: int
    next_attempt_at: datetime | None
    last_attempt_at: datetime | None
    response_code: int | None
    last_error: str | None
    created_at: datetime
    payload: dict[str, Any]


class DeliveryList(BaseModel):
    """One page of messages, newest first; `total_count` counts all pages."""

    deliveries: list[DeliveryItem]
    total_count: int
    page: int
    page_size: int


class DeliveryQuery(BaseModel):
    """Which messages to list."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 20
    status: DeliveryStatus | None = None
