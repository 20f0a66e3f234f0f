"""Abuse case 38: an old backup brings nobody back who was erased since."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from resume_review.core.clock import utc_now
from resume_review.database.models import Candidate, User
from resume_review.features.backup import Platform, apply_erasures, back_up, restore
from resume_review.features.backup.tests.conftest import Held, Site, connected, hold
from resume_review.features.candidates import Eraser, KeepTombstones, kept_tombstones
from resume_review.features.candidates.errors import TombstoneUnreadableError
from resume_review.infrastructure.http import ClientInfo
from resume_review.infrastructure.queue import JobQueue

pytestmark = pytest.mark.integration

EMAIL = "john@example.com"


async def erase(site: Site, held: Held) -> None:
    async with site.database.transaction() as session:
        user = (await session.scalars(select(User).where(User.id == held.user.id))).one()
        await Eraser(session, JobQueue()).erase(
            held.candidate.id,
            by=user,
            confirm=f"{held.candidate.first_name} {held.candidate.last_name}",
            client=ClientInfo("192.0.2.1", "test", "request"),
        )


async def keep(site: Site) -> None:
    """What the job that is sent with an erasure does."""
    await KeepTombstones(site.database, site.platform.files).run(uuid.uuid4())


async def names(site: Site) -> set[str]:
    with connected(site.url) as connection:
        return {str(row[0]) for row in connection.execute("SELECT first_name FROM candidates")}


async def test_case_38_the_old_database_is_there(old: Site, jane: Held, tmp_path: Path) -> None:
    john = await hold(old, "John", email=EMAIL)
    path, _ = await back_up(old.platform, tmp_path)
    await erase(old, john)
    await old.database.dispose()

    done = await restore(old.platform, path, replace=True)

    assert (done.erased, done.erasures_known, await names(old)) == (1, True, {"Jane"})
    assert jane.resume.stored_filename in old.stored()
    assert john.resume.stored_filename not in old.stored()
    assert not [row for row in old.rows("resumes") if "John" in row]


async def test_case_38_the_old_database_is_lost_and_the_files_are_there(
    old: Site, new: Site, jane: Held, tmp_path: Path
) -> None:
    john = await hold(old, "John", email=EMAIL)
    path, _ = await back_up(old.platform, tmp_path)
    await erase(old, john)
    await keep(old)
    survivor = Platform(url=new.url, files=old.platform.files, secret_path=new.platform.secret_path)

    done = await restore(survivor, path, replace=False)

    assert (done.erased, done.erasures_known, await names(new)) == (1, True, {"Jane"})
    assert john.resume.stored_filename not in old.stored()


async def test_case_38_who_is_erased_during_the_backup_is_erased_after_it(
    old: Site, new: Site, jane: Held, tmp_path: Path
) -> None:
    john = await hold(old, "John", email=EMAIL)
    files = old.platform.files

    class Meanwhile:
        """The file store, at whose first use somebody is erased."""

        def __init__(self) -> None:
            self.erased = False

        async def get(self, key: str) -> bytes:
            if not self.erased:
                self.erased = True
                await erase(old, john)
            return await files.get(key)

    busy = Platform(url=old.url, files=Meanwhile(), secret_path=None)  # pyright: ignore[reportArgumentType] - only reads
    path, _ = await back_up(busy, tmp_path)

    done = await restore(new.platform, path, replace=False)

    assert (done.erased, await names(new)) == (1, {"Jane"})


async def test_nothing_but_the_backup_is_left_and_that_is_said(
    old: Site, new: Site, jane: Held, tmp_path: Path
) -> None:
    john = await hold(old, "John", email=EMAIL)
    path, _ = await back_up(old.platform, tmp_path)
    await erase(old, john)

    done = await restore(new.platform, path, replace=False)

    assert (done.erased, done.erasures_known) == (0, False)


async def test_tombstones_are_kept_for_the_next_backup(old: Site, jane: Held, tmp_path: Path) -> None:
    path, _ = await back_up(old.platform, tmp_path)
    later = await hold(old, "Later")
    await erase(old, later)
    await old.database.dispose()

    await restore(old.platform, path, replace=True)

    assert [stone.candidate_id for stone in await kept_tombstones(old.platform.files)] == [later.candidate.id]
    assert len(old.rows("erasures")) == 1


async def test_who_came_back_after_the_erasure_stays(old: Site, jane: Held, tmp_path: Path) -> None:
    await erase(old, await hold(old, "John", email=EMAIL))
    again = await hold(old, "John", email=EMAIL)
    path, _ = await back_up(old.platform, tmp_path)
    await old.database.dispose()

    done = await restore(old.platform, path, replace=True)

    assert (done.erased, await names(old)) == (0, {"Jane", "John"})
    assert again.resume.stored_filename in old.stored()


async def test_a_database_restored_by_other_means(old: Site, jane: Held) -> None:
    john = await hold(old, "John", email=EMAIL)
    await erase(old, john)
    await keep(old)
    # As point-in-time recovery leaves it: the person is back, and nothing in the database knows better.
    async with old.database.transaction() as session:
        returned = Candidate(first_name="John", last_name="Doe", created_by_user_id=jane.user.id, email=EMAIL)
        returned.created_at = utc_now() - timedelta(days=2)
        session.add(returned)
    with connected(old.url) as connection:
        connection.execute("TRUNCATE erasures")

    assert await apply_erasures(old.platform) == 1
    assert await names(old) == {"Jane"}
    assert len(old.rows("erasures")) == 2


async def test_a_tombstone_that_cannot_be_read_stops_everything(
    old: Site, jane: Held, tmp_path: Path
) -> None:
    await erase(old, await hold(old, "John", email=EMAIL))
    await keep(old)
    path, _ = await back_up(old.platform, tmp_path)
    await old.database.dispose()
    before = old.rows("candidates")
    for name in old.stored():
        if name.startswith("tombstones/"):
            (old.folder / name).write_bytes(b"{")

    with pytest.raises(TombstoneUnreadableError, match="tombstones/"):
        await restore(old.platform, path, replace=True)
    assert old.rows("candidates") == before
