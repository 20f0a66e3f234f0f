"""Who works with which candidate: assigning, taking away, handing over, and the history of it."""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import ActivityAction, AssignmentType, EntityType
from resume_review.database.models import User, UserCandidateAssignment
from resume_review.features.audit import record_activity
from resume_review.features.candidates.errors import (
    CandidateNotFoundError,
    ColleagueInactiveError,
    ColleagueNotFoundError,
    NotAssignedError,
    SameColleagueError,
)
from resume_review.features.candidates.repository import CandidateRepository
from resume_review.features.candidates.schemas import ReassignRequest
from resume_review.infrastructure.http import ClientInfo

TYPE_CHANGED = "Another kind of assignment"
Assignment = UserCandidateAssignment


class AssignmentRepository:
    """Reads and writes assignments; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def active(self, candidate_id: uuid.UUID, user_id: uuid.UUID) -> Assignment | None:
        """The present assignment of a user, if any."""
        return await self._session.scalar(
            select(Assignment).where(
                Assignment.candidate_id == candidate_id, Assignment.user_id == user_id, Assignment.is_active
            )
        )

    async def history(self, candidate_id: uuid.UUID) -> Sequence[tuple[Assignment, User]]:
        """All assignments of a candidate with their users, newest first."""
        statement = (
            select(Assignment, User)
            .join(User, User.id == Assignment.user_id)
            .where(Assignment.candidate_id == candidate_id)
            .order_by(Assignment.assigned_at.desc(), Assignment.id.desc())
        )
        return [(row[0], row[1]) for row in await self._session.execute(statement)]

    async def colleague(self, user_id: uuid.UUID) -> User | None:
        """The account, held as it is until the transaction ends."""
        return await self._session.scalar(select(User).where(User.id == user_id).with_for_update(read=True))

    async def add(self, assignment: Assignment) -> None:
        """Store an assignment."""
        self._session.add(assignment)
        await self._session.flush()

    async def end(self, assignment: Assignment, *, reason: str) -> None:
        """Keep an assignment as history."""
        assignment.is_active, assignment.unassigned_at = False, utc_now()
        assignment.unassigned_reason = reason
        await self._session.flush()

    async def end_all(
        self, user_id: uuid.UUID, *, candidate_ids: Sequence[uuid.UUID] | None, reason: str
    ) -> dict[uuid.UUID, AssignmentType]:
        """End a user's assignments, all or those to the given candidates; which they were."""
        statement = update(Assignment).where(Assignment.user_id == user_id, Assignment.is_active)
        if candidate_ids is not None:
            statement = statement.where(Assignment.candidate_id.in_(candidate_ids))
        ended = statement.values(is_active=False, unassigned_at=utc_now(), unassigned_reason=reason)
        rows = await self._session.execute(
            ended.returning(Assignment.candidate_id, Assignment.assignment_type)
        )
        return {row[0]: row[1] for row in rows}

    async def assign_all(
        self, user_id: uuid.UUID, wanted: dict[uuid.UUID, AssignmentType], *, by: uuid.UUID
    ) -> None:
        """Assign candidates to a user, except those that are already."""
        now = utc_now()
        rows: list[dict[str, Any]] = [
            {
                "id": new_id(),
                "user_id": user_id,
                "candidate_id": candidate_id,
                "assignment_type": kind,
                "assigned_by_user_id": by,
                "assigned_at": now,
                "is_active": True,
            }
            for candidate_id, kind in wanted.items()
        ]
        statement = insert(Assignment).on_conflict_do_nothing(
            index_elements=["user_id", "candidate_id"], index_where=sa.text("is_active")
        )
        await self._session.execute(statement, rows)


