"""From one platform to another: the same rows, the same bytes, and work goes on."""

from pathlib import Path

import pytest

from resume_review.database import migrate
from resume_review.database.dump import snapshot, tables
from resume_review.features.backup import Platform, back_up, open_archive, restore
from resume_review.features.backup.errors import BackupError
from resume_review.features.backup.tests.conftest import CONTENT, SECRET, Held, Site, connected, hold
from resume_review.infrastructure.storage import FileStore, Keyring

pytestmark = pytest.mark.integration

# What a restore changes on purpose: sessions end, jobs go back to the queue and note it.
CHANGED = {"refresh_tokens", "procrastinate_jobs", "procrastinate_events"}


def table_names(site: Site) -> list[str]:
    with snapshot(site.url) as connection:
        return [table.name for table in tables(connection)]


def archives(folder: Path) -> list[str]:
    """What a backup left in a folder, finished or not."""
    return [path.name for path in folder.iterdir() if path.is_file()]


async def test_rows_and_files_are_equal_byte_for_byte(
    old: Site, new: Site, jane: Held, tmp_path: Path
) -> None:
    path, manifest = await back_up(old.platform, tmp_path)
    names = table_names(old)

    await restore(new.platform, path, replace=False)

    assert {name for name in names if old.rows(name) != new.rows(name)} == CHANGED
    assert new.stored() == old.stored() == {jane.resume.stored_filename: CONTENT}
    assert (new.folder.parent / "secret.key").read_bytes() == SECRET
    assert manifest.rows == sum(len(old.rows(name)) for name in names)
    assert {"users", "resumes", "review_feedback_items", "procrastinate_jobs", "review_tallies"} <= set(names)


async def test_the_secret_stays_private(old: Site, new: Site, jane: Held, tmp_path: Path) -> None:
    path, _ = await back_up(old.platform, tmp_path)
    await restore(new.platform, path, replace=False)

    assert [file.stat().st_mode & 0o777 for file in (path, new.folder.parent / "secret.key")] == [0o600] * 2


async def test_schema_is_the_same_and_counting_goes_on(
    old: Site, new: Site, jane: Held, tmp_path: Path
) -> None:
    path, _ = await back_up(old.platform, tmp_path)
    await restore(new.platform, path, replace=False)

    migrate.check(new.url)
    with connected(old.url) as before, connected(new.url) as after:
        query = "SELECT nextval('procrastinate_jobs_id_seq')"
        assert after.execute(query).fetchone() == before.execute(query).fetchone()
        query = "SELECT conname FROM pg_constraint WHERE NOT convalidated"
        assert after.execute(query).fetchall() == []
        query = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'"
        assert after.execute(query).fetchone() == (0,)


async def test_work_under_way_is_queued_again_and_sessions_end(
    old: Site, new: Site, jane: Held, tmp_path: Path
) -> None:
    path, _ = await back_up(old.platform, tmp_path)
    await restore(new.platform, path, replace=False)

    with connected(new.url) as connection:
        jobs = connection.execute(
            "SELECT status, worker_id, args ->> 'subject' FROM procrastinate_jobs"
        ).fetchall()
        sessions = connection.execute("SELECT DISTINCT status FROM refresh_tokens").fetchall()
    assert jobs == [("todo", None, str(jane.review.id))]
    assert sessions == [("revoked",)]


async def test_a_platform_that_holds_something_is_refused(old: Site, jane: Held, tmp_path: Path) -> None:
    path, _ = await back_up(old.platform, tmp_path)
    before = old.rows("candidates")
    await old.database.dispose()

    with pytest.raises(BackupError, match=r"not empty \(rows in .*--replace"):
        await restore(old.platform, path, replace=False)
    assert old.rows("candidates") == before


