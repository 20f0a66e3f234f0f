"""Bodies of the audit routes."""

import base64
import binascii
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from resume_review.core.fields import PRINTABLE
from resume_review.database.enums import ActivityAction, EntityType
from resume_review.features.audit_trail.errors import InvalidCursorError


@dataclass(frozen=True)
class Position:
    """An entry's place in the log, newest first."""

    created_at: datetime
    id: uuid.UUID

    def cursor(self) -> str:
        """The place as a text for the next request."""
        return base64.urlsafe_b64encode(f"{self.created_at.isoformat()}|{self.id}".encode()).decode()

    @classmethod
    def of(cls, cursor: str) -> Self:
        """The place that a cursor names.

        Raises:
            InvalidCursorError: It names none.
        """
        try:
            time, _, identity = base64.urlsafe_b64decode(cursor).decode().partition("|")
            position = cls(datetime.fromisoformat(time), uuid.UUID(identity))
        except (ValueError, binascii.Error):
            raise InvalidCursorError from None
        if position.created_at.tzinfo is None:
            raise InvalidCursorError
        return position


class AuditFilter(BaseModel):
    """Which entries; what is left out means any. `from` is included, `to` is not."""

    model_config = ConfigDict(populate_by_name=True)

    user_id: uuid.UUID | None = None
    entity_type: EntityType | None = None
    entity_id: uuid.UUID | None = None
    action: ActivityAction | None = None
    since: Annotated[AwareDatetime | None, Field(alias="from")] = None
    until: Annotated[AwareDatetime | None, Field(alias="to")] = None
    ip: Annotated[str, StringConstraints(max_length=45, pattern=PRINTABLE)] | None = None

    def given(self) -> dict[str, Any]:
        """What was asked for, as it is noted in the log itself."""
        return self.model_dump(
            mode="json", by_alias=True, include=set(AuditFilter.model_fields), exclude_none=True
        )


class AuditQuery(AuditFilter):
    """Which entries, and which page of them."""

    cursor: Annotated[str, StringConstraints(max_length=200, pattern=PRINTABLE)] | None = None
    page_size: Annotated[int, Field(ge=1, le=200)] = 50


class AuditEntry(BaseModel):
    """Who did what, when and from where; without a user it was the platform, its operator or a stranger."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "01a1fdf9-b899-7e36-9a0e-5d79b0caee96",
                    "created_at": "2026-11-21T11:59:23.838403Z",
                    "user_id": "01a1fdf9-aaaa-7e36-9a0e-5d79b0caee96",
                    "user_email": "robin.sato@agency.example",
                    "action": "update",
                    "entity_type": "user",
                    "entity_id": "01a1fdf9-bbbb-7e36-9a0e-5d79b0caee96",
                    "old_values": {"role": "junior_recruiter"},
                    "new_values": {"role": "senior_recruiter"},
                    "ip_address": "203.0.113.7",
                    "request_id": "01a1fdf9-cccc-7e36-9a0e-5d79b0caee96",
                }
            ]
        }
    )

    id: uuid.UUID
    created_at: datetime
    user_id: uuid.UUID | None
    user_email: str | None
    action: ActivityAction
    entity_type: EntityType
    entity_id: uuid.UUID | None
    old_values: dict[str, Any] | None
    new_values: dict[str, Any] | None
    ip_address: str | None
    request_id: str | None


class AuditPage(BaseModel):
    """Entries, newest first; `next_cursor` is null on the last page."""

    entries: list[AuditEntry]
    next_cursor: str | None
