"""Registering, finding and changing candidates."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import ActivityAction, AssignmentType, CandidateStatus, EntityType
from resume_review.database.models import Candidate, User, UserCandidateAssignment
from resume_review.features.audit import record_activity
from resume_review.features.candidates.errors import CandidateExistsError, CandidateNotFoundError
from resume_review.features.candidates.repository import CandidateRepository, CandidateWithResumes
from resume_review.features.candidates.schemas import CandidateChange, CandidateCreate, CandidateQuery
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.transactions import Transactions

REQUIRED = {"first_name", "last_name", "status"}
SEARCHABLE_BATCH = 500


class CandidateService:
    """Works in the given session for one user and commits nothing."""

    def __init__(self, session: AsyncSession, user: User) -> None:
        self._session = session
        self._user = user
        self._candidates = CandidateRepository(session)

    async def create(self, body: CandidateCreate, *, client: ClientInfo) -> Candidate:
        """Store a candidate and assign it to its creator.

        Raises:
            CandidateExistsError: The e-mail address is taken.
        """
        candidate = Candidate(**body.model_dump(), created_by_user_id=self._user.id)
        assignment = UserCandidateAssignment(
            user_id=self._user.id,
            candidate_id=candidate.id,
            assignment_type=AssignmentType.PRIMARY,
            assigned_by_user_id=self._user.id,
        )
        if candidate.email is not None and await self._candidates.email_taken(candidate.email):
            raise CandidateExistsError
        try:
            await self._candidates.add(candidate, assignment)
        except IntegrityError:  # two requests at once; the unique index decides
            raise CandidateExistsError from None
        self._record(ActivityAction.CREATE, candidate.id, client=client)
        return candidate

    async def get(self, candidate_id: uuid.UUID) -> Candidate:
        """One candidate.

        Raises:
            CandidateNotFoundError: Unknown, or not this user's to see.
        """
        candidate = await self._candidates.readable(candidate_id, self._user)
        if candidate is None:
            raise CandidateNotFoundError
        return candidate

    async def view(self, candidate_id: uuid.UUID, *, client: ClientInfo) -> Candidate:
        """One candidate, shown to a person, which is written down.

        Raises:
            CandidateNotFoundError: Unknown, or not this user's to see.
        """
        candidate = await self.get(candidate_id)
        self._record(ActivityAction.VIEW, candidate.id, client=client)
        return candidate

    async def export(self, candidate_id: uuid.UUID, *, client: ClientInfo) -> uuid.UUID:
        """Allow an export, which is written down; the id to export.

        Raises:
            CandidateNotFoundError: Unknown, or not this user's to see.
        """
        candidate = await self.get(candidate_id)
        self._record(ActivityAction.EXPORT, candidate.id, client=client)
        return candidate.id

    async def page(self, query: CandidateQuery) -> tuple[Sequence[CandidateWithResumes], int]:
        """One page, and the number on all pages."""
        items = await self._candidates.page(self._user, query)
        return items, await self._candidates.count(self._user, query)

    async def change(
        self, candidate_id: uuid.UUID, body: CandidateChange, *, client: ClientInfo
    ) -> Candidate:
        """Change what was sent.

        Raises:
            CandidateNotFoundError: Unknown, or not this user's to see.
            CandidateExistsError: The e-mail address is taken.
        """
        sent = body.model_dump(exclude_unset=True)
        wanted = {name: value for name, value in sent.items() if value is not None or name not in REQUIRED}
        return await self._apply(candidate_id, wanted, client=client)

    async def set_status(
        self, candidate_id: uuid.UUID, status: CandidateStatus, *, client: ClientInfo
    ) -> Candidate:
        """Archive a candidate or bring one back; doing so again changes nothing.

        Raises:
            CandidateNotFoundError: Unknown, or not this user's to see.
        """
        return await self._apply(candidate_id, {"status": status}, client=client)

    async def _apply(
        self, candidate_id: uuid.UUID, wanted: dict[str, Any], *, client: ClientInfo
    ) -> Candidate:
        candidate = await self._candidates.readable(candidate_id, self._user, lock=True)
        if candidate is None:
            raise CandidateNotFoundError
        changes = {name: value for name, value in wanted.items() if value != getattr(candidate, name)}
        if not changes:
            return candidate
        email = changes.get("email")
        if email is not None and await self._candidates.email_taken(email, by_other_than=candidate.id):
            raise CandidateExistsError
        before = candidate.status
        for name, value in changes.items():
            setattr(candidate, name, value)
        try:
            await self._session.flush()
        except IntegrityError:  # two requests at once; the unique index decides
            raise CandidateExistsError from None
        self._record_change(candidate, before, list(changes), client=client)
        return candidate

    def _record_change(
        self, candidate: Candidate, before: CandidateStatus, changed: list[str], *, client: ClientInfo
    ) -> None:
        """Names of fields, not what they held: entries of the log cannot be erased with the person."""
        after = candidate.status
        old: dict[str, Any] | None = None
        new: dict[str, Any] = {"changed": changed}
        action = ActivityAction.UPDATE
        if before is not after:
            old, new = {"status": before.value}, new | {"status": after.value}
            if after is CandidateStatus.ARCHIVED:
                action = ActivityAction.ARCHIVE
            elif before is CandidateStatus.ARCHIVED:
                action = ActivityAction.RESTORE
        self._record(action, candidate.id, client=client, old=old, new=new)

    def _record(
        self,
        action: ActivityAction,
        candidate_id: uuid.UUID,
        *,
        client: ClientInfo,
        old: dict[str, Any] | None = None,
        new: dict[str, Any] | None = None,
    ) -> None:
        record_activity(
            self._session,
            action,
            entity=EntityType.CANDIDATE,
            entity_id=candidate_id,
            user_id=self._user.id,
            client=client,
            old=old,
            new=new,
        )


async def make_candidates_searchable(transactions: Transactions) -> int:
    """Make findable what another release wrote without the columns that searches use; returns how many rows.

    Short transactions, which leave alone what others hold; safe to run anywhere, at any time.
    """
    total = 0
    while True:
        async with transactions.transaction() as session:
            done = await CandidateRepository(session).make_searchable(limit=SEARCHABLE_BATCH)
        total += done
        if done < SEARCHABLE_BATCH:
            return total