async def test_told_to_replace_it_gives_up_what_is_there(old: Site, jane: Held, tmp_path: Path) -> None:
    path, _ = await back_up(old.platform, tmp_path)
    before = old.rows("candidates")
    await hold(old, "Later")
    await old.database.dispose()

    await restore(old.platform, path, replace=True)

    assert old.rows("candidates") == before


async def test_a_platform_in_use_is_refused(old: Site, new: Site, jane: Held, tmp_path: Path) -> None:
    path, _ = await back_up(old.platform, tmp_path)

    with connected(new.url), pytest.raises(BackupError, match=r"in use .*Stop the servers"):
        await restore(new.platform, path, replace=True)
    assert new.stored() == {}


async def test_an_older_schema_is_upgraded(old: Site, new: Site, jane: Held, tmp_path: Path) -> None:
    await old.database.dispose()
    migrate.downgrade(old.url, "0008")
    path, manifest = await back_up(old.platform, tmp_path)

    done = await restore(new.platform, path, replace=False)

    assert (manifest.revision, done.revision, migrate.current(new.url)) == (
        "0008",
        migrate.head(),
        migrate.head(),
    )
    migrate.check(new.url)
    assert len(new.rows("review_requests")) == 2
    assert new.stored() == old.stored()


async def test_a_newer_schema_is_refused(old: Site, new: Site, jane: Held, tmp_path: Path) -> None:
    with connected(old.url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    path, _ = await back_up(old.platform, tmp_path)

    with pytest.raises(BackupError, match="schema 9999, which this release does not know"):
        await restore(new.platform, path, replace=False)


async def test_a_database_that_was_never_set_up_is_not_backed_up(new: Site, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="nothing to back up"):
        await back_up(new.platform, tmp_path)
    assert archives(tmp_path) == []


async def test_missing_and_damaged_files_are_told(old: Site, jane: Held, tmp_path: Path) -> None:
    john = await hold(old, "John")
    (old.folder / john.resume.stored_filename).unlink()
    (old.folder / jane.resume.stored_filename).write_bytes(b"rotten")

    path, manifest = await back_up(old.platform, tmp_path)

    assert manifest.missing == [john.resume.stored_filename]
    assert manifest.damaged == [jane.resume.stored_filename]
    with open_archive(path) as archive:
        archive.check()


async def test_a_secret_from_the_settings_is_not_touched(
    old: Site, new: Site, jane: Held, tmp_path: Path
) -> None:
    path, _ = await back_up(old.platform, tmp_path)
    configured = Platform(url=new.url, files=new.platform.files, secret_path=None)

    done = await restore(configured, path, replace=False)

    assert not done.secret
    assert not (new.folder.parent / "secret.key").exists()


async def test_sealed_files_are_sealed_again_with_the_key_of_where_they_go(
    old: Site, new: Site, jane: Held, tmp_path: Path
) -> None:
    key, there, here = jane.resume.stored_filename, Keyring([b"1" * 32]), Keyring([b"2" * 32])
    sealed = Platform(url=old.url, files=FileStore(old.folder, there), secret_path=None)
    await sealed.files.put(key, CONTENT)
    target = Platform(url=new.url, files=FileStore(new.folder, here), secret_path=None)

    path, _ = await back_up(sealed, tmp_path)
    await restore(target, path, replace=False)

    assert await target.files.get(key) == CONTENT
    assert CONTENT not in new.stored()[key]


async def test_a_sealed_file_that_is_damaged_is_told_and_not_saved(
    old: Site, jane: Held, tmp_path: Path
) -> None:
    sealed = Platform(url=old.url, files=FileStore(old.folder, Keyring([b"1" * 32])), secret_path=None)
    key = jane.resume.stored_filename
    await sealed.files.put(key, CONTENT)
    content = bytearray(old.stored()[key])
    content[-1] ^= 1
    (old.folder / key).write_bytes(content)

    _, manifest = await back_up(sealed, tmp_path)

    assert (manifest.damaged, manifest.files, manifest.missing) == ([key], [], [])
