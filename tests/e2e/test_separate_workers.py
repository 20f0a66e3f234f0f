"""A server without a worker of its own, workers in other processes, Redis beside them."""

import queue
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
import pytest

from resume_review.testing.consultant import ADMIN, consultant
from resume_review.testing.processes import Process, Server, environment, program
from resume_review.testing.redis import RedisServer

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

PATIENCE_SECONDS = 60


@contextmanager
def hook() -> Generator[tuple[str, "queue.Queue[str]"]]:
    """The address of a receiver, and the ids of the messages that it gets."""
    ids: queue.Queue[str] = queue.Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(204)
            self.end_headers()
            ids.put(self.headers["webhook-id"])

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/hook", ids
        finally:
            server.shutdown()
            thread.join()


def ready(server: Server) -> dict[str, Any]:
    return httpx2.get(f"{server.address}/health/ready", timeout=30).json()["parts"]


def queue_state(server: Server, wanted: str) -> dict[str, Any]:
    """The queue's part, once it stands like this."""
    while (part := ready(server)["queue"])["state"] != wanted:
        continue
    return part


@pytest.mark.timeout(300)
def test_51_workers_of_other_processes_do_the_jobs_and_outlive_each_other(
    tmp_path: Path, own_redis: RedisServer
) -> None:
    shared = {**ADMIN, "REDIS_URL": own_redis.url, "WEBHOOK_NETWORKS": "127.0.0.0/8"}
    with Server(tmp_path, WORKERS="0", **shared) as server:
        worker_env = environment(tmp_path, WORKERS="1", **shared)
        without = queue_state(server, "off")
        with (
            Process(program("worker"), env=worker_env) as first,
            Process(program("worker"), env=worker_env),
            consultant(server.api) as robin,
            hook() as (url, ids),
        ):
            queue_state(server, "ok")
            webhook = {"url": url, "events": ["review.completed"]}
            robin.client.post("/webhooks", json=webhook).raise_for_status()
            resume = robin.upload()

            before = robin.ended(robin.request(resume))
            first.kill()
            after = robin.ended(robin.request(robin.upload()))
            delivered = {ids.get(timeout=PATIENCE_SECONDS) for _ in range(2)}

            parts = ready(server)
    assert "resume-review worker" in without["reason"]
    assert (before["status"], after["status"]) == ("completed", "completed")
    assert len(delivered) == 2
    assert (parts["rate_limits"]["state"], parts["cache"]["state"]) == ("ok", "ok")


def test_a_redis_that_is_not_there_stops_the_start_with_one_line(tmp_path: Path) -> None:
    env = environment(tmp_path, REDIS_URL=f"unix://{tmp_path}/nothing.sock", PORT="0")
    with Process(program("serve"), env=env) as server:
        code = server.wait()

    assert code != 0
    assert "RESUME_REVIEW_REDIS_URL: cannot use the server at unix://" in server.errors
    assert "Traceback" not in server.errors
