import os
from pathlib import Path

import pytest

from resume_review.cli.files import load, store
from resume_review.cli.parsing import CommandError

pytestmark = pytest.mark.integration


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"gone\.pdf: there is no such file"):
        load(tmp_path / "gone.pdf")


def test_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="this is a folder; name the files in it"):
        load(tmp_path)


def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")

    with pytest.raises(CommandError, match="not a regular file"):
        load(tmp_path / "pipe.pdf")


def test_file_far_over_the_limit_is_not_loaded(tmp_path: Path) -> None:
    big = tmp_path / "big.pdf"
    with big.open("wb") as file:
        file.truncate(1 << 40)

    with pytest.raises(CommandError, match="too large"):
        load(big)


def test_store_replaces_the_file_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_bytes(b"old")
    target.chmod(0o640)

    store(target, b"new")

    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_new_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()

    store(tmp_path / "report.html", b"new")

    assert (tmp_path / "report.html").stat().st_mode == plain.stat().st_mode


def test_store_into_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="folder does not exist; create"):
        store(tmp_path / "reports" / "report.html", b"new")


def test_failed_store_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.mkdir()

    with pytest.raises(CommandError, match="this is a folder"):
        store(target, b"new")

    assert list(tmp_path.iterdir()) == [target]
