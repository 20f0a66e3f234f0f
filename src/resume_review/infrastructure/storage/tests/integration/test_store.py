"""One contract for every place: a folder, a folder of sealed files, a bucket on a real S3 server, sealed or not."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from resume_review.core.clock import utc_now
from resume_review.core.errors import StartupError
from resume_review.infrastructure.storage import (
    FileDamagedError,
    FileMissingError,
    FileStore,
    Keyring,
    StorageKeyError,
    open_place,
)
from resume_review.infrastructure.storage.sealing import CHUNK, HEADER, MAGIC

pytestmark = pytest.mark.integration

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
SIZES = [0, 1, HEADER - 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 1_000_000, 12_000_000]


@dataclass
class Kept:
    """A store, and the same place with other keys: none, or another one."""

    files: FileStore
    address: str
    sealed: bool

    def with_keys(self, *keys: bytes) -> FileStore:
        return FileStore(open_place(self.address), Keyring(keys))


@pytest.fixture(params=["folder", "sealed folder", "bucket", "sealed bucket"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    where = tmp_path.as_uri() if "folder" in request.param else request.getfixturevalue("bucket_url")
    keys = (KEY,) if "sealed" in request.param else ()
    return Kept(FileStore(open_place(where), Keyring(keys)), where, bool(keys))


@pytest.fixture(params=["sealed folder", "sealed bucket"])
def sealed(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    where = tmp_path.as_uri() if "folder" in request.param else request.getfixturevalue("bucket_url")
    return Kept(FileStore(open_place(where), Keyring([KEY])), where, sealed=True)


def content(size: int) -> bytes:
    return os.urandom(size)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


async def joined(pieces: AsyncIterator[bytes]) -> bytes:
    return b"".join([piece async for piece in pieces])


async def raw(kept: Kept, key: str) -> bytes:
    """What lies in the place, sealed or not."""
    result = await open_place(kept.address).store.get_async(key)
    return bytes(await result.bytes_async())


async def overwrite(kept: Kept, key: str, data: bytes) -> None:
    await open_place(kept.address).store.put_async(key, data)


@pytest.mark.parametrize("size", SIZES)
async def test_what_was_put_is_got_back(kept: Kept, size: int) -> None:
    data = content(size)

    await kept.files.put("resumes/1", data)

    assert await kept.files.get("resumes/1", sha256=sha256(data)) == data
    assert await joined(await kept.files.stream("resumes/1", start=0, end=size, sha256=sha256(data))) == data


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (0, 1),
        (0, CHUNK),
        (CHUNK - 1, CHUNK + 1),
        (CHUNK, 2 * CHUNK),
        (5, 200_000),
        (199_999, 200_000),
        (7, 7),
    ],
)
async def test_a_part_is_streamed(kept: Kept, start: int, end: int) -> None:
    data = content(200_000)
    await kept.files.put("resumes/1", data)

    assert await joined(await kept.files.stream("resumes/1", start=start, end=end)) == data[start:end]


async def test_a_second_file_under_a_key_takes_the_place_of_the_first(kept: Kept) -> None:
    await kept.files.put("resumes/1", b"the first and longer one")
    await kept.files.put("resumes/1", b"second")

    assert await kept.files.get("resumes/1") == b"second"


async def test_a_missing_key_is_said_before_a_stream_begins(kept: Kept) -> None:
    with pytest.raises(FileMissingError, match="Upload the resume again"):
        await kept.files.get("resumes/1")
    with pytest.raises(FileMissingError):
        await kept.files.stream("resumes/1", start=0, end=1)


async def test_a_deleted_key_is_gone_and_may_be_deleted_again(kept: Kept) -> None:
    await kept.files.put("resumes/1", b"content")

    await kept.files.delete("resumes/1")
    await kept.files.delete("resumes/1")

    with pytest.raises(FileMissingError):
        await kept.files.get("resumes/1")


async def test_a_key_cannot_leave_the_place(kept: Kept) -> None:
    with pytest.raises(ValueError, match=r"(?i)path"):
        await kept.files.put("../outside", b"content")


async def test_keys_are_listed_by_folder_and_age(kept: Kept) -> None:
    for key in ("resumes/1", "resumes/2", "other/3"):
        await kept.files.put(key, b"content")

    found = [k async for keys in kept.files.list("resumes", before=utc_now() + timedelta(1)) for k in keys]
    young = [keys async for keys in kept.files.list("resumes", before=utc_now() - timedelta(1))]
    unused = [keys async for keys in kept.files.list("never")]

    assert (sorted(found), young, unused) == (["resumes/1", "resumes/2"], [], [])


async def test_a_store_that_works_is_said_to_work(kept: Kept) -> None:
    await kept.files.check()


async def test_what_changed_in_the_place_is_not_taken_for_the_file(kept: Kept) -> None:
    data = content(300_000)
    await kept.files.put("resumes/1", data)
    stored = bytearray(await raw(kept, "resumes/1"))
    stored[250_000] ^= 1
    await overwrite(kept, "resumes/1", bytes(stored))

    with pytest.raises(FileDamagedError):
        await kept.files.get("resumes/1", sha256=sha256(data))
    pieces = await kept.files.stream("resumes/1", start=0, end=300_000, sha256=sha256(data))
    received = 0
    with pytest.raises(FileDamagedError):
        async for piece in pieces:
            received += len(piece)
    assert received < 300_000


async def test_a_file_that_was_cut_off_is_not_taken_for_whole(kept: Kept) -> None:
    data = content(300_000)
    await kept.files.put("resumes/1", data)
    stored = await raw(kept, "resumes/1")
    # At the end of a sealed chunk, where nothing but the missing mark of the last one tells.
    await overwrite(kept, "resumes/1", stored[: HEADER + 2 * (CHUNK + 16)])

    with pytest.raises(FileDamagedError):
        await kept.files.get("resumes/1", sha256=sha256(data))
    with pytest.raises(FileDamagedError):
        await joined(await kept.files.stream("resumes/1", start=0, end=300_000, sha256=sha256(data)))


async def test_many_at_once_do_not_mix(kept: Kept) -> None:
    files = {f"resumes/{number}": content(70_000) for number in range(20)}
    await asyncio.gather(*(kept.files.put(key, data) for key, data in files.items()))

    read = await asyncio.gather(*map(kept.files.get, files))

    assert read == list(files.values())


async def test_sealed_files_hold_nothing_that_can_be_read(sealed: Kept) -> None:
    data = b"Jane Doe, strategy consultant. " * 4000
    await sealed.files.put("resumes/1", data)
    await sealed.files.put("resumes/2", data)

    first, second = await raw(sealed, "resumes/1"), await raw(sealed, "resumes/2")

    assert first.startswith(MAGIC)
    assert b"Jane" not in first
    assert first[HEADER:] != second[HEADER:]


async def test_files_from_before_the_encryption_are_still_read(sealed: Kept) -> None:
    data = content(200_000)
    await sealed.with_keys().put("resumes/old", data)

    assert await sealed.files.get("resumes/old", sha256=sha256(data)) == data
    assert await joined(await sealed.files.stream("resumes/old", start=10, end=90_000)) == data[10:90_000]


async def test_a_new_key_writes_and_the_old_one_still_reads(sealed: Kept) -> None:
    rotated = sealed.with_keys(OTHER_KEY, KEY)
    await sealed.files.put("resumes/old", b"old")
    await rotated.put("resumes/new", b"new")

    assert (await rotated.get("resumes/old"), await rotated.get("resumes/new")) == (b"old", b"new")
    with pytest.raises(StorageKeyError):
        await sealed.files.get("resumes/new")


@pytest.mark.parametrize("keys", [(), (OTHER_KEY,)])
async def test_without_its_key_a_file_is_refused_and_the_setting_named(
    sealed: Kept, keys: tuple[bytes, ...]
) -> None:
    await sealed.files.put("resumes/1", b"content")
    stranger = sealed.with_keys(*keys)

    with pytest.raises(StorageKeyError, match="RESUME_REVIEW_STORAGE_KEY"):
        await stranger.get("resumes/1")
    with pytest.raises(StorageKeyError):
        await stranger.stream("resumes/1", start=0, end=7)


async def test_a_sealed_file_in_the_place_of_another_is_noticed(sealed: Kept) -> None:
    await sealed.files.put("resumes/1", b"Jane's")
    await sealed.files.put("resumes/2", b"Mei's")
    await overwrite(sealed, "resumes/1", await raw(sealed, "resumes/2"))

    with pytest.raises(FileDamagedError):
        await sealed.files.get("resumes/1")


async def test_resealing_gives_every_file_the_first_key_once(sealed: Kept) -> None:
    data = content(100_000)
    await sealed.with_keys().put("resumes/plain", data)
    await sealed.files.put("resumes/old", data)
    rotated = sealed.with_keys(OTHER_KEY, KEY)

    written = [await rotated.reseal(key) for key in ("resumes/plain", "resumes/old") * 2]

    alone = sealed.with_keys(OTHER_KEY)
    assert written == [True, True, False, False]
    assert [await alone.get(key) for key in ("resumes/plain", "resumes/old")] == [data, data]


def test_a_directory_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StartupError, match="RESUME_REVIEW_STORAGE_URL"):
        FileStore(tmp_path / "file" / "files")


async def test_what_a_killed_writer_left_in_a_folder_goes_after_its_time(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    await files.put("resumes/whole", b"content")
    for name in ("whole#1", "young#12"):
        (tmp_path / "resumes" / name).write_bytes(b"half")
    long_ago = (utc_now() - timedelta(days=3)).timestamp()
    os.utime(tmp_path / "resumes/whole#1", (long_ago, long_ago))

    gone = await files.delete_half_written("resumes", before=utc_now() - timedelta(days=1))

    assert gone == 1
    assert sorted(path.name for path in (tmp_path / "resumes").iterdir()) == ["whole", "young#12"]
