"""Rows of invitations."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import UserRole
from resume_review.database.models import Invitation, User


class InvitationRepository:
    """Reads and writes invitations; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def replace_open(self, invitation: Invitation, *, now: datetime) -> None:
        """Store an invitation in place of an open one for the same address."""
        await self._session.execute(
            update(Invitation)
            .where(
                Invitation.email == invitation.email,
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
            )
            .values(revoked_at=now)
        )
        self._session.add(invitation)
        await self._session.flush()

    async def get(self, invitation_id: uuid.UUID) -> Invitation | None:
        """The invitation, locked for a change."""
        return await self._session.scalar(
            select(Invitation).where(Invitation.id == invitation_id).with_for_update()
        )

    async def acceptable(self, hashed: str, *, now: datetime) -> Invitation | None:
        """The open invitation with this token, locked: of two that come at once the second finds it used."""
        return await self._session.scalar(
            select(Invitation)
            .where(
                Invitation.token_hash == hashed,
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
                Invitation.expires_at > now,
            )
            .with_for_update()
        )

    async def page(self, *, limit: int, offset: int) -> Sequence[Invitation]:
        """Invitations, newest first."""
        statement = (
            select(Invitation)
            .order_by(Invitation.created_at.desc(), Invitation.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return (await self._session.scalars(statement)).all()

    async def count(self) -> int:
        """How many invitations there are."""
        return await self._session.scalar(select(func.count(Invitation.id))) or 0

    async def has_account(self, email: str) -> bool:
        """Whether the (lower-case) address belongs to an account."""
        return bool(await self._session.scalar(select(exists().where(User.email == email))))

    async def has_admin(self) -> bool:
        """Whether anybody can invite."""
        admin = exists().where(User.role == UserRole.ADMIN, User.is_active)
        return bool(await self._session.scalar(select(admin)))
