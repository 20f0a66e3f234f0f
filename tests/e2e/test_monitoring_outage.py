"""Requests are served whatever happens to logs, traces and scrapes."""

import fcntl
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from resume_review.testing.consultant import ADMIN, consultant
from resume_review.testing.processes import Server, environment, program

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]

SMALLEST_PIPE = 4096
ENOUGH_TO_FILL_IT = 200
PATIENCE_SECONDS = 60


@contextmanager
def serving(env: Mapping[str, str], *, stderr: int) -> Generator[tuple[str, "subprocess.Popen[str]"]]:
    """The address of a server whose log goes to this file descriptor."""
    with subprocess.Popen(
        program("serve"), env=env, stdout=subprocess.PIPE, stderr=stderr, text=True
    ) as process:
        try:
            assert process.stdout is not None
            found = next(
                match for line in process.stdout if (match := re.search(r"answers at (http://[^ ]+)", line))
            )
            yield found.group(1), process
        finally:
            process.kill()


def statuses(address: str) -> set[int]:
    """What many requests get."""
    with httpx2.Client(base_url=address, timeout=10) as client:
        return {client.get("/health").status_code for _ in range(ENOUGH_TO_FILL_IT)}


def test_60_a_log_that_nobody_reads_stops_no_request(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, SMALLEST_PIPE)
    env = environment(tmp_path, PORT="0", WORKERS="0", **ADMIN)
    with serving(env, stderr=writing) as (address, process):
        os.close(writing)

        seen = statuses(address)

        process.send_signal(signal.SIGTERM)
        code = process.wait(PATIENCE_SECONDS)
    os.close(reading)
    assert (seen, code) == ({200}, 0)


def test_60_a_log_whose_reader_is_gone_stops_no_request(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    env = environment(tmp_path, PORT="0", WORKERS="0", **ADMIN)
    with serving(env, stderr=writing) as (address, process):
        os.close(writing)
        os.close(reading)

        seen = statuses(address)

        process.send_signal(signal.SIGTERM)
        code = process.wait(PATIENCE_SECONDS)
    assert (seen, code) == ({200}, 0)


def test_60_a_receiver_of_traces_that_never_answers_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{mute.getsockname()[1]}")
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
        with Server(tmp_path, WORKERS="1", **ADMIN) as server, consultant(server.api) as robin:
            ended = robin.ended(robin.request(robin.upload()))
            seen = statuses(server.address)
            heard, _ = mute.accept()  # spans are on their way
            started = time.monotonic()
            code = server.stop(signal.SIGTERM)
            heard.close()
    assert (ended["status"], seen, code) == ("completed", {200}, 0)
    assert time.monotonic() - started < PATIENCE_SECONDS / 2


def test_60_a_receiver_of_traces_that_is_away_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
    with Server(tmp_path, WORKERS="1", **ADMIN) as server, consultant(server.api) as robin:
        ended = robin.ended(robin.request(robin.upload()))
        seen = statuses(server.address)
        code = server.stop(signal.SIGTERM)
    assert (ended["status"], seen, code) == ("completed", {200}, 0)
    assert "jane.doe@example.com" not in server.errors
