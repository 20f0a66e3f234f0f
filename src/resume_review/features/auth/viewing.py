"""Writing down who looked at personal data, declared on the route that shows it."""

import uuid
from typing import Any

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import ActivityAction, EntityType
from resume_review.database.request import DbSession
from resume_review.features.audit import record_activity
from resume_review.features.auth.dependencies import CurrentUser
from resume_review.infrastructure.http import Client, ClientInfo


def notes_view(entity: EntityType, parameter: str) -> Any:
    """For `dependencies=` of a route: logs that the user saw what the path parameter names.

    The entry is one insert in the transaction of the request, so a refused look leaves none.
    """

    async def note(request: Request, session: DbSession, identity: CurrentUser, client: Client) -> None:
        try:
            entity_id = uuid.UUID(request.path_params[parameter])
        except ValueError:
            # Dependencies run before the route refuses its parameters.
            return
        record_view(session, entity, entity_id, user_id=identity.user.id, client=client)

    return Depends(note)


def record_view(
    session: AsyncSession,
    entity: EntityType,
    entity_id: uuid.UUID,
    *,
    user_id: uuid.UUID,
    client: ClientInfo,
) -> None:
    """Add the entry to the transaction, for a route that shows personal data only at times."""
    record_activity(
        session, ActivityAction.VIEW, entity=entity, entity_id=entity_id, user_id=user_id, client=client
    )
