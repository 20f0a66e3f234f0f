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

import httpx2
import psycopg

from resume_review.database.embedded import EmbeddedPostgres
from resume_review.testing.consultant import ADMIN, UNFINISHED, Consultant
from resume_review.testing.processes import Process, Server, environment, program

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
        self.robin = self._new_consultant()

    def kill_server(self) -> None:
        self.server.kill()
        self.server = self._new_server()
        self.robin.client.close()
        self.robin = self._new_consultant()

    def kill_worker(self) -> None:
        self.worker.kill()
        self.worker = self._new_worker()

    def close(self) -> None:
        self.robin.client.close()
        for process in (self.worker, self.server):
            process.stop()

    def _new_server(self) -> Server:
        return Server(self._data_dir, WORKERS="1", RATE_LIMITS="off", **ADMIN)

    def _new_worker(self) -> Process:
        return Process(program("worker"), env=environment(self._data_dir, WORKERS="1"))

    def _new_consultant(self) -> Consultant:
        return Consultant(httpx2.Client(base_url=self.server.api, timeout=30))


def run(data_dir: Path, *, reviews: int, kills: int, seed: int) -> History:
    """Ask for `reviews` reviews and kill `kills` times in between; then wait until all have ended."""
    chance, history, started = random.Random(seed), History(), time.monotonic()
    platform = Platform(data_dir)
    try:
        resume_id = platform.robin.upload()
        accepted: list[str] = []
        for turn in range(kills):
            share = reviews * (turn + 1) // kills - reviews * turn // kills
            accepted += [platform.robin.request(resume_id) for _ in range(share)]
            threading.Event().wait(chance.uniform(0, LONGEST_DELAY_SECONDS))
            target = chance.choice(["server", "worker"])
            history.kills[target] += 1
            platform.kill_server() if target == "server" else platform.kill_worker()
        history.accepted = len(accepted)
        _wait_until_ended(platform.robin, accepted)
        _judge(data_dir, history)
    finally:
        platform.close()
    history.seconds = round(time.monotonic() - started, 1)
    return history


def _wait_until_ended(robin: Consultant, accepted: list[str]) -> None:
    deadline, unfinished = time.monotonic() + PATIENCE_SECONDS, list(accepted)
    while unfinished and time.monotonic() < deadline:
        if robin.status(unfinished[0])["status"] not in UNFINISHED:
            unfinished.pop(0)


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
