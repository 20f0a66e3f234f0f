from datetime import timedelta
from pathlib import Path

import pytest

from resume_review.core.clock import utc_now
from resume_review.core.errors import NotFoundError, StartupError
from resume_review.infrastructure.storage import FileStore

pytestmark = pytest.mark.integration


def stored_files(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


async def test_what_was_put_is_got_back(tmp_path: Path) -> None:
    store = FileStore(tmp_path)

    await store.put("resumes/1", b"content")

    assert await store.get("resumes/1") == b"content"


@pytest.mark.parametrize(("start", "end"), [(0, 7), (2, 5), (3, 3)])
async def test_a_part_is_streamed(tmp_path: Path, start: int, end: int) -> None:
    store = FileStore(tmp_path)
    await store.put("resumes/1", b"content")

    pieces = [piece async for piece in await store.stream("resumes/1", start=start, end=end)]

    assert b"".join(pieces) == b"content"[start:end]


async def test_a_stream_of_a_missing_key_is_said_before_it_begins(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="Upload the resume again"):
        await FileStore(tmp_path).stream("resumes/1", start=0, end=1)


async def test_a_missing_key_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="Upload the resume again"):
        await FileStore(tmp_path).get("resumes/1")


async def test_a_deleted_key_is_gone_and_may_be_deleted_again(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    await store.put("resumes/1", b"content")

    await store.delete("resumes/1")
    await store.delete("resumes/1")

    assert not stored_files(tmp_path)


async def test_a_key_cannot_leave_the_directory(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files")

    with pytest.raises(ValueError, match=r"(?i)path"):
        await store.put("../outside", b"content")

    assert not (tmp_path / "outside").exists()


def test_a_directory_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StartupError, match="RESUME_REVIEW_STORAGE_URL"):
        FileStore(tmp_path / "file" / "files")


async def test_keys_are_listed_by_folder_and_age(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    for key in ("resumes/1", "resumes/2", "other/3"):
        await store.put(key, b"content")

    found = [key async for keys in store.list("resumes", before=utc_now() + timedelta(1)) for key in keys]
    young = [keys async for keys in store.list("resumes", before=utc_now() - timedelta(1))]

    assert (sorted(found), young) == (["resumes/1", "resumes/2"], [])


async def test_a_folder_that_was_never_used_is_empty(tmp_path: Path) -> None:
    assert [keys async for keys in FileStore(tmp_path).list("resumes", before=utc_now())] == []
