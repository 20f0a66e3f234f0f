import uuid
from datetime import timedelta
from typing import Any, Protocol

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.rubric_analyzer import RubricAnalyzer
from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction, EntityType
from resume_review.database.models import (
    ActivityLog,
    Candidate,
    Erasure,
    FileDeletion,
    IdempotencyKey,
    Resume,
    ReviewFeedbackItem,
    ReviewRequest,
    ReviewResult,
    UploadBatch,
    UploadBatchItem,
    User,
)
from resume_review.database.session import Database
from resume_review.features.candidates import Eraser, Tombstone
from resume_review.features.candidates.belongings import belongings
from resume_review.features.candidates.erasure import email_hash
from resume_review.features.resume_analysis.tasks import AnalyseReview
from resume_review.features.stored_files.tasks import RemoveFiles
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.storage import FileStore
from resume_review.testing.factories import (
    make_candidate,
    make_feedback_item,
    make_resume,
    make_review_request,
    make_review_result,
)
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration

ADDRESS = "jane@example.com"
JOBS = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'subject' = :subject")


class Desk(Protocol):
    user: User

    async def create(self, **fields: Any) -> dict[str, Any]: ...
    async def call(self, method: str, path: str, **content: Any) -> Any: ...


async def erase(desk: Desk, candidate_id: object, confirm: str = "Jane Doe") -> Any:
    return await desk.call("DELETE", f"/candidates/{candidate_id}", json={"confirm": confirm})


async def uploaded(desk: Desk) -> tuple[str, str, str]:
    """A candidate with a resume and a review that waits: their ids."""
    jane = await desk.create(email=ADDRESS)
    path = f"/resume_upload/candidates/{jane['id']}/resumes"
    resume = (await desk.call("POST", path, files={"file": ("cv.md", MARKDOWN.encode())})).raise_for_status()
    asked = await desk.call(
        "POST", f"/analysis/resumes/{resume.json()['id']}/analyze", json={"industry": "ma_finance"}
    )
    return jane["id"], resume.json()["id"], asked.raise_for_status().json()["analysis_id"]


async def remember(session: AsyncSession, user: User) -> Candidate:
    """A candidate with something in every table that has ever held something of one."""
    candidate = make_candidate(user)
    candidate.email = ADDRESS
    session.add(candidate)
    await session.flush()
    resume = make_resume(candidate, user)
    session.add(resume)
    await session.flush()
    request = make_review_request(resume, user)
    session.add(request)
    await session.flush()
    result = make_review_result(request)
    session.add(result)
    await session.flush()
    session.add(make_feedback_item(result))
    await session.flush()
    return candidate


async def count(session: AsyncSession, model: type[Any]) -> int:
    return await session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


@pytest.mark.parametrize("confirm", ["Jane Doe", "doe jane", " JANE DOE ", ADDRESS, "Jane@Example.com"])
async def test_an_erased_candidate_is_gone_from_every_table(
    senior: Desk, session: AsyncSession, confirm: str
) -> None:
    candidate = await remember(session, senior.user)
    held = belongings(candidate.id)

    answer = await erase(senior, candidate.id, confirm)

    assert answer.json()["success"] is True
    left = [
        await session.scalar(sa.select(sa.func.count()).select_from(table).where(condition))
        for table, condition in held.items()
    ]
    assert left == [0] * len(held)
    assert [
        await count(session, model) for model in (Resume, ReviewRequest, ReviewResult, ReviewFeedbackItem)
    ] == [
        0,
        0,
        0,
        0,
    ]
    assert (await senior.call("GET", f"/candidates/{candidate.id}")).status_code == 404


@pytest.mark.parametrize("confirm", ["Jane", "Jane Roe", "yes", "other@example.com"])
async def test_without_the_name_nothing_is_erased(senior: Desk, session: AsyncSession, confirm: str) -> None:
    candidate = await remember(session, senior.user)

    answer = await erase(senior, candidate.id, confirm)

    assert (answer.status_code, answer.json()["code"]) == (422, "candidates.not_confirmed")
    assert await count(session, Candidate) == 1


