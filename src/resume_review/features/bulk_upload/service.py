"""Taking in many files at once, deciding whose they are, and calling the rest off."""

import asyncio
import hashlib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.errors import ConflictError
from resume_review.core.ids import new_id
from resume_review.database.enums import ActivityAction, BatchItemStatus, CandidateMatch, EntityType
from resume_review.database.models import Candidate, UploadBatch, UploadBatchItem, User
from resume_review.database.session import driver_connection
from resume_review.features.audit import record_activity
from resume_review.features.bulk_upload.arriving import Arrival
from resume_review.features.bulk_upload.attaching import Attaching, Parts
from resume_review.features.bulk_upload.calling_off import call_off, forget_files
from resume_review.features.bulk_upload.contacts import Contact, new_candidate
from resume_review.features.bulk_upload.errors import (
    BatchNotFoundError,
    ItemNotFoundError,
    ItemNotWaitingError,
    NameMissingError,
    NothingToRetryError,
)
from resume_review.features.bulk_upload.limits import READ_ITEM_JOB
from resume_review.features.bulk_upload.progress import tell
from resume_review.features.bulk_upload.repository import BatchRepository
from resume_review.features.bulk_upload.schemas import Decision, ReviewWish
from resume_review.features.candidates import CandidateService
from resume_review.features.resume_upload import InfectedFileError, disposition, infection, scan_status
from resume_review.features.stored_files import storage_key
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.queue import Priority
from resume_review.infrastructure.scanning import Scanner


@dataclass(frozen=True)
class WholeBatch:
    """A bulk upload, its files in order and the candidates among theirs that its owner may see.

    `at_vendor` counts its reviews that wait for a batch of models' answers.
    """

    batch: UploadBatch
    items: Sequence[tuple[UploadBatchItem, Candidate | None]]
    at_vendor: int = 0


