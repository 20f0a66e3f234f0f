"""What an archive that was changed, cut or made up is told apart by."""

import io
import random
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from resume_review.database.dump import Table
from resume_review.features.backup import Manifest, open_archive
from resume_review.features.backup.archive import (
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    TablePart,
    file_part,
    write_archive,
)
from resume_review.features.backup.errors import BackupDamagedError, BackupError

pytestmark = pytest.mark.unit

CONTENTS = {
    "tables/users.copy": b"1\tJane\n" * 40,
    "files/resumes/a1": b"%PDF \x00\xff" * 30,
    "secret.key": b"5" * 64,
}


def archive(contents: dict[str, bytes] = CONTENTS, /, **changes: object) -> bytes:
    file = io.BytesIO()
    with write_archive(file) as writer:
        for name, content in contents.items():
            with writer.part(name, compress=name.startswith("tables/")) as write:
                write(content)
        values: dict[str, object] = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "program": "1.0",
            "created_at": datetime(2026, 11, 21, tzinfo=UTC),
            "revision": "0001",
            "tables": [TablePart(Table("users", ["id", "name"]), 40, "tables/users.copy")],
            "sequences": {},
            "files": ["resumes/a1"],
            "missing": [],
            "damaged": [],
            "parts": writer.parts,
        }
        writer.finish(Manifest(**(values | changes)))  # pyright: ignore[reportArgumentType] - checked when it is read
    return file.getvalue()


def read(path: Path) -> dict[str, bytes]:
    with open_archive(path) as opened:
        opened.check()
        return {name: b"".join(opened.read(name)) for name in opened.manifest.parts}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


def test_what_was_written_is_read(path: Path) -> None:
    path.write_bytes(archive())

    assert read(path) == CONTENTS


def test_a_flipped_byte_is_found_or_means_nothing(path: Path) -> None:
    whole = archive()
    chosen = random.Random(7)
    found = 0
    for _ in range(400):
        place = chosen.randrange(len(whole))
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chosen.randrange(8)
        path.write_bytes(flipped)
        try:
            assert read(path) == CONTENTS, place
        except BackupError:
            found += 1

    # What is left over are times and rights of entries and bits that compression does not use.
    assert found > 300


@pytest.mark.parametrize("name", ["files/resumes/a1", "secret.key", MANIFEST])
def test_a_flipped_byte_in_an_uncompressed_part_is_found(path: Path, name: str) -> None:
    whole = bytearray(archive())
    with zipfile.ZipFile(io.BytesIO(whole)) as entries:
        info = entries.getinfo(name)
    start = (
        info.header_offset + 30 + len(name) + int.from_bytes(whole[info.header_offset + 28 :][:2], "little")
    )
    for place in range(start, start + info.compress_size, max(1, info.compress_size // 20)):
        whole[place] ^= 0x10
        path.write_bytes(whole)
        with pytest.raises(BackupDamagedError):
            read(path)
        whole[place] ^= 0x10


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_an_archive_that_was_cut_short_is_found(path: Path, share: float) -> None:
    whole = archive()
    path.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(BackupDamagedError, match="damaged or cut short"):
        read(path)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"files": ["resumes/a1", "resumes/b2"]}, id="file that is named and not there"),
        pytest.param({"files": []}, id="part that nothing names"),
        pytest.param({"files": ["resumes/../../etc/a1"]}, id="key that leads elsewhere"),
        pytest.param({"parts": {}}, id="parts without a checksum"),
        pytest.param({"created_at": "yesterday"}, id="manifest of another form"),
        pytest.param({"format": "other"}, id="other format"),
    ],
)
def test_a_manifest_that_does_not_fit_is_found(path: Path, changes: dict[str, object]) -> None:
    path.write_bytes(archive(**changes))

    with pytest.raises(BackupDamagedError):
        read(path)


def test_a_file_under_a_key_that_leads_elsewhere_is_refused(path: Path) -> None:
    key = "../../etc/passwd"
    contents = {name: content for name, content in CONTENTS.items() if not name.startswith("files/")}
    path.write_bytes(archive(contents | {file_part(key): b"root"}, files=[key]))

    with pytest.raises(BackupDamagedError):
        read(path)


def test_a_backup_of_a_newer_form_asks_for_the_newer_release(path: Path) -> None:
    path.write_bytes(archive(format_version=FORMAT_VERSION + 1))

    with pytest.raises(BackupError, match="newer release"):
        read(path)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all" * 100])
def test_another_file_is_no_backup(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(BackupDamagedError, match="no whole archive"):
        read(path)


def test_any_other_zip_is_no_backup(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("readme.txt", "hello")

    with pytest.raises(BackupDamagedError, match="no backup of this platform"):
        read(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "gone.zip", "cannot be read"), (tmp_path, "is a folder")):
        with pytest.raises(BackupError, match=said):
            read(path)
