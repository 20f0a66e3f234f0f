"""Making a file of a bulk upload a candidate's resume, and having it reviewed if that was asked for."""

import uuid
from dataclasses import dataclass

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import PromptSource
from resume_review.core.settings import FeedbackLanguage
from resume_review.database.enums import ActivityAction, BatchItemStatus, EntityType
from resume_review.database.models import UploadBatch, UploadBatchItem, User
from resume_review.documents import Document
from resume_review.features.audit import record_activity
from resume_review.features.bulk_upload.repository import forget
from resume_review.features.resume_analysis import ReviewService, ReviewTerms
from resume_review.features.resume_upload import Intake, Kept, NewFile
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.queue import JobQueue, Priority
from resume_review.infrastructure.storage import FileStore


@dataclass(frozen=True)
class Parts:
    """What attaching needs of the application; `engine` is the fingerprint of the workers' engine.

    Without `prompts`, earlier answers of models are not used again.
    """

    files: FileStore
    queue: JobQueue
    engine: str | None
    prompts: PromptSource | None = None


class Attaching:
    """Works in the given session for one user and commits nothing."""

    def __init__(self, session: AsyncSession, user: User, parts: Parts) -> None:
        self._session = session
        self._user = user
        self._intake = Intake(session, files=parts.files, queue=parts.queue)
        self._reviews = ReviewService(
            session, user, queue=parts.queue, engine=parts.engine, prompts=parts.prompts
        )

    async def attach(
        self,
        item: UploadBatchItem,
        batch: UploadBatch,
        *,
        document: Document,
        candidate_id: uuid.UUID,
        client: ClientInfo | None,
    ) -> None:
        """Keep the file as the next version of a candidate that the user may see; the row then keeps nothing of it."""
        kept = await self._intake.keep(
            candidate_id,
            NewFile(
                name=item.filename,
                sha256=item.file_hash,
                size=item.file_size,
                key=item.file_key,
                scan=item.scan_status,
            ),
            uploaded_by=self._user.id,
            document=document,
        )
        record_activity(
            self._session,
            ActivityAction.CREATE,
            entity=EntityType.RESUME,
            entity_id=kept.resume.id,
            user_id=self._user.id,
            client=client,
            new={"sha256": item.file_hash, "batch_id": str(batch.id)},
        )
        _complete(item, kept, candidate_id)
        await self._review(item, batch, client)
        await self._session.flush()

    async def attach_stored(
        self,
        item: UploadBatchItem,
        batch: UploadBatch,
        *,
        stored: dict[str, object],
        candidate_id: uuid.UUID,
        client: ClientInfo | None,
    ) -> None:
        """The same with a document as the row keeps it."""
        document = msgspec.convert(stored, Document)
        await self.attach(item, batch, document=document, candidate_id=candidate_id, client=client)

    async def _review(self, item: UploadBatchItem, batch: UploadBatch, client: ClientInfo | None) -> None:
        if batch.review_industry is None or batch.review_type is None or item.resume_id is None:
            return
        terms = ReviewTerms(
            industry=batch.review_industry,
            language=batch.review_language or FeedbackLanguage.ENGLISH.value,
            review_type=batch.review_type,
        )
        # The row of the resume must be there for the review to refer to.
        await self._session.flush()
        accepted = await self._reviews.request(item.resume_id, terms, client=client, priority=Priority.BULK)
        item.review_id = accepted.id


def _complete(item: UploadBatchItem, kept: Kept, candidate_id: uuid.UUID) -> None:
    older = kept.duplicate_of
    forget(item, BatchItemStatus.COMPLETED)
    item.candidate_id, item.resume_id = candidate_id, kept.resume.id
    item.error_code = "resumes.duplicate" if older else None
    item.error_message = (
        f"The same file is already there as version {older.version_number} of this candidate's resume."
        if older
        else None
    )
