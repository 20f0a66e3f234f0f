import os
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.errors import UnavailableError
from resume_review.core.ids import new_id
from resume_review.database.models import FileDeletion
from resume_review.features.stored_files import pictures_prefix, remove_files, storage_key
from resume_review.features.stored_files.repository import StoredFileRepository
from resume_review.features.stored_files.tasks import ORPHANED_AFTER, RemoveFiles
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.storage import FileStore
from resume_review.testing.factories import make_candidate, make_resume, make_user

pytestmark = pytest.mark.integration


@pytest.fixture
def files(app: FastAPI) -> FileStore:
    return app.state.file_store


@pytest.fixture
def removing(app: FastAPI) -> RemoveFiles:
    return RemoveFiles(app.state.database, app.state.file_store, app.state.stores.cache)


@pytest.fixture
def directory(app: FastAPI) -> Path:
    return app.state.settings.files_dir


def stored(directory: Path) -> set[str]:
    return {path.relative_to(directory).as_posix() for path in directory.rglob("*") if path.is_file()}


def made_old(directory: Path, key: str) -> None:
    """As if it had been stored before every request of today."""
    long_ago = (utc_now() - 2 * ORPHANED_AFTER).timestamp()
    os.utime(directory / key, (long_ago, long_ago))


async def kept_by_a_row(session: AsyncSession) -> str:
    user = make_user()
    candidate = make_candidate(user)
    resume = make_resume(candidate, user)
    for row in (user, candidate, resume):
        session.add(row)
        await session.flush()
    return resume.stored_filename


async def noted(session: AsyncSession) -> set[str]:
    return set(await session.scalars(select(FileDeletion.storage_key)))


async def test_a_file_goes_with_its_pictures_and_its_note(
    app: FastAPI, session: AsyncSession, files: FileStore, removing: RemoveFiles, directory: Path
) -> None:
    key, cache = storage_key(new_id()), app.state.stores.cache
    await files.put(key, b"x")
    await cache.set(f"{pictures_prefix(key)}1:100", b"picture", ttl=timedelta(minutes=1))
    await remove_files(session, JobQueue(), [key])

    await removing.run(new_id())

    assert (stored(directory), await noted(session)) == (set(), set())
    assert await cache.get(f"{pictures_prefix(key)}1:100") is None


async def test_many_files_are_one_job(session: AsyncSession) -> None:
    await remove_files(session, JobQueue(), [storage_key(new_id()) for _ in range(300)])

    jobs = await session.scalars(text("SELECT task_name FROM procrastinate_jobs"))
    assert list(jobs) == ["stored_files.remove"]


async def test_nothing_to_remove_is_no_job(session: AsyncSession) -> None:
    await remove_files(session, JobQueue(), [])

    assert (await session.execute(text("SELECT count(*) FROM procrastinate_jobs"))).scalar_one() == 0


async def test_more_files_than_one_look_takes_all_go(
    session: AsyncSession, files: FileStore, removing: RemoveFiles, directory: Path
) -> None:
    keys = [storage_key(new_id()) for _ in range(120)]
    for key in keys:
        await files.put(key, b"x")
    await remove_files(session, JobQueue(), keys)

    await removing.run(new_id())

    assert (stored(directory), await noted(session)) == (set(), set())


async def test_a_file_that_a_row_names_stays(
    session: AsyncSession, files: FileStore, removing: RemoveFiles, directory: Path
) -> None:
    key = await kept_by_a_row(session)
    await files.put(key, b"x")
    await remove_files(session, JobQueue(), [key])

    await removing.run(new_id())

    assert (stored(directory), await noted(session)) == ({key}, set())


async def test_a_file_noted_again_while_it_is_looked_at_is_not_forgotten(session: AsyncSession) -> None:
    repository, key = StoredFileRepository(session), storage_key(new_id())
    await repository.note([key])
    [seen] = [deletion.id for deletion in await repository.waiting(after=None, limit=10)]

    await repository.note([key])
    await repository.done([seen])

    assert await noted(session) == {key}


async def test_what_cannot_be_removed_stays_noted_and_stops_nothing_else(
    session: AsyncSession, files: FileStore, removing: RemoveFiles, directory: Path
) -> None:
    await files.put("resumes/good", b"x")
    await remove_files(session, JobQueue(), ["resumes/bad", "resumes/good"])
    # A folder in the place of the file cannot be deleted as a file.
    (directory / "resumes/bad/inner").mkdir(parents=True)

    with pytest.raises(UnavailableError):
        await removing.run(new_id())

    assert (stored(directory), await noted(session)) == (set(), {"resumes/bad"})


async def test_the_sweep_removes_old_files_without_a_row_and_nothing_else(
    session: AsyncSession, files: FileStore, removing: RemoveFiles, directory: Path
) -> None:
    kept, orphan, young = await kept_by_a_row(session), storage_key(new_id()), storage_key(new_id())
    for key in (kept, orphan, young):
        await files.put(key, b"x")
    for key in (kept, orphan):
        made_old(directory, key)

    await removing.sweeping().run()

    assert stored(directory) == {kept, young}


async def test_the_sweep_takes_up_what_a_lost_job_left(
    session: AsyncSession, files: FileStore, removing: RemoveFiles, directory: Path
) -> None:
    key = storage_key(new_id())
    await files.put(key, b"x")
    await StoredFileRepository(session).note([key])

    await removing.sweep()

    assert (stored(directory), await noted(session)) == (set(), set())