async def test_juniors_erase_nobody(junior: Desk, session: AsyncSession) -> None:
    jane = await junior.create()

    answer = await erase(junior, jane["id"])

    assert answer.status_code == 403
    assert await count(session, Candidate) == 1


async def test_an_unknown_candidate_is_404(senior: Desk) -> None:
    assert (await erase(senior, uuid.uuid4())).status_code == 404


async def test_the_tombstone_names_nobody(senior: Desk, session: AsyncSession) -> None:
    candidate = await remember(session, senior.user)
    file_hash = await session.scalar(sa.select(Resume.file_hash))

    await erase(senior, candidate.id)

    stone = (await session.scalars(sa.select(Erasure))).one()
    entry = (
        await session.scalars(sa.select(ActivityLog).where(ActivityLog.action == ActivityAction.ERASE))
    ).one()
    assert (stone.candidate_id, stone.erased_by_user_id) == (candidate.id, senior.user.id)
    assert stone.email_hash == email_hash(ADDRESS)
    assert stone.file_hashes == [file_hash]
    assert (entry.entity_type, entry.entity_id) == (EntityType.CANDIDATE, candidate.id)
    assert (entry.old_values, entry.new_values) == (None, {"file_sha256": [file_hash]})
    whole_log = repr(
        [(row.old_values, row.new_values) for row in await session.scalars(sa.select(ActivityLog))]
    )
    assert not {"Jane", "Doe", ADDRESS} & set(whole_log.replace("'", " ").split())


async def test_kept_answers_go_with_the_candidate(senior: Desk, session: AsyncSession) -> None:
    candidate = await remember(session, senior.user)
    for key, answer in (("hers", {"candidate": {"id": str(candidate.id)}}), ("another", {"id": "other"})):
        session.add(
            IdempotencyKey(
                user_id=senior.user.id,
                route="any",
                key=key,
                body_hash="0" * 64,
                status_code=200,
                answer=answer,
            )
        )
    await session.flush()

    await erase(senior, candidate.id)

    assert (await session.scalars(sa.select(IdempotencyKey.key))).all() == ["another"]


async def test_what_was_read_under_the_address_and_is_nobodys_yet_goes_too(
    senior: Desk, session: AsyncSession
) -> None:
    candidate = await remember(session, senior.user)
    batch = UploadBatch(created_by_user_id=senior.user.id)
    session.add(batch)
    await session.flush()
    for position, email in enumerate([ADDRESS, "another@example.com"]):
        item = UploadBatchItem(
            batch_id=batch.id,
            position=position,
            filename="cv.pdf",
            file_hash="0" * 64,
            file_size=1,
            file_key=f"resumes/{position}",
            contact={"email": email},
        )
        session.add(item)
    await session.flush()

    await erase(senior, candidate.id)

    assert (await session.scalars(sa.select(UploadBatchItem.position))).all() == [1]
    assert "resumes/0" in (await session.scalars(sa.select(FileDeletion.storage_key))).all()


async def test_case_37_waiting_work_is_taken_back(senior: Desk, session: AsyncSession) -> None:
    candidate_id, _, review_id = await uploaded(senior)

    await erase(senior, candidate_id)

    assert await session.scalar(JOBS, {"subject": review_id}) == 0


async def test_case_37_a_job_that_ends_later_brings_nothing_back(
    senior: Desk, session: AsyncSession, app: FastAPI, database: Database
) -> None:
    candidate_id, _, review_id = await uploaded(senior)
    analyzer = RubricAnalyzer()

    class Slow:
        """The engine, during whose work the candidate is erased."""

        name = analyzer.name

        async def analyze(self, request: Any, *arguments: Any, **options: Any) -> Any:
            review = await analyzer.analyze(request, *arguments, **options)
            (await erase(senior, candidate_id)).raise_for_status()
            return review

    await AnalyseReview(database, Slow()).run(uuid.UUID(review_id))

    assert await count(session, ReviewRequest) == 0
    assert await count(session, ReviewResult) == 0


