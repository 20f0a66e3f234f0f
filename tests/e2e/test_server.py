"""The server as an operator starts, uses and stops it."""

import re
import signal
import socket
import subprocess
from pathlib import Path

import httpx2
import pytest

from resume_review.testing.consultant import ADMIN, consultant
from resume_review.testing.processes import Process, Server, environment, program

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_the_main_job_over_http_and_a_clean_stop(tmp_path: Path) -> None:
    with Server(tmp_path, **ADMIN) as server, consultant(server.api) as robin:
        body = robin.ended(robin.request(robin.upload()))
        ready = httpx2.get(f"{server.address}/health/ready").json()
        code = server.stop(signal.SIGINT)

        assert body["status"] == "completed"
        assert ready["ready"] is True
        assert code == 0
        assert "Traceback" not in server.errors
        assert "Northbridge" not in server.errors  # no resume text in the log
    assert not (tmp_path / "postgres" / "cluster" / "postmaster.pid").exists()


def test_the_login_is_printed_once(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        shown = server.wait_for(r"Sign in as (\S+) with the password (\S+) ")
        login = {"email": shown.group(1), "password": shown.group(2)}
        answer = httpx2.post(f"{server.api}/auth/login", json=login)
        server.stop(signal.SIGTERM)
    with Server(tmp_path) as again:
        again.wait_for("Ctrl-C")

    assert answer.status_code == 200
    assert not any("with the password" in line for line in again.lines)


def test_the_demo_prints_the_report_and_keeps_serving(tmp_path: Path) -> None:
    with Server(tmp_path, "--demo") as server:
        report = "\n".join(server.lines)
        answer = httpx2.get(f"{server.address}/health")
        code = server.stop()

    assert re.search(r"\b\d{1,3}\b", report)
    assert "strategy_consultant_en.pdf" in report
    assert answer.json()["status"] == "healthy"
    assert code == 0


def test_a_review_waits_for_a_worker_of_another_process(tmp_path: Path) -> None:
    with Server(tmp_path, WORKERS="0", **ADMIN) as server, consultant(server.api) as robin:
        review_id = robin.request(robin.upload())
        waiting = robin.status(review_id)["status"]
        with Process(program("worker"), env=environment(tmp_path)) as worker:
            done = robin.ended(review_id)["status"]
            worker_code = worker.stop(signal.SIGTERM)

    assert (waiting, done, worker_code) == ("pending", "completed", 0)


def run(tmp_path: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        program(*arguments),
        env=environment(tmp_path, **settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def assert_one_clear_line(outcome: subprocess.CompletedProcess[str], *parts: str) -> None:
    lines = [line for line in outcome.stderr.splitlines() if not line.startswith("{")]
    assert outcome.returncode == 2
    assert len(lines) == 1
    assert all(part in lines[0] for part in parts)


class TestBadStart:
    def test_a_taken_port(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = str(taken.getsockname()[1])
            outcome = run(tmp_path, "serve", "--port", port)

        assert_one_clear_line(outcome, port, "--port")

    def test_a_second_server_on_the_same_directory(self, tmp_path: Path) -> None:
        with Server(tmp_path) as first:
            outcome = run(tmp_path, "serve", "--port", "0")

            assert_one_clear_line(outcome, str(first.pid))

    def test_a_data_directory_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()

        outcome = run(tmp_path / "file" / "data", "serve", "--port", "0")

        assert_one_clear_line(outcome, str(tmp_path / "file"))

    def test_an_unreachable_database(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        url = f"postgresql://someone:hunter2@127.0.0.1:{port}/nothing"

        outcome = run(tmp_path, "serve", "--port", "0", DATABASE_URL=url)

        assert_one_clear_line(outcome, "RESUME_REVIEW_DATABASE_URL", str(port))
        assert "hunter2" not in outcome.stderr

    @pytest.mark.parametrize(
        ("name", "value"),
        [("WORKERS", "many"), ("ENGINE", "oracle"), ("WORKER", "2"), ("ADMIN_PASSWORD", "short")],
    )
    def test_a_wrong_setting(self, tmp_path: Path, name: str, value: str) -> None:
        outcome = run(tmp_path, "serve", "--port", "0", **{name: value})

        assert_one_clear_line(outcome, f"RESUME_REVIEW_{name}")


class TestOperatorCommands:
    def test_an_account_is_created_and_can_sign_in(self, tmp_path: Path) -> None:
        created = run(tmp_path, "admin", "create-user", "robin@agency.example", "--role", "senior_recruiter")
        password = created.stdout.split("password ")[1].split(" ")[0]

        with Server(tmp_path) as server:
            login = {"email": "robin@agency.example", "password": password}
            answer = httpx2.post(f"{server.api}/auth/login", json=login)

        assert answer.json()["user"]["role"] == "senior_recruiter"

    def test_the_same_account_twice_is_refused(self, tmp_path: Path) -> None:
        run(tmp_path, "admin", "create-user", "robin@agency.example")

        assert_one_clear_line(
            run(tmp_path, "admin", "create-user", "robin@agency.example"),
            "reset-password robin@agency.example",
        )

    def test_the_schema_is_upgraded(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, "db", "upgrade")

        assert outcome.returncode == 0
        assert re.fullmatch(r"schema (\w+), newest \1\n", outcome.stdout)

    def test_the_doctor_masks_secrets(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, "doctor", SECRET_KEY="s3cret-" * 6)

        assert outcome.returncode == 0
        assert "RESUME_REVIEW_SECRET_KEY" in outcome.stdout
        assert "s3cret" not in outcome.stdout
        assert "All parts work." in outcome.stdout