class AssignmentService:
    """Works in the given session for one user and commits nothing; who may call it is decided by the routes."""

    def __init__(self, session: AsyncSession, user: User, *, client: ClientInfo) -> None:
        self._session = session
        self._user = user
        self._client = client
        self._candidates = CandidateRepository(session)
        self._assignments = AssignmentRepository(session)

    async def history(self, candidate_id: uuid.UUID) -> Sequence[tuple[Assignment, User]]:
        """Present and former assignments, newest first.

        Raises:
            CandidateNotFoundError: Unknown, or not this user's to see.
        """
        if await self._candidates.readable(candidate_id, self._user) is None:
            raise CandidateNotFoundError
        return await self._assignments.history(candidate_id)

    async def assign(self, candidate_id: uuid.UUID, user_id: uuid.UUID, kind: AssignmentType) -> None:
        """Give a colleague access; another kind than before ends the old assignment, the same changes nothing.

        Raises:
            CandidateNotFoundError: Unknown, or not this user's to see.
            ColleagueNotFoundError: Unknown account.
            ColleagueInactiveError: The account is switched off.
        """
        await self._lock(candidate_id)
        await self._require_active(user_id)
        present = await self._assignments.active(candidate_id, user_id)
        if present is not None and present.assignment_type is kind:
            return
        if present is not None:
            await self._assignments.end(present, reason=TYPE_CHANGED)
        await self._assignments.add(
            Assignment(
                user_id=user_id,
                candidate_id=candidate_id,
                assignment_type=kind,
                assigned_by_user_id=self._user.id,
            )
        )
        self._record(ActivityAction.ASSIGN, candidate_id, {"user_id": str(user_id), "type": kind.value})

    async def unassign(self, candidate_id: uuid.UUID, user_id: uuid.UUID, *, reason: str) -> None:
        """Take a colleague's access away, from the next request on.

        Raises:
            CandidateNotFoundError: Unknown, or not this user's to see.
            NotAssignedError: There is nothing to take away.
        """
        await self._lock(candidate_id)
        present = await self._assignments.active(candidate_id, user_id)
        if present is None:
            raise NotAssignedError
        await self._assignments.end(present, reason=reason)
        self._record(ActivityAction.UNASSIGN, candidate_id, {"user_id": str(user_id)})

    async def reassign(self, body: ReassignRequest) -> int:
        """Hand candidates over, each with the kind of assignment it had; how many.

        Raises:
            SameColleagueError: Nothing would change.
            ColleagueNotFoundError: An unknown account.
            ColleagueInactiveError: The receiving account is switched off.
            NotAssignedError: A candidate that was named is not assigned to the giving account.
        """
        if body.from_user_id == body.to_user_id:
            raise SameColleagueError
        if await self._assignments.colleague(body.from_user_id) is None:
            raise ColleagueNotFoundError
        await self._require_active(body.to_user_id)
        ended = await self._assignments.end_all(
            body.from_user_id, candidate_ids=body.candidate_ids, reason=body.reason
        )
        if body.candidate_ids is not None and set(body.candidate_ids) - ended.keys():
            raise NotAssignedError
        if not ended:
            return 0
        await self._assignments.assign_all(body.to_user_id, ended, by=self._user.id)
        for candidate_id, kind in ended.items():
            new = {"user_id": str(body.to_user_id), "type": kind.value}
            self._record(ActivityAction.ASSIGN, candidate_id, new, old={"user_id": str(body.from_user_id)})
        return len(ended)

    async def _lock(self, candidate_id: uuid.UUID) -> None:
        if await self._candidates.readable(candidate_id, self._user, lock=True) is None:
            raise CandidateNotFoundError

    async def _require_active(self, user_id: uuid.UUID) -> None:
        colleague = await self._assignments.colleague(user_id)
        if colleague is None:
            raise ColleagueNotFoundError
        if not colleague.is_active:
            raise ColleagueInactiveError

    def _record(
        self,
        action: ActivityAction,
        candidate_id: uuid.UUID,
        new: dict[str, Any],
        *,
        old: dict[str, Any] | None = None,
    ) -> None:
        record_activity(
            self._session,
            action,
            entity=EntityType.CANDIDATE,
            entity_id=candidate_id,
            user_id=self._user.id,
            client=self._client,
            old=old,
            new=new,
        )
