"""Reviews under kill -9: a server and a worker are killed at random while clients ask for reviews.

Run it by hand for the long form: `.venv/bin/python tests/reliability/killing.py --reviews 100 --kills 50`.
"""

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psycopg

from resume_review.database.embedded import EmbeddedPostgres
from resume_review.testing.processes import Process, Server, environment, program
from resume_review.testing.resumes import MARKDOWN

ADMIN = {
    "ADMIN_EMAIL": "admin@agency.example",
    "ADMIN_PASSWORD": "a phrase for tests only",
    "RATE_LIMITS": "off",
}
LONGEST_DELAY_SECONDS = 0.06
PATIENCE_SECONDS = 120.0

_VERDICT = """
    SELECT count(*),
           count(*) FILTER (WHERE status = 'completed'),
           count(*) FILTER (WHERE status IN ('pending', 'processing')),
           count(*) FILTER (WHERE status = 'failed'),
           count(*) FILTER (WHERE attempt > 1),
           (SELECT count(*) FROM (SELECT 1 FROM review_results GROUP BY review_request_id HAVING count(*) > 1) AS d)
    FROM review_requests
"""


@dataclass
class History:
    """What happened to the reviews that were accepted."""

    accepted: int = 0
    completed: int = 0
    lost: int = 0
    failed: int = 0
    stuck: int = 0
    doubled: int = 0
    started_more_than_once: int = 0
    kills: dict[str, int] = field(default_factory=lambda: {"server": 0, "worker": 0})
    seconds: float = 0.0


class Platform:
    """A server with a worker of its own and a second worker beside it, on one embedded database."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self.server = self._new_server()
        self.worker = self._new_worker()
        self.client = self._new_client()

    def kill_server(self) -> None:
        self.server.kill()
        self.server = self._new_server()
        self.client.close()
        self.client = self._new_client()

    def kill_worker(self) -> None:
        self.worker.kill()
        self.worker = self._new_worker()

    def close(self) -> None:
        self.client.close()
        for process in (self.worker, self.server):
            process.stop()

    def _new_server(self) -> Server:
        return Server(self._data_dir, WORKERS="1", **ADMIN)

    def _new_worker(self) -> Process:
        return Process(program("worker"), env=environment(self._data_dir, WORKERS="1"))

    def _new_client(self) -> httpx2.Client:
        client = httpx2.Client(base_url=self.server.api, timeout=30)
        body = {"email": ADMIN["ADMIN_EMAIL"], "password": ADMIN["ADMIN_PASSWORD"]}
        token = client.post("/auth/login", json=body).raise_for_status().json()["access_token"]
        client.headers["authorization"] = f"Bearer {token}"
        return client


def run(data_dir: Path, *, reviews: int, kills: int, seed: int) -> History:
    """Ask for `reviews` reviews and kill `kills` times in between; then wait until all have ended."""
    chance, history, started = random.Random(seed), History(), time.monotonic()
    platform = Platform(data_dir)
    try:
        resume_id = _upload(platform.client)
        accepted: list[str] = []
        for turn in range(kills):
            share = reviews * (turn + 1) // kills - reviews * turn // kills
            accepted += [_request(platform.client, resume_id) for _ in range(share)]
            threading.Event().wait(chance.uniform(0, LONGEST_DELAY_SECONDS))
            target = chance.choice(["server", "worker"])
            history.kills[target] += 1
            platform.kill_server() if target == "server" else platform.kill_worker()
        history.accepted = len(accepted)
        _wait_until_ended(platform.client, accepted)
        _judge(data_dir, history)
    finally:
        platform.close()
    history.seconds = round(time.monotonic() - started, 1)
    return history


def _upload(client: httpx2.Client) -> str:
    created = client.post("/candidates", json={"first_name": "Jane", "last_name": "Doe"}).raise_for_status()
    path = f"/resume_upload/candidates/{created.json()['candidate']['id']}/resumes"
    return client.post(path, files={"file": ("resume.md", MARKDOWN.encode())}).raise_for_status().json()["id"]


def _request(client: httpx2.Client, resume_id: str) -> str:
    path, body = f"/analysis/resumes/{resume_id}/analyze", {"industry": "strategy_consulting"}
    return client.post(path, json=body).raise_for_status().json()["analysis_id"]


def _wait_until_ended(client: httpx2.Client, accepted: list[str]) -> None:
    deadline, open_reviews = time.monotonic() + PATIENCE_SECONDS, list(accepted)
    while open_reviews and time.monotonic() < deadline:
        body: dict[str, Any] = (
            client.get(f"/analysis/analysis/{open_reviews[0]}/status").raise_for_status().json()
        )
        if body["status"] not in {"pending", "processing"}:
            open_reviews.pop(0)


def _judge(data_dir: Path, history: History) -> None:
    with (
        EmbeddedPostgres(data_dir / "postgres") as server,
        psycopg.connect(server.conninfo("resume_review")) as connection,
    ):
        row = connection.execute(_VERDICT).fetchone()
    assert row is not None
    (
        total,
        history.completed,
        history.stuck,
        history.failed,
        history.started_more_than_once,
        history.doubled,
    ) = row
    history.lost = history.accepted - total


def main() -> int:
    parser = argparse.ArgumentParser(description="Reviews under kill -9.")
    parser.add_argument("--reviews", type=int, default=100)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        history = run(Path(directory), reviews=given.reviews, kills=given.kills, seed=given.seed)
    sys.stdout.write(json.dumps(asdict(history), indent=2) + "\n")
    return 0 if history.completed == history.accepted and not history.doubled else 1


if __name__ == "__main__":
    sys.exit(main())