async def test_case_37_a_file_that_is_being_read_is_not_kept(
    senior: Desk, session: AsyncSession, app: FastAPI
) -> None:
    jane = await senior.create()
    reader = app.state.document_reader

    class Slow:
        """The reader, during whose work the candidate is erased."""

        patience = reader.patience

        async def read(self, data: bytes, filename: str, **options: Any) -> Any:
            document = await reader.read(data, filename, **options)
            (await erase(senior, jane["id"])).raise_for_status()
            return document

    app.state.document_reader = Slow()
    answer = await senior.call(
        "POST",
        f"/resume_upload/candidates/{jane['id']}/resumes",
        files={"file": ("cv.md", MARKDOWN.encode())},
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "candidates.not_found")
    assert await count(session, Resume) == 0
    assert [path for path in app.state.settings.files_dir.rglob("*") if path.is_file()] == []


class TestFiles:
    async def test_they_go_after_the_commit(self, senior: Desk, session: AsyncSession, app: FastAPI) -> None:
        candidate_id, *_ = await uploaded(senior)
        key = await session.scalar(sa.select(Resume.stored_filename)) or ""
        files: FileStore = app.state.file_store

        await erase(senior, candidate_id)
        before = await files.get(key)
        await RemoveFiles(app.state.database, files, app.state.stores.cache).run(uuid.uuid4())

        assert before
        with pytest.raises(Exception, match="missing"):
            await files.get(key)
        assert await count(session, FileDeletion) == 0

    async def test_a_job_is_sent_with_the_erasure(self, senior: Desk, session: AsyncSession) -> None:
        candidate = await remember(session, senior.user)

        await erase(senior, candidate.id)

        jobs = await session.scalars(
            sa.text("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'")
        )
        assert sorted(jobs) == ["candidates.keep_tombstones", "stored_files.remove"]


class TestRestoredBackup:
    async def test_case_38_who_was_erased_is_erased_again(self, senior: Desk, session: AsyncSession) -> None:
        first = await remember(session, senior.user)
        await erase(senior, first.id)
        session.expunge_all()
        returned = make_candidate(senior.user)
        returned.id = first.id
        session.add(returned)
        await session.flush()

        erased = await Eraser(session, JobQueue()).apply_tombstones()

        assert (erased, await count(session, Candidate)) == (1, 0)

    async def test_case_38_a_list_from_a_newer_copy_counts_too(
        self, senior: Desk, session: AsyncSession
    ) -> None:
        returned = await remember(session, senior.user)
        await session.execute(sa.update(Candidate).values(created_at=utc_now() - timedelta(days=2)))
        stone = Tombstone(uuid.uuid4(), email_hash(ADDRESS), utc_now() - timedelta(days=1))

        erased = await Eraser(session, JobQueue()).apply_tombstones([stone])

        assert erased == 1
        assert await session.scalar(sa.select(Candidate.id).where(Candidate.id == returned.id)) is None
        assert (await session.scalars(sa.select(FileDeletion.storage_key))).all() != []

    async def test_who_came_back_by_themselves_stays(self, senior: Desk, session: AsyncSession) -> None:
        first = await remember(session, senior.user)
        await erase(senior, first.id)
        await senior.create(email=ADDRESS)

        erased = await Eraser(session, JobQueue()).apply_tombstones()

        assert (erased, await count(session, Candidate)) == (0, 1)

    async def test_applying_twice_changes_nothing(self, senior: Desk, session: AsyncSession) -> None:
        first = await remember(session, senior.user)
        await erase(senior, first.id)

        erased = [await Eraser(session, JobQueue()).apply_tombstones() for _ in range(2)]

        assert erased == [0, 0]


async def test_every_table_that_holds_something_of_a_candidate_is_known() -> None:
    names = {table.name for table in belongings(uuid.uuid4())}

    assert {
        "candidates",
        "user_candidate_assignments",
        "resumes",
        "resume_sections",
        "review_requests",
        "review_results",
        "review_feedback_items",
        "prompt_usage_history",
    } <= names
    assert not {"users", "activity_logs", "erasures"} & names
