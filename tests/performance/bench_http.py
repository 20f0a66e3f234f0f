"""The API at 16 connections, beside a bare FastAPI that selects one row."""

import atexit
import functools
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import httpx2
from harness import Measurement, Round
from load import Request, p95_ms

from resume_review.database.embedded import EmbeddedPostgres
from resume_review.testing.processes import Process, Server, environment, program
from resume_review.testing.resumes import MARKDOWN

CONNECTIONS = 16
REQUESTS = 1600
ADMIN = {
    "ADMIN_EMAIL": "admin@agency.example",
    "ADMIN_PASSWORD": "a phrase for tests only",
    "RATE_LIMITS": "off",
}


@dataclass(frozen=True)
class Target:
    """A running platform with a completed review, and the bare app on the same database server."""

    api: str
    bare: str
    headers: dict[str, str]
    resume_id: str
    review_id: str


@functools.cache
def target() -> Target:
    """Started for the first measurement and stopped when the process ends; no worker takes part."""
    directory = tempfile.TemporaryDirectory()
    atexit.register(directory.cleanup)
    data_dir = Path(directory.name)
    server = Server(data_dir, WORKERS="0", **ADMIN)
    atexit.register(server.stop)
    postgres = EmbeddedPostgres(data_dir / "postgres")
    postgres.start()
    atexit.register(postgres.stop)
    bare_app = str(Path(__file__).with_name("bare_app.py"))
    bare = Process([sys.executable, bare_app, postgres.conninfo()], env=environment(data_dir))
    atexit.register(bare.stop)
    bare_address = bare.wait_for(r"answers at (\S+)").group(1)
    with httpx2.Client(base_url=server.api, timeout=30) as client:
        login = {"email": ADMIN["ADMIN_EMAIL"], "password": ADMIN["ADMIN_PASSWORD"]}
        token = client.post("/auth/login", json=login).raise_for_status().json()["access_token"]
        client.headers["authorization"] = f"Bearer {token}"
        resume_id = _upload(client)
        review_id = _start(client, resume_id)
        with Process(program("worker"), env=environment(data_dir)) as worker:
            while client.get(f"/analysis/analysis/{review_id}/status").json()["status"] != "completed":
                pass
            worker.stop()
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    return Target(server.api, bare_address, headers, resume_id, review_id)


def _upload(client: httpx2.Client) -> str:
    created = client.post("/candidates", json={"first_name": "Jane", "last_name": "Doe"}).raise_for_status()
    path = f"/resume_upload/candidates/{created.json()['candidate']['id']}/resumes"
    return client.post(path, files={"file": ("resume.md", MARKDOWN.encode())}).raise_for_status().json()["id"]


def _start(client: httpx2.Client, resume_id: str) -> str:
    path, body = f"/analysis/resumes/{resume_id}/analyze", {"industry": "strategy_consulting"}
    return client.post(path, json=body).raise_for_status().json()["analysis_id"]


def _bare() -> float:
    return p95_ms(Request(target().bare), connections=CONNECTIONS, requests=REQUESTS)


def _status() -> float:
    url = f"{target().api}/analysis/analysis/{_waiting()}/status"
    return p95_ms(Request(url, headers=target().headers), connections=CONNECTIONS, requests=REQUESTS)


@functools.cache
def _waiting() -> str:
    with httpx2.Client(base_url=target().api, headers=target().headers) as client:
        return _start(client, target().resume_id)


def _result() -> float:
    url = f"{target().api}/analysis/analysis/{target().review_id}/status"
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
    _beside_bare("status of a review", _status, goal=50),
    _beside_bare("status with result", _result, goal=200),
    _beside_bare("create a review", _create, goal=100),
]
