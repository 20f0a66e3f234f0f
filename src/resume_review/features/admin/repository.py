"""Rows of accounts, as an administrator sees them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import UserRole
from resume_review.database.models import Resume, ReviewRequest, User, UserCandidateAssignment


@dataclass(frozen=True, kw_only=True)
class UserFilter:
    """Null means any; `search` is looked for in name and address."""

    search: str | None = None
    role: UserRole | None = None
    is_active: bool | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a matching account fulfils."""
        conditions: list[ColumnElement[bool]] = []
        if self.search:
            name = User.first_name + " " + User.last_name
            family_first = User.last_name + " " + User.first_name
            conditions.append(
                or_(
                    *(
                        column.icontains(self.search, autoescape=True)
                        for column in (User.email, name, family_first)
                    )
                )
            )
        if self.role is not None:
            conditions.append(User.role == self.role)
        if self.is_active is not None:
            conditions.append(User.is_active == self.is_active)
        return conditions


class AccountRepository:
    """Reads and writes accounts; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, user_id: uuid.UUID) -> User | None:
        """The account, locked for a change."""
        statement = select(User).where(User.id == user_id).with_for_update()
        return await self._session.scalar(statement, execution_options={"populate_existing": True})

    async def page(self, wanted: UserFilter, *, limit: int, offset: int) -> Sequence[tuple[User, int]]:
        """Accounts with the number of candidates assigned to them, newest first."""
        assigned = (
            select(func.count(UserCandidateAssignment.id))
            .where(UserCandidateAssignment.user_id == User.id, UserCandidateAssignment.is_active)
            .scalar_subquery()
        )
        statement = (
            select(User, assigned)
            .where(*wanted.conditions())
            .order_by(User.created_at.desc(), User.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return [(row[0], row[1]) for row in await self._session.execute(statement)]

    async def count(self, wanted: UserFilter) -> int:
        """How many accounts match."""
        return await self._session.scalar(select(func.count(User.id)).where(*wanted.conditions())) or 0

    async def colleagues(self) -> Sequence[User]:
        """All accounts, by name."""
        return (await self._session.scalars(select(User).order_by(User.last_name, User.first_name))).all()

    async def email_taken(self, email: str, *, by_other_than: uuid.UUID | None = None) -> bool:
        """Whether another account has this (lower-case) address."""
        condition = exists().where(User.email == email, User.id != by_other_than)
        return bool(await self._session.scalar(select(condition)))

    async def other_admins(self, user_id: uuid.UUID) -> int:
        """How many active administrators there are beside this one.

        Locks all of them, always in the same order and before any other account: two that would take each other's
        role wait in line, and the second sees what the first did.
        """
        statement = (
            select(User.id)
            .where(User.role == UserRole.ADMIN, User.is_active)
            .order_by(User.id)
            .with_for_update()
        )
        return sum(found != user_id for found in await self._session.scalars(statement))

    async def work_of(self, user_id: uuid.UUID) -> tuple[int, int, int]:
        """Candidates assigned, resumes uploaded, reviews requested."""
        statement = select(
            select(func.count(UserCandidateAssignment.id))
            .where(UserCandidateAssignment.user_id == user_id, UserCandidateAssignment.is_active)
            .scalar_subquery(),
            select(func.count(Resume.id)).where(Resume.uploaded_by_user_id == user_id).scalar_subquery(),
            select(func.count(ReviewRequest.id))
            .where(ReviewRequest.requested_by_user_id == user_id)
            .scalar_subquery(),
        )
        row = (await self._session.execute(statement)).one()
        return row[0], row[1], row[2]
