"""The API at 16 connections, beside a bare FastAPI that selects one row."""

import atexit
import functools
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from harness import Measurement, Round
from load import Request, p95_ms

from resume_review.database.embedded import EmbeddedPostgres
from resume_review.testing.consultant import ADMIN, consultant
from resume_review.testing.processes import Process, Server, environment, program

CONNECTIONS = 16
REQUESTS = 1600


@dataclass(frozen=True)
class Target:
    """A running platform with a completed review, and the bare app on the same database server."""

    api: str
    bare: str
    headers: dict[str, str]
    resume_id: str
    review_id: str
    waiting_id: str


@functools.cache
def target() -> Target:
    """Started for the first measurement and stopped when the process ends; no worker takes part."""
    directory = tempfile.TemporaryDirectory()
    atexit.register(directory.cleanup)
    data_dir = Path(directory.name)
    server = Server(data_dir, WORKERS="0", RATE_LIMITS="off", **ADMIN)
    atexit.register(server.stop)
    postgres = EmbeddedPostgres(data_dir / "postgres")
    postgres.start()
    atexit.register(postgres.stop)
    bare_app = str(Path(__file__).with_name("bare_app.py"))
    bare = Process([sys.executable, bare_app, postgres.conninfo()], env=environment(data_dir))
    atexit.register(bare.stop)
    bare_address = bare.wait_for(r"answers at (\S+)").group(1)
    with consultant(server.api) as robin:
        resume_id = robin.upload()
        review_id = robin.request(resume_id)
        with Process(program("worker"), env=environment(data_dir)):
            robin.ended(review_id)
        waiting_id = robin.request(resume_id)
        headers = {"authorization": f"Bearer {robin.token}", "content-type": "application/json"}
    return Target(server.api, bare_address, headers, resume_id, review_id, waiting_id)


def _bare() -> float:
    return p95_ms(Request(target().bare), connections=CONNECTIONS, requests=REQUESTS)


def _status_of(review_id: str) -> float:
    url = f"{target().api}/analysis/analysis/{review_id}/status"
    return p95_ms(Request(url, headers=target().headers), connections=CONNECTIONS, requests=REQUESTS)


def _create() -> float:
    url = f"{target().api}/analysis/resumes/{target().resume_id}/analyze"
    body = json.dumps({"industry": "strategy_consulting"}).encode()
    request = Request(url, method="POST", headers=target().headers, body=body)
    return p95_ms(request, connections=CONNECTIONS, requests=REQUESTS)


def _beside_bare(name: str, measure: Round, goal: float) -> Measurement:
    return Measurement(
        name=f"{name}, p95 at {CONNECTIONS} connections",
        unit="ms",
        measure=measure,
        baseline_name="bare FastAPI + SELECT",
        measure_baseline=_bare,
        goal=goal,
        rounds=3,
    )


MEASUREMENTS = [
    _beside_bare("status of a review", lambda: _status_of(target().waiting_id), goal=50),
    _beside_bare("status with result", lambda: _status_of(target().review_id), goal=200),
    _beside_bare("create a review", _create, goal=100),
]
