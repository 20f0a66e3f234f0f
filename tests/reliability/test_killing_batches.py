"""Workers that ask models in batches, killed with kill -9 between any two steps: nothing is sent twice, nothing is lost."""

import json
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest

from resume_review.database.embedded import EmbeddedPostgres
from resume_review.database.session import psycopg_url
from resume_review.testing.batch_server import batch_server
from resume_review.testing.batches_kept import Batches, Call
from resume_review.testing.consultant import ADMIN, UNFINISHED, Consultant, consultant
from resume_review.testing.postgres import temporary_database
from resume_review.testing.processes import Process, Server, environment, program
from resume_review.testing.resumes import MARKDOWN

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(400)]

PATIENCE_S = 300.0
LOOK_AGAIN_S = 0.25
PEOPLE = ("Jane Doe", "John Smith")
SINGLE_CALLS = {"/v1/chat/completions", "/v1/messages"}

_START_ANEW = """
    DELETE FROM upload_batches;
    DELETE FROM model_batches;
    DELETE FROM prompt_usage_history;
    DELETE FROM model_spend;
    DELETE FROM candidates;
    DELETE FROM procrastinate_jobs;
"""
_GATHERED = "SELECT count(*) FROM model_batch_items WHERE status = 'waiting'"
_OPEN = "SELECT count(*) FROM model_batches WHERE status <> 'ended'"
_USES = "SELECT count(*) FROM prompt_usage_history"
_LEDGER = "SELECT sum(tokens)::bigint FROM model_spend WHERE payer = 'all'"
_TOKENS = "SELECT sum(tokens_used)::bigint FROM prompt_usage_history"
_BLOCKED = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE %s
"""


@dataclass
class Platform:
    """A server without a worker, the vendor that its workers ask, and the database behind both."""

    data_dir: Path
    url: str
    vendor: Batches
    robin: Consultant
    uploads: int = field(default=0)

    @contextmanager
    def worker(self, vendor: str) -> Generator[Process]:
        settings = {
            "DATABASE_URL": self.url,
            "WORKERS": "1",
            "ENGINE": vendor,
            "MODEL": f"{vendor}-test",
            "MODEL_PRICES": f"{vendor}:{vendor}-test=1/10",
            "BATCHES": "on",
            "BATCH_WAIT_MINUTES": "6" if vendor == "anthropic" else "3",
        }
        base = f"{self.vendor.models.url}/v1" if vendor == "openai" else self.vendor.models.url
        addresses = {f"{vendor.upper()}_BASE_URL": base}
        with Process(program("worker"), env=environment(self.data_dir, **settings) | addresses) as process:
            yield process

    def upload(self) -> str:
        """A bulk upload with a review of each resume; its id."""
        self.uploads += 1
        files: list[tuple[str, tuple[str, bytes]]] = []
        for name in PEOPLE:
            first, last = name.split()
            email = f"{first}{self.uploads}@example.com".lower()
            person = {"first_name": first, "last_name": last, "email": email}
            self.robin.client.post("/candidates", json=person).raise_for_status()
            resume = MARKDOWN.replace("# Jane Doe", f"# {name}").replace("jane.doe@example.com", email)
            files.append(("files", (f"{first}.md", resume.encode())))
        form = {"auto": "true", "review": json.dumps({"industry": "ma_finance"})}
        sent = self.robin.client.post("/resume_upload/batch", files=files, data=form)
        return sent.raise_for_status().json()["batch_id"]

    def reviews(self, batch_id: str) -> list[dict[str, Any]]:
        """How the reviews of a bulk upload stand, once all are asked for and have ended."""
        found: list[dict[str, Any]] = []

        def all_ended() -> bool:
            items = self.robin.client.get(f"/resume_upload/batch/{batch_id}").json()["items"]
            found[:] = [self.robin.status(item["analysis_id"]) for item in items if item["analysis_id"]]
            ended = [status for status in found if status["status"] not in UNFINISHED]
            return len(ended) == len(PEOPLE)

        self.wait_until(all_ended)
        return found

    def start_anew(self) -> None:
        """Leave nothing of the test before."""
        self.vendor.reset()
        with psycopg.connect(self.url) as connection:
            connection.execute(_START_ANEW)

    def ask(self, statement: LiteralString, *values: str) -> int:
        with psycopg.connect(self.url) as connection:
            row = connection.execute(statement, values or None).fetchone()
        assert row is not None
        return row[0] or 0

    def wait_until(self, condition: Callable[[], bool]) -> None:
        for _ in range(int(PATIENCE_S / LOOK_AGAIN_S)):
            if condition():
                return
            threading.Event().wait(LOOK_AGAIN_S)
        raise AssertionError("It did not come to that.")


@pytest.fixture(scope="module")
def platform(
    postgres_server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Platform]:
    data_dir = tmp_path_factory.mktemp("platform")
    with temporary_database(postgres_server) as address, batch_server() as vendor:
        url = psycopg_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
        settings = {"DATABASE_URL": url, "WORKERS": "0", "RATE_LIMITS": "off", **ADMIN}
        with Server(data_dir, **settings) as server, consultant(server.api) as robin:
            yield Platform(data_dir, url, vendor, robin)


def killed_after(call: Call) -> Callable[[Platform, str], str]:
    """The vendor has done what it was asked, and the worker dies before it hears of it."""

    def kill(platform: Platform, vendor: str) -> str:
        dead = threading.Event()
        with platform.worker(vendor) as first:

            def strike() -> None:
                if not dead.is_set():
                    os.kill(first.pid, signal.SIGKILL)
                    dead.set()

            platform.vendor.after[call] = strike
            batch_id = platform.upload()
            assert dead.wait(PATIENCE_S)
            first.wait()
        return batch_id

    return kill


def killed_while_gathering(platform: Platform, vendor: str) -> str:
    """The questions are written down, and no batch is closed yet."""
    with platform.worker(vendor) as first:
        batch_id = platform.upload()
        platform.wait_until(lambda: platform.ask(_GATHERED) == len(PEOPLE) * 2)
        first.kill()
    return batch_id


def killed_while_taking_in(platform: Platform, vendor: str) -> str:
    """The answers are there, and the database makes the worker wait before it writes the first one down."""
    reached = threading.Event()
    with platform.worker(vendor) as first:
        platform.vendor.after[Call.SUBMIT] = reached.set
        batch_id = platform.upload()
        assert reached.wait(PATIENCE_S)
        with psycopg.connect(platform.url) as lock:
            lock.execute("LOCK TABLE prompt_usage_history IN ACCESS EXCLUSIVE MODE")
            platform.wait_until(lambda: platform.ask(_BLOCKED, "INSERT INTO prompt_usage%") > 0)
            first.kill()
    return batch_id


PLACES: dict[str, Callable[[Platform, str], str]] = {
    "gathered": killed_while_gathering,
    "uploaded": killed_after(Call.UPLOAD),
    "submitted": killed_after(Call.SUBMIT),
    "polled": killed_after(Call.POLL),
    "collected": killed_after(Call.COLLECT),
    "taken in": killed_while_taking_in,
    "discarded": killed_after(Call.DISCARD),
}


@pytest.mark.parametrize(
    ("vendor", "place"), [*(("openai", place) for place in PLACES), ("anthropic", "submitted")]
)
def test_a_kill_submits_nothing_twice_and_loses_no_review(
    platform: Platform, vendor: str, place: str
) -> None:
    platform.start_anew()
    batch_id = PLACES[place](platform, vendor)
    platform.vendor.after.clear()

    with platform.worker(vendor):
        reviews = platform.reviews(batch_id)
        platform.wait_until(lambda: platform.ask(_OPEN) == 0)

    shown = {(one["status"], one["result"]["engine"], one["result"]["degraded"]) for one in reviews}
    assert shown == {("completed", "rubric+llm", False)}
    sent = [custom_id for batch in platform.vendor.made for custom_id, _ in batch.questions]
    assert (len(sent), len(set(sent))) == (4, 4)
    assert [asked.path for asked in platform.vendor.models.asked if asked.path in SINGLE_CALLS] == []
    assert platform.ask(_USES) == 4
    assert platform.ask(_LEDGER) == platform.ask(_TOKENS)
    assert platform.vendor.files == {}
