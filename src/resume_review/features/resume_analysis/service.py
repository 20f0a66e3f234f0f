"""Requesting reviews, following them and deciding about what they found."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import PromptSource
from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import ActivityAction, EntityType, ResumeStatus, ReviewRequestStatus
from resume_review.database.models import Resume, ReviewFeedbackItem, ReviewRequest, User
from resume_review.database.session import driver_connection
from resume_review.features.audit import record_activity
from resume_review.features.resume_analysis.errors import (
    DecisionConflictError,
    FindingNotFoundError,
    ResumeNotReadError,
    ReviewEndedError,
    ReviewNotFinishedError,
    ReviewNotFoundError,
    ReviewNotRetryableError,
    UnknownIndustryError,
)
from resume_review.features.resume_analysis.progress import PERCENT, Step, announce, announce_end
from resume_review.features.resume_analysis.repository import (
    Decision,
    ReviewRepository,
    ReviewWithResult,
    StatusRow,
)
from resume_review.features.resume_analysis.rows import copied_items, copied_result
from resume_review.features.resume_analysis.terms import (
    ANALYSE_JOB,
    ReviewTerms,
    document_fingerprint,
    in_use,
    reuse_key,
)
from resume_review.features.resume_upload import STOPPED, ResumeNotFoundError, ResumeRepository
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.monitoring.metrics import REVIEWS
from resume_review.infrastructure.queue import JobQueue, Priority
from resume_review.rubric import UnknownIndustryError as NoPackError
from resume_review.rubric import resolve_industry


@dataclass(frozen=True)
class Accepted:
    """A review that was asked for; completed at once when an earlier answer could be reused."""

    id: uuid.UUID
    status: ReviewRequestStatus
    reused_from: uuid.UUID | None


def known_industry(code: str) -> str:
    """The code of today for a code of any release.

    Raises:
        UnknownIndustryError: No pack for the industry.
    """
    try:
        return resolve_industry(code).value
    except NoPackError as error:
        raise UnknownIndustryError(str(error)) from None


class ReviewService:
    """Works in the given session for one user and commits nothing."""

    def __init__(
        self,
        session: AsyncSession,
        user: User,
        *,
        queue: JobQueue,
        engine: str | None,
        prompts: PromptSource | None = None,
    ) -> None:
        """`engine` is the fingerprint of the workers' engine; null where it is not known, so that nothing is reused.

        Without `prompts`, answers of models are not reused either: other prompts may be in use by now.
        """
        self._session = session
        self._user = user
        self._reviews = ReviewRepository(session)
        self._resumes = ResumeRepository(session)
        self._queue = queue
        self._engine = engine
        self._prompts = prompts

    async def request(
        self,
        resume_id: uuid.UUID,
        terms: ReviewTerms,
        *,
        client: ClientInfo | None,
        priority: Priority = Priority.INTERACTIVE,
        force: bool = False,
    ) -> Accepted:
        """Store the request and send its job in the same transaction: both exist, or neither.

        The answer to the same question about the same text, asked earlier today, is taken over at once, unless
        `force` asks for new work. One of a resume that is still being read waits for that.

        Raises:
            ResumeNotFoundError: Unknown resume, or not this user's to see.
            ResumeNotReadError: Its reading failed or was cancelled.
        """
        resume = await self._resumes.readable(resume_id, self._user)
        if resume is None:
            raise ResumeNotFoundError
        if resume.status in STOPPED:
            raise ResumeNotReadError
        now = utc_now()
        read = resume.status is ResumeStatus.COMPLETED
        source = await self._reusable(resume, terms, now=now) if read and not force else None
        request = self._new_request(resume_id, terms, now=now)
        if source is None:
            await self._reviews.add(request)
            await self._send_job(request.id, priority)
        else:
            await self._take_over(request, source, resume)
        self._record(
            ActivityAction.CREATE,
            request.id,
            client=client,
            new={"industry": terms.industry, "resume_id": str(resume_id), "review_type": terms.review_type},
        )
        return Accepted(request.id, request.status, request.reused_from_id)

    async def status(self, review_id: uuid.UUID) -> StatusRow:
        """How a review stands, with its result if it has one.

        Raises:
            ReviewNotFoundError: Unknown, or not this user's to see.
        """
        found = await self._reviews.status(review_id, self._user)
        if found is None:
            raise ReviewNotFoundError
        return found

    async def review(self, review_id: uuid.UUID) -> dict[str, object]:
        """The whole answer.

        Raises:
            ReviewNotFoundError: Unknown, or not this user's to see.
            ReviewNotFinishedError: It has no result.
        """
        found = await self._reviews.readable(review_id, self._user, with_review=True)
        if found is None:
            raise ReviewNotFoundError
        if found.result is None or found.result.review is None:
            raise ReviewNotFinishedError
        return found.result.review

    async def findings(self, review_id: uuid.UUID) -> Sequence[ReviewFeedbackItem]:
        """All findings and strengths of a completed review.

        Raises:
            ReviewNotFoundError: Unknown, or not this user's to see.
            ReviewNotFinishedError: It has no result.
        """
        return await self._reviews.findings(await self._result_id(review_id))

    async def cancel(self, review_id: uuid.UUID, *, client: ClientInfo) -> None:
        """End a review that is not finished: its job is deleted, or stopped where it runs.

        Raises:
            ReviewNotFoundError: Unknown, or not this user's to see.
            ReviewEndedError: It has ended.
        """
        await self.status(review_id)
        if not await self._reviews.cancel(review_id, now=utc_now()):
            raise ReviewEndedError
        await self._queue.cancel(await driver_connection(self._session), ANALYSE_JOB, review_id)
        await announce(self._session, review_id)
        self._record(ActivityAction.CANCEL, review_id, client=client)

    async def retry(self, review_id: uuid.UUID, *, client: ClientInfo) -> Accepted:
        """Try a failed or cancelled review again, under the same id and for the same day.

        Raises:
            ReviewNotFoundError: Unknown, or not this user's to see.
            ReviewNotRetryableError: It neither failed nor was cancelled.
        """
        await self.status(review_id)
        if not await self._reviews.reopen(review_id):
            raise ReviewNotRetryableError
        await self._send_job(review_id, Priority.INTERACTIVE)
        await announce(self._session, review_id)
        self._record(ActivityAction.RETRY, review_id, client=client)
        return Accepted(review_id, ReviewRequestStatus.PENDING, None)

    async def decide(
        self, review_id: uuid.UUID, decisions: Sequence[Decision], *, client: ClientInfo
    ) -> list[ReviewFeedbackItem]:
        """Decide about findings: all of them or, when one cannot be, none.

        Raises:
            ReviewNotFoundError: Unknown, or not this user's to see.
            ReviewNotFinishedError: It has no result.
            FindingNotFoundError: One is not of this review.
            DecisionConflictError: Somebody decided about one since its expected version.
        """
        result_id = await self._result_id(review_id)
        ids = [decision.item_id for decision in decisions]
        before = {
            item_id: item.decision for item_id, item in (await self._reviews.items(result_id, ids)).items()
        }
        for decision in decisions:
            if decision.item_id not in before:
                raise FindingNotFoundError
            if not await self._reviews.decide(result_id, decision, user_id=self._user.id, now=utc_now()):
                raise DecisionConflictError
            record_activity(
                self._session,
                ActivityAction.DECIDE,
                entity=EntityType.FINDING,
                entity_id=decision.item_id,
                user_id=self._user.id,
                client=client,
                old={"decision": before[decision.item_id]},
                new={"decision": decision.decision, "review_id": str(review_id)},
            )
        after = await self._reviews.items(result_id, ids)
        return [after[item_id] for item_id in ids]

    async def _send_job(self, review_id: uuid.UUID, priority: Priority) -> None:
        connection = await driver_connection(self._session)
        await self._queue.enqueue(
            connection, ANALYSE_JOB, subject=review_id, owner=self._user.id, priority=priority
        )

    async def _result_id(self, review_id: uuid.UUID) -> uuid.UUID:
        result_id: uuid.UUID | None = (await self.status(review_id)).result_id
        if result_id is None:
            raise ReviewNotFinishedError
        return result_id

    async def _reusable(
        self, resume: Resume, terms: ReviewTerms, *, now: datetime
    ) -> ReviewWithResult | None:
        if self._engine is None:
            return None
        key = reuse_key(terms, file_hash=resume.file_hash, day=now.date(), engine=self._engine)
        found = await self._reviews.reusable(key, self._user)
        if found is None or found.result is None:
            return None
        # The same file may have been read again by a later reader: only the same text has the same answer.
        document = await self._resumes.document(resume.id)
        if document is None or document_fingerprint(document) != found.result.document_fingerprint:
            return None
        asked_with = (found.result.receipt or {}).get("prompts", [])
        return found if await in_use(asked_with, self._prompts, terms) else None

    def _new_request(self, resume_id: uuid.UUID, terms: ReviewTerms, *, now: datetime) -> ReviewRequest:
        return ReviewRequest(
            id=new_id(),
            resume_id=resume_id,
            requested_by_user_id=self._user.id,
            target_industry=terms.industry,
            target_role=terms.target_role,
            experience_level=terms.experience_level,
            review_type=terms.review_type,
            language=terms.language,
            requested_at=now,
        )

    async def _take_over(self, request: ReviewRequest, source: ReviewWithResult, resume: Resume) -> None:
        assert source.result is not None
        request.status, request.reused_from_id = ReviewRequestStatus.COMPLETED, source.request.id
        request.progress, request.step = PERCENT[Step.DONE], Step.DONE
        request.started_at = request.completed_at = request.requested_at
        request.overall_score, request.market_tier = source.result.overall_score, source.result.market_tier
        await self._reviews.add(request)
        result = copied_result(
            source.result,
            source_request_id=source.request.id,
            request=request,
            file_name=resume.original_filename,
        )
        items = await self._reviews.findings(source.result.id)
        await self._reviews.add_result(result, copied_items(result.id, items))
        await announce_end(self._session, request.id)
        REVIEWS.labels("reused", source.result.engine, str(source.result.degraded).lower()).inc()

    def _record(
        self,
        action: ActivityAction,
        review_id: uuid.UUID,
        *,
        client: ClientInfo | None,
        new: dict[str, object] | None = None,
    ) -> None:
        record_activity(
            self._session,
            action,
            entity=EntityType.REVIEW,
            entity_id=review_id,
            user_id=self._user.id,
            client=client,
            new=new,
        )