class BatchService:
    """Works in the given session for one user and commits nothing."""

    def __init__(self, session: AsyncSession, user: User, parts: Parts, *, scanner: Scanner) -> None:
        self._session = session
        self._user = user
        self._batches = BatchRepository(session)
        self._files, self._queue = parts.files, parts.queue
        self._scanner = scanner
        self._attaching = Attaching(session, user, parts)

    async def receive(
        self, arrivals: Iterator[Arrival], *, auto: bool, review: ReviewWish | None, client: ClientInfo
    ) -> WholeBatch:
        """Keep the files and send a job for each; none is kept if the bulk upload as a whole is refused.

        Raises:
            NoFilesError: There is none.
            TooManyFilesError: More than a bulk upload takes.
            ScannerError: There is a scanner and it gave no verdict; nothing was stored.
            StorageError: Nothing was stored.
        """
        batch = UploadBatch(
            created_by_user_id=self._user.id,
            auto=auto,
            review_industry=review.industry if review else None,
            review_language=review.language.value if review and review.language else None,
            review_type=review.type if review else None,
        )
        items: list[UploadBatchItem] = []
        try:
            infected = await self._take_in(batch.id, arrivals, items)
            await self._batches.add(batch, items)
            await self._send([item.id for item in items if item.status is BatchItemStatus.PENDING])
        except BaseException:
            for key in (item.file_key for item in items if item.file_key):
                await self._files.delete(key)
            raise
        self._record(ActivityAction.CREATE, batch.id, client, {"batch": True, "files": len(items)})
        for item, signature in infected:
            found = {"batch_id": str(batch.id)} | infection(item.file_hash, signature)
            self._record(ActivityAction.REJECT_UPLOAD, item.id, client, found)
        return WholeBatch(batch, [(item, None) for item in items])

    async def get(self, batch_id: uuid.UUID) -> WholeBatch:
        """One bulk upload with all its files.

        Raises:
            BatchNotFoundError: Unknown, or somebody else's.
        """
        batch = await self._owned(batch_id)
        at_vendor = await self._batches.at_vendor([batch_id])
        items = await self._batches.items(batch_id, self._user)
        return WholeBatch(batch, items, at_vendor.get(batch_id, 0))

    async def page(
        self, *, page: int, page_size: int
    ) -> tuple[Sequence[tuple[UploadBatch, dict[str, int], int]], int]:
        """One page, newest first, and the number on all pages.

        Each with how many files are in which state and how many reviews wait for a batch of models' answers.
        """
        batches = await self._batches.page(self._user, limit=page_size, offset=(page - 1) * page_size)
        ids = [batch.id for batch in batches]
        counts, at_vendor = await self._batches.counts(ids), await self._batches.at_vendor(ids)
        found = [(batch, counts[batch.id], at_vendor.get(batch.id, 0)) for batch in batches]
        return found, await self._batches.count(self._user)

    async def confirm(
        self, batch_id: uuid.UUID, decisions: Sequence[Decision], *, client: ClientInfo
    ) -> WholeBatch:
        """Carry out all decisions, or none; a candidate that cannot be created leaves its file waiting, with the reason.

        Raises:
            BatchNotFoundError: Unknown, or somebody else's.
            ItemNotFoundError: A file is not of this batch.
            ItemNotWaitingError: A file does not wait for a decision.
            CandidateNotFoundError: Unknown candidate, or not this user's to see.
        """
        batch = await self._owned(batch_id)
        held = await self._batches.held(batch_id, [decision.item_id for decision in decisions])
        if len(held) < len(decisions):
            raise ItemNotFoundError
        if any(item.status is not BatchItemStatus.WAITING for item in held.values()):
            raise ItemNotWaitingError
        for decision in decisions:
            await self._decide(batch, held[decision.item_id], decision, client)
        await self._session.flush()
        await tell(self._session, batch_id)
        return await self.get(batch_id)

    async def cancel(self, batch_id: uuid.UUID, *, client: ClientInfo) -> WholeBatch:
        """Call off everything that is not attached yet; cancelling twice is no fault.

        Raises:
            BatchNotFoundError: Unknown, or somebody else's.
        """
        batch = await self._owned(batch_id)
        await call_off(self._session, self._queue, batch, by=self._user, client=client)
        return await self.get(batch_id)

    async def retry(self, batch_id: uuid.UUID, *, client: ClientInfo) -> WholeBatch:
        """Have the files read again whose reading failed for a reason that may have passed.

        Raises:
            BatchNotFoundError: Unknown, or somebody else's.
            NothingToRetryError: There is none.
        """
        await self._owned(batch_id)
        again = await self._batches.reopen(batch_id)
        if not again:
            raise NothingToRetryError
        await self._send(again)
        self._record(ActivityAction.RETRY, batch_id, client, {"batch": True, "files": len(again)})
        await tell(self._session, batch_id)
        return await self.get(batch_id)

    async def _owned(self, batch_id: uuid.UUID) -> UploadBatch:
        batch = await self._batches.owned(batch_id, self._user)
        if batch is None:
            raise BatchNotFoundError
        return batch

    async def _take_in(
        self, batch_id: uuid.UUID, arrivals: Iterator[Arrival], items: list[UploadBatchItem]
    ) -> list[tuple[UploadBatchItem, str]]:
        """Scan and store file after file; rows of those stored so far are in `items` whatever happens.

        Returns those that are infected, each with what was found; they are not stored.
        """
        seen: dict[str, str] = {}
        infected: list[tuple[UploadBatchItem, str]] = []
        while (arrival := await asyncio.to_thread(next, arrivals, None)) is not None:
            data = arrival.data or b""
            item = UploadBatchItem(
                id=new_id(),
                batch_id=batch_id,
                position=len(items),
                filename=arrival.name,
                file_hash=hashlib.sha256(data).hexdigest(),
                file_size=len(data),
            )
            if arrival.data is None:
                item.status = BatchItemStatus.ERROR
                item.error_code, item.error_message = arrival.fault_code, arrival.fault
            elif first := seen.get(item.file_hash):
                item.status, item.error_code = BatchItemStatus.SKIPPED, "bulk.same_file"
                item.error_message = f"The same file is in this bulk upload already: {first}."
            else:
                seen[item.file_hash] = item.filename
                verdict = await self._scanner.scan(data)
                item.scan_status = scan_status(verdict)
                if verdict.signature is None:
                    item.file_key = storage_key(item.id)
                else:
                    infected.append((item, verdict.signature))
                    item.status = BatchItemStatus.ERROR
                    item.error_code, item.error_message = InfectedFileError.code, InfectedFileError.message
            items.append(item)
            if item.file_key is not None:
                await self._files.put(item.file_key, data, disposition=disposition(item.filename))
        return infected

    async def _send(self, item_ids: Sequence[uuid.UUID]) -> None:
        connection = await driver_connection(self._session)
        for item_id in item_ids:
            await self._queue.enqueue(
                connection, READ_ITEM_JOB, subject=item_id, priority=Priority.BULK, owner=self._user.id
            )

    async def _decide(
        self, batch: UploadBatch, item: UploadBatchItem, decision: Decision, client: ClientInfo
    ) -> None:
        if decision.skip:
            await forget_files(self._session, self._queue, [item], BatchItemStatus.SKIPPED)
            return
        candidate_id = decision.candidate_id
        if candidate_id is not None:
            await CandidateService(self._session, self._user).get(candidate_id)
        else:
            candidate_id = await self._created(item, decision, client)
        if candidate_id is None:
            return
        await self._attaching.attach_stored(
            item,
            batch,
            stored=await self._batches.document(item.id) or {},
            candidate_id=candidate_id,
            client=client,
        )

    async def _created(
        self, item: UploadBatchItem, decision: Decision, client: ClientInfo
    ) -> uuid.UUID | None:
        """A candidate made from what was read; null, with the reason in the row, when that cannot be."""
        contact = Contact(**(item.contact or {}))
        try:
            body = new_candidate(contact, decision.details)
            # Two files of one new person: the first made the candidate, the second belongs to it.
            known = await self._batches.match(Contact(email=body.email), self._user)
            if known.kind is CandidateMatch.EMAIL:
                return known.candidate_id
            async with self._session.begin_nested():
                created = await CandidateService(self._session, self._user).create(body, client=client)
        except (NameMissingError, ConflictError) as error:
            item.error_code, item.error_message = error.code, error.detail
            return None
        return created.id

    def _record(
        self, action: ActivityAction, entity_id: uuid.UUID, client: ClientInfo, values: dict[str, Any]
    ) -> None:
        record_activity(
            self._session,
            action,
            entity=EntityType.RESUME,
            entity_id=entity_id,
            user_id=self._user.id,
            client=client,
            new=values,
        )
