from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.settings import load_settings
from resume_review.database.enums import ActivityAction, EntityType
from resume_review.database.models import (
    ActivityLog,
    Candidate,
    FileDeletion,
    Resume,
    ReviewRequest,
    ReviewResult,
    UploadBatch,
    UploadBatchItem,
    User,
)
from resume_review.database.session import Database, driver_connection
from resume_review.features.retention.tasks import AT_ONCE, PurgeOld, retention
from resume_review.infrastructure.queue import JobQueue
from resume_review.testing.factories import (
    make_candidate,
    make_resume,
    make_review_request,
    make_review_result,
    make_user,
)

pytestmark = pytest.mark.integration

YEAR = timedelta(days=365)


@pytest.fixture
async def user(session: AsyncSession) -> User:
    user = make_user()
    session.add(user)
    await session.flush()
    return user


async def reviewed(session: AsyncSession, user: User, *, days: int, version: int = 1) -> Resume:
    """A resume of this age with a review."""
    candidate = make_candidate(user)
    resume = make_resume(candidate, user, version=version)
    resume.uploaded_at = utc_now() - timedelta(days=days)
    request = make_review_request(resume, user)
    for row in (candidate, resume, request, make_review_result(request)):
        session.add(row)
        await session.flush()
    return resume


async def count(session: AsyncSession, model: type) -> int:
    return await session.scalar(select(func.count()).select_from(model)) or 0


async def test_what_is_too_old_goes_and_the_rest_stays(
    session: AsyncSession, database: Database, user: User
) -> None:
    old = await reviewed(session, user, days=366)
    young = await reviewed(session, user, days=364)

    await PurgeOld(database, YEAR).run()

    assert list(await session.scalars(select(Resume.id))) == [young.id]
    assert list(await session.scalars(select(ReviewRequest.resume_id))) == [young.id]
    assert (await count(session, ReviewResult), await count(session, Candidate)) == (1, 2)
    assert list(await session.scalars(select(FileDeletion.storage_key))) == [old.stored_filename]


async def test_each_that_goes_is_in_the_audit_log(
    session: AsyncSession, database: Database, user: User
) -> None:
    old = await reviewed(session, user, days=366)
    review_id = await session.scalar(select(ReviewRequest.id))

    await PurgeOld(database, YEAR).run()

    entries = (await session.scalars(select(ActivityLog).order_by(ActivityLog.entity_type))).all()
    assert [(entry.entity_type, entry.action, entry.entity_id, entry.user_id) for entry in entries] == [
        (EntityType.RESUME, ActivityAction.ERASE, old.id, None),
        (EntityType.REVIEW, ActivityAction.ERASE, review_id, None),
    ]
    assert entries[0].new_values == {"reason": "retention", "sha256": old.file_hash}


async def test_work_on_it_is_taken_back(session: AsyncSession, database: Database, user: User) -> None:
    await reviewed(session, user, days=366)
    review_id = await session.scalar(select(ReviewRequest.id))
    assert review_id is not None
    await JobQueue().enqueue(await driver_connection(session), "reviews.analyse", subject=review_id)

    await PurgeOld(database, YEAR).run()

    jobs = await (
        await (await driver_connection(session)).execute("SELECT task_name FROM procrastinate_jobs")
    ).fetchall()
    assert jobs == [("stored_files.remove",)]


async def test_a_file_that_a_younger_version_shares_is_not_deleted_with_it(
    session: AsyncSession, database: Database, user: User
) -> None:
    old, young = await reviewed(session, user, days=366), await reviewed(session, user, days=1)
    await session.execute(
        update(Resume).where(Resume.id == young.id).values(stored_filename=old.stored_filename)
    )

    await PurgeOld(database, YEAR).run()

    # The note is looked at again before the file goes: `stored_files` keeps what a row refers to.
    assert list(await session.scalars(select(Resume.stored_filename))) == [old.stored_filename]


async def test_more_than_fit_into_one_transaction(
    session: AsyncSession, database: Database, user: User
) -> None:
    candidate = make_candidate(user)
    session.add(candidate)
    await session.flush()
    resumes = [make_resume(candidate, user, version=number + 1) for number in range(AT_ONCE + 1)]
    for resume in resumes:
        resume.uploaded_at = utc_now() - timedelta(days=400)
    session.add_all(resumes)
    await session.flush()

    await PurgeOld(database, YEAR).run()

    assert await count(session, Resume) == 0


async def test_bulk_uploads_of_that_age_go_with_their_files(
    session: AsyncSession, database: Database, user: User
) -> None:
    batch = UploadBatch(created_by_user_id=user.id, auto=False)
    batch.created_at = utc_now() - timedelta(days=366)
    item = UploadBatchItem(
        batch_id=batch.id, position=1, filename="a.pdf", file_hash="0" * 64, file_size=1, file_key="resumes/x"
    )
    for row in (batch, item):
        session.add(row)
        await session.flush()

    await PurgeOld(database, YEAR).run()

    assert (await count(session, UploadBatch), await count(session, UploadBatchItem)) == (0, 0)
    assert list(await session.scalars(select(FileDeletion.storage_key))) == ["resumes/x"]


async def test_nothing_goes_unless_the_settings_say_so(database: Database) -> None:
    assert load_settings().retention_days is None
    assert retention(database, load_settings().retention_days) == []
    assert [task.name for task in retention(database, 730)] == ["retention.purge"]
