"""Writing the audit log."""

import uuid
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import ActivityAction, EntityType
from resume_review.database.models import ActivityLog
from resume_review.infrastructure.http import ClientInfo


def record_activity(
    session: AsyncSession,
    action: ActivityAction,
    *,
    entity: EntityType,
    entity_id: uuid.UUID | None,
    user_id: uuid.UUID | None,
    client: ClientInfo | None = None,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> None:
    """Add an entry to the transaction: if the entry cannot be written, neither is what it speaks of.

    `old` and `new` hold the changed fields; never secrets or resume text, as entries cannot be erased.
    """
    session.add(
        ActivityLog(
            action=action,
            entity_type=entity,
            entity_id=entity_id,
            user_id=user_id,
            ip_address=client.address if client else None,
            request_id=client.request_id if client else None,
            old_values=old,
            new_values=new,
        )
    )
