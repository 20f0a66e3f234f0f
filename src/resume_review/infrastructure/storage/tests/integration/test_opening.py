"""The file store as the settings name it, its keys, and changing them."""

from pathlib import Path
from typing import Any

import pytest

from resume_review.core.errors import StartupError
from resume_review.core.settings import Settings, load_settings
from resume_review.infrastructure.storage import FileStore, open_file_store, reseal_all

pytestmark = pytest.mark.integration

OLD, NEW = "11" * 32, "22" * 32


def settings(where: str | Path, **more: Any) -> Settings:
    return load_settings(storage_url=where if isinstance(where, str) else where.as_uri(), **more)


@pytest.fixture(params=["folder", "bucket"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return (tmp_path / "a b").as_uri() if request.param == "folder" else request.getfixturevalue("bucket_url")


async def opened(where: str, *keys: str) -> FileStore:
    return await open_file_store(settings(where, storage_key=",".join(keys) or None))


def quiet(_key: str, _code: str) -> None:
    """Nothing to say."""


async def test_a_store_opens_again_with_the_key_it_was_opened_with(where: str) -> None:
    await (await opened(where, OLD)).put("resumes/1", b"content")

    assert await (await opened(where, OLD)).get("resumes/1") == b"content"


@pytest.mark.parametrize(("keys", "advice"), [((), "Set the key"), ((NEW,), "Add it behind the others")])
async def test_a_key_that_is_not_given_stops_the_start_with_one_line(
    where: str, keys: tuple[str, ...], advice: str
) -> None:
    await opened(where, OLD)

    with pytest.raises(StartupError, match=advice) as raised:
        await opened(where, *keys)

    assert raised.value.detail.startswith("RESUME_REVIEW_STORAGE_KEY: ")
    assert OLD not in raised.value.detail
    assert "\n" not in raised.value.detail


async def test_after_resealing_the_old_key_can_go(where: str) -> None:
    await (await opened(where)).put("resumes/plain", b"plain")
    await (await opened(where, OLD)).put("resumes/old", b"old")
    await opened(where, NEW, OLD)

    written = await reseal_all(settings(where, storage_key=f"{NEW},{OLD}"), quiet)

    alone = await opened(where, NEW)
    assert written == 2
    assert [await alone.get(f"resumes/{name}") for name in ("plain", "old")] == [b"plain", b"old"]


async def test_a_file_that_cannot_be_resealed_is_named_and_the_old_key_stays_needed(tmp_path: Path) -> None:
    where = tmp_path.as_uri()
    files = await opened(where, OLD)
    for name in ("good", "bad"):
        await files.put(f"resumes/{name}", b"content")
    path = tmp_path / "resumes/bad"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    failures: list[str] = []

    written = await reseal_all(
        settings(where, storage_key=f"{NEW},{OLD}"), lambda key, code: failures.append(f"{key} {code}")
    )

    assert (written, failures) == (1, ["resumes/bad storage.damaged"])
    with pytest.raises(StartupError):
        await opened(where, NEW)


async def test_there_is_nothing_to_reseal_with_without_a_key(tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="STORAGE_KEY"):
        await reseal_all(settings(tmp_path), quiet)


async def test_a_bucket_that_cannot_be_used_stops_the_start_with_one_line(
    bucket_server: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StartupError) as missing:
        await opened("s3://nobody-made-this-bucket")
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    monkeypatch.setenv("AWS_CHECKSUM_ALGORITHM", "abacus")
    with pytest.raises(StartupError) as misspelt:
        await opened("s3://bucket")

    assert "s3://nobody-made-this-bucket cannot be used: the bucket does not exist" in missing.value.detail
    assert "AWS_" in misspelt.value.detail
    assert "\n" not in missing.value.detail + misspelt.value.detail


async def test_a_folder_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StartupError, match="RESUME_REVIEW_STORAGE_URL"):
        await opened((tmp_path / "file" / "files").as_uri())
