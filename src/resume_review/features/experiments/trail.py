"""What administrators do with experiments and rollouts, in the audit log."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import ActivityAction, EntityType
from resume_review.database.models import Experiment, Rollout, User
from resume_review.features.audit import record_activity
from resume_review.infrastructure.http import ClientInfo


class Trail:
    """Writes down what an administrator does."""

    def __init__(self, session: AsyncSession, admin: User, client: ClientInfo) -> None:
        self._session = session
        self._admin = admin
        self._client = client

    def write(
        self,
        action: ActivityAction,
        row: Experiment | Rollout,
        *,
        old: dict[str, Any] | None = None,
        new: dict[str, Any] | None = None,
    ) -> None:
        """An entry about a row."""
        record_activity(
            self._session,
            action,
            entity=EntityType.EXPERIMENT if isinstance(row, Experiment) else EntityType.ROLLOUT,
            entity_id=row.id,
            user_id=self._admin.id,
            client=self._client,
            old=old,
            new={"key": row.key} | (new or {}),
        )
