"""Registering and finding candidates."""

import uuid
from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import ActivityAction, AssignmentType, EntityType
from resume_review.database.models import Candidate, User, UserCandidateAssignment
from resume_review.features.audit import record_activity
from resume_review.features.candidates.errors import CandidateExistsError, CandidateNotFoundError
from resume_review.features.candidates.repository import CandidateRepository, CandidateWithResumes
from resume_review.features.candidates.schemas import CandidateCreate
from resume_review.infrastructure.http import ClientInfo


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
        record_activity(
            self._session,
            ActivityAction.CREATE,
            entity=EntityType.CANDIDATE,
            entity_id=candidate.id,
            user_id=self._user.id,
            client=client,
        )
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

    async def page(self, *, limit: int, offset: int) -> tuple[Sequence[CandidateWithResumes], int]:
        """One page, newest first, and the number on all pages."""
        items = await self._candidates.page(self._user, limit=limit, offset=offset)
        return items, await self._candidates.count(self._user)
