"""Deeds in every order against a real worker, and parts that go away: cases 50, 53 and 60, at a real server."""

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import psycopg
import pytest

from resume_review.database.embedded import EmbeddedPostgres
from resume_review.database.session import psycopg_url
from resume_review.testing.consultant import ADMIN, Consultant, consultant
from resume_review.testing.postgres import temporary_database
from resume_review.testing.processes import PATIENCE_SECONDS, Process, Server, environment, program
from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from tests.reliability.abuse.conftest import Site

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]

# The longest wait for a lock, a connection from the pool, and what a busy machine adds.
MOST_SECONDS = 30.0


def refusal(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_case_53_a_killed_postgres_is_said_clearly_and_costs_no_accepted_review(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "own") as postgres:
        settings = {
            "DATABASE_URL": postgres.conninfo("resume_review"),
            "RATE_LIMITS": "off",
            "WORKERS": "1",
            **ADMIN,
        }
        with Server(tmp_path, **settings) as server, consultant(server.api) as robin:
            resume_id = robin.upload()
            accepted = [robin.request(resume_id) for _ in range(3)]
            # Stopped, it neither answers nor may be replaced: to its clients it is gone, and stays so.
            assert postgres.pid is not None
            os.kill(postgres.pid, signal.SIGSTOP)
            _end_backends(postgres.pid)
            ready = httpx2.get(f"{server.address}/health/ready", timeout=MOST_SECONDS)
            alive = httpx2.get(f"{server.address}/health", timeout=MOST_SECONDS)
            refused = robin.client.get("/candidates", timeout=MOST_SECONDS)
            os.kill(postgres.pid, signal.SIGKILL)
            _until_ready(server)
            ended = [robin.ended(review_id)["status"] for review_id in accepted]

    assert (ready.status_code, ready.json()["ready"], alive.status_code) == (503, False, 200)
    assert refusal(refused) == (503, "database.unavailable")
    assert refused.headers["retry-after"]
    assert ended == ["completed"] * 3


def _end_backends(postmaster: int) -> None:
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for child in children:
        if b"127.0.0.1" in (line := Path(f"/proc/{child}/cmdline").read_bytes()) or b"[local]" in line:
            os.kill(int(child), signal.SIGKILL)


def _until_ready(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if httpx2.get(f"{server.address}/health/ready", timeout=MOST_SECONDS).status_code == 200:
            return
    raise AssertionError("It never became ready again.")


def test_case_53_a_lock_that_is_held_is_said_clearly_and_in_time(site: "Site", robin: Consultant) -> None:
    names = {"first_name": "Jane", "last_name": "Locked"}
    with psycopg.connect(site.database) as lock:
        lock.execute("LOCK TABLE candidates IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        refused = robin.client.post("/candidates", json=names, timeout=2 * MOST_SECONDS)
        seconds = time.monotonic() - began
        lock.rollback()
    accepted = robin.client.post("/candidates", json=names)

    assert refusal(refused) == (503, "database.unavailable")
    assert seconds < MOST_SECONDS
    assert accepted.is_success
    assert site.rows("SELECT count(*) FROM candidates WHERE last_name = 'Locked'") == [(1,)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A directory on a disk of one megabyte."""
    directory = tmp_path / "small"
    directory.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=777", "tmpfs", str(directory)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield directory
    subprocess.run(["umount", "--lazy", str(directory)], check=True)


def test_case_53_a_full_disk_refuses_the_upload_and_keeps_nothing_of_it(
    postgres_server: EmbeddedPostgres, small_disk: Path, tmp_path: Path
) -> None:
    with temporary_database(postgres_server) as address:
        url = psycopg_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
        settings = {
            "DATABASE_URL": url,
            "STORAGE_URL": f"file://{small_disk}/files",
            "RATE_LIMITS": "off",
            **ADMIN,
        }
        with Server(tmp_path, **settings) as server, consultant(server.api) as robin:
            kept = robin.upload()
            ballast = small_disk / "ballast"
            _fill(ballast)
            names = {"first_name": "Jane", "last_name": "Doe"}
            candidate_id = robin.client.post("/candidates", json=names).json()["candidate"]["id"]
            path = f"/resume_upload/candidates/{candidate_id}/resumes"
            file = {"file": ("cv.md", (MARKDOWN + "x" * 100_000).encode())}
            refused = robin.client.post(path, files=file)
            listed = robin.client.get(path).json()
            ballast.unlink()
            accepted = robin.client.post(path, files=file)
            old = robin.client.get(f"/resume_upload/{kept}/file")

    assert refused.status_code in {503, 507}
    assert refused.json()["code"].startswith("storage.")
    assert "resumes" not in listed or listed["resumes"] == []
    assert (accepted.status_code, old.status_code) == (201, 200)


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while file.write(b"\0" * size):
                    continue
            except OSError:
                continue


@contextmanager
def _logging_to(target: str, tmp_path: Path, **settings: str) -> Generator[Process]:
    """`serve`, whose log goes to a device."""
    command = shlex.join(program("serve"))
    env = environment(tmp_path, PORT="0", **settings)
    with Process(["/bin/sh", "-c", f"exec {command} 2>{target}"], env=env) as server:
        yield server


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full")
def test_case_60_requests_are_served_while_the_log_cannot_be_written(tmp_path: Path) -> None:
    with _logging_to("/dev/full", tmp_path, WORKERS="1", **ADMIN) as server:
        address = server.wait_for(r"answers at (http://[^ ]+)").group(1)
        with consultant(f"{address}/api/v1") as robin:
            done = robin.ended(robin.request(robin.upload()))
            refused = robin.client.get("/candidates/not-an-id")
        code = server.stop()

    assert (done["status"], refused.status_code, code) == ("completed", 422, 0)


def test_case_60_what_cannot_be_logged_is_not_done(site: "Site", robin: Consultant) -> None:
    names = {"first_name": "Jane", "last_name": "Unlogged"}
    candidate_id = robin.client.post("/candidates", json=names).json()["candidate"]["id"]
    key = {"name": "unlogged", "scopes": ["reviews:read"]}
    with psycopg.connect(site.database, autocommit=True) as operator:
        operator.execute("ALTER TABLE activity_logs ADD CONSTRAINT broken CHECK (action IS NULL) NOT VALID")
        try:
            erased = robin.client.request(
                "DELETE", f"/candidates/{candidate_id}", json={"confirm": "Jane Unlogged"}
            )
            made = robin.client.post("/profile/api-keys", json=key)
        finally:
            operator.execute("ALTER TABLE activity_logs DROP CONSTRAINT broken")

    assert (erased.status_code, made.status_code) == (500, 500)
    assert robin.client.get(f"/candidates/{candidate_id}").status_code == 200
    assert site.rows("SELECT count(*) FROM api_keys WHERE name = 'unlogged'") == [(0,)]
