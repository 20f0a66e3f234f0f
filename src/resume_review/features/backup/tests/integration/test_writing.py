"""Nothing half-written, nothing overwritten, nothing changed by an archive that is damaged."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from resume_review.features.backup import Platform, back_up, restore
from resume_review.features.backup.errors import BackupDamagedError, BackupError
from resume_review.features.backup.saving import DRAFT
from resume_review.features.backup.tests.conftest import Held, Site, connected
from resume_review.infrastructure.storage import StorageError

pytestmark = pytest.mark.integration

# Backs up, tells when the first file is asked for, and never gets it.
BACK_UP_AND_HANG = """
import asyncio, sys
from pathlib import Path
from resume_review.features.backup import Platform, back_up

class Hanging:
    async def get(self, key):
        print("writing", flush=True)
        await asyncio.Event().wait()

asyncio.run(back_up(Platform(url=sys.argv[1], files=Hanging(), secret_path=None), Path(sys.argv[2])))
"""


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def hanging(site: Site, to: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(BACK_UP_AND_HANG), site.url, str(to)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    return process


async def test_kill_9_leaves_no_backup_and_the_next_one_takes_its_place(
    old: Site, jane: Held, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    with hanging(old, folder) as process:
        process.send_signal(signal.SIGKILL)

    assert left(folder) == [DRAFT]
    path, _ = await back_up(old.platform, folder)
    assert left(folder) == [path.name]


async def test_two_at_once_in_one_folder_are_refused(old: Site, jane: Held, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    with hanging(old, folder) as process:
        with pytest.raises(BackupError, match="Another backup is being written"):
            await back_up(old.platform, folder)
        process.kill()


async def test_an_existing_file_is_not_overwritten(old: Site, jane: Held, tmp_path: Path) -> None:
    target = tmp_path / "kept.zip"
    target.write_bytes(b"of last week")

    with pytest.raises(BackupError, match="never overwritten"):
        await back_up(old.platform, target)
    assert target.read_bytes() == b"of last week"


async def test_a_folder_that_is_not_there_is_told(old: Site, jane: Held, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="create it first"):
        await back_up(old.platform, tmp_path / "gone" / "backup.zip")


def test_a_full_disk_leaves_nothing(old: Site, jane: Held, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    command = [sys.executable, "-c", FULL_DISK, old.url, str(old.folder), str(folder)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert "could not be written (File too large); nothing is left of it" in done.stderr
    assert left(folder) == []


# A limit on the size of files stands for a disk without room.
FULL_DISK = """
import asyncio, resource, signal, sys
from pathlib import Path
from resume_review.features.backup import Platform, back_up
from resume_review.infrastructure.storage import FileStore

platform = Platform(url=sys.argv[1], files=FileStore(Path(sys.argv[2])), secret_path=None)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
asyncio.run(back_up(platform, Path(sys.argv[3])))
"""


async def test_a_store_that_fails_leaves_nothing(old: Site, jane: Held, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    class Away:
        """A file store that does not answer."""

        async def get(self, key: str) -> bytes:
            raise StorageError(key)

    platform = Platform(url=old.url, files=Away(), secret_path=None)  # pyright: ignore[reportArgumentType] - only reads

    with pytest.raises(StorageError):
        await back_up(platform, folder)
    assert left(folder) == []


async def test_a_damaged_archive_changes_nothing(old: Site, new: Site, jane: Held, tmp_path: Path) -> None:
    path, _ = await back_up(old.platform, tmp_path)
    whole = bytearray(path.read_bytes())
    whole[whole.index(b"%PDF") + 3] ^= 1
    path.write_bytes(whole)

    with pytest.raises(BackupDamagedError, match=r"files/resumes/.* is not what was written"):
        await restore(new.platform, path, replace=True)
    with connected(new.url) as connection:
        assert connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone() == (0,)
    assert new.stored() == {}


async def test_the_draft_is_private_while_it_is_written(old: Site, jane: Held, tmp_path: Path) -> None:
    with hanging(old, tmp_path) as process:
        assert (tmp_path / DRAFT).stat().st_mode & 0o777 == 0o600
        process.kill()
