"""`doctor` and `storage` as an operator runs them, on a real bucket and a real scanner."""

import subprocess
from pathlib import Path

import pytest

from resume_review.testing.buckets import BucketServer
from resume_review.testing.clamd import ClamdServer
from resume_review.testing.processes import environment, program

pytestmark = [pytest.mark.integration, pytest.mark.slow]

OLD, NEW = "11" * 32, "22" * 32


def ran(data_dir: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        program(*arguments),
        env=environment(data_dir, **settings),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_doctor_tries_the_bucket_and_the_scanner_and_masks_the_keys(
    tmp_path: Path, bucket_url: str, shared_clamd: ClamdServer
) -> None:
    outcome = ran(
        tmp_path,
        "doctor",
        STORAGE_URL=bucket_url,
        STORAGE_KEY=OLD,
        CLAMD=shared_clamd.address,
        SCAN_REQUIRED="on",
    )

    assert (outcome.returncode, "All parts work." in outcome.stdout) == (0, True), outcome.stdout
    assert "RESUME_REVIEW_STORAGE_URL" in outcome.stdout
    assert bucket_url in outcome.stdout
    assert OLD not in outcome.stdout + outcome.stderr


def test_the_doctor_names_every_part_that_does_not_work(
    tmp_path: Path, bucket_server: BucketServer, unused_tcp_port: int
) -> None:
    outcome = ran(
        tmp_path,
        "doctor",
        STORAGE_URL="s3://nobody-made-this-bucket",
        CLAMD=f"127.0.0.1:{unused_tcp_port}",
        REDIS_URL=f"redis://127.0.0.1:{unused_tcp_port}",
    )

    faults = [line for line in outcome.stdout.splitlines() if line.startswith("FAULT")]
    assert outcome.returncode == 2
    assert [line.split()[1] for line in faults] == [
        "RESUME_REVIEW_STORAGE_URL:",
        "RESUME_REVIEW_CLAMD:",
        "RESUME_REVIEW_REDIS_URL:",
    ]
    assert "the bucket does not exist" in faults[0]


def test_serving_without_the_key_of_the_files_stops_with_one_line(tmp_path: Path) -> None:
    folder = (tmp_path / "files").as_uri()
    ran(tmp_path, "doctor", STORAGE_URL=folder, STORAGE_KEY=OLD)

    outcome = ran(tmp_path, "serve", STORAGE_URL=folder, STORAGE_KEY=NEW, PORT="0")

    told = [line for line in outcome.stderr.splitlines() if "RESUME_REVIEW_STORAGE_KEY" in line]
    assert outcome.returncode == 2
    assert len(told) == 1


def test_keys_are_changed_by_adding_resealing_and_dropping(tmp_path: Path) -> None:
    folder = (tmp_path / "files").as_uri()
    ran(tmp_path, "doctor", STORAGE_URL=folder, STORAGE_KEY=OLD)
    (tmp_path / "files" / "resumes").mkdir()
    (tmp_path / "files" / "resumes" / "plain").write_bytes(b"Jane Doe")

    resealed = ran(tmp_path, "storage", "reseal", STORAGE_URL=folder, STORAGE_KEY=f"{NEW},{OLD}")
    after = ran(tmp_path, "doctor", STORAGE_URL=folder, STORAGE_KEY=NEW)

    assert (resealed.returncode, resealed.stdout) == (0, "1 files sealed anew, 0 left as they were.\n")
    assert after.returncode == 0, after.stdout
    assert b"Jane" not in (tmp_path / "files" / "resumes" / "plain").read_bytes()


def test_resealing_without_a_key_says_what_is_missing(tmp_path: Path) -> None:
    outcome = ran(tmp_path, "storage", "reseal")

    assert outcome.returncode == 2
    assert "RESUME_REVIEW_STORAGE_KEY: not set" in outcome.stderr
