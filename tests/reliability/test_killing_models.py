"""Workers that ask models, killed with kill -9 between any two steps: nothing is paid twice, nothing is lost."""

import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest

from resume_review.database.embedded import EmbeddedPostgres
from resume_review.database.session import psycopg_url
from resume_review.testing.consultant import ADMIN, Consultant, consultant
from resume_review.testing.model_server import ModelServer, model_server
from resume_review.testing.postgres import temporary_database
from resume_review.testing.processes import Process, Server, environment, program

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]

STRUCTURE, APPEAL, SUMMARY = "StructureReport", "AppealReport", "SummaryReport"
PATIENCE_S = 90.0

_KEPT = """
    SELECT count(*) FROM review_steps.checkpoint_writes
    WHERE channel = 'outcomes' AND (task_path LIKE '%structure' OR task_path LIKE '%appeal')
"""
_LEFT = "SELECT count(*) FROM review_steps.checkpoints"
_BLOCKED = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE %s
"""


@dataclass
class Platform:
    """A server without a worker, the models that its workers ask, and the database behind both."""

    data_dir: Path
    url: str
    models: ModelServer
    robin: Consultant

    @contextmanager
    def worker(self) -> Generator[Process]:
        env = environment(
            self.data_dir,
            DATABASE_URL=self.url,
            WORKERS="1",
            ENGINE="openai",
            MODEL="gpt-test",
            MODEL_SUMMARY="on",
        )
        with Process(program("worker"), env=env | {"OPENAI_BASE_URL": f"{self.models.url}/v1"}) as process:
            yield process

    def ask(self, statement: LiteralString, *values: str) -> int:
        with psycopg.connect(self.url) as connection:
            row = connection.execute(statement, values or None).fetchone()
        assert row is not None
        return row[0]

    def wait_until(self, condition: Callable[[], bool]) -> None:
        for _ in range(int(PATIENCE_S / 0.05)):
            if condition():
                return
            threading.Event().wait(0.05)
        raise AssertionError("It did not come to that.")


@pytest.fixture(scope="module")
def platform(
    postgres_server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Platform]:
    data_dir = tmp_path_factory.mktemp("platform")
    with temporary_database(postgres_server) as address, model_server() as models:
        url = psycopg_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
        settings = {"DATABASE_URL": url, "WORKERS": "0", "RATE_LIMITS": "off", **ADMIN}
        with Server(data_dir, **settings) as server, consultant(server.api) as robin:
            yield Platform(data_dir, url, models, robin)


def killed_while_held(platform: Platform, shape: str, other: str) -> str:
    """One agent has answered and its answer is kept, the other one thinks."""
    platform.models.held = {shape}
    with platform.worker() as first:
        review_id = platform.robin.request(platform.robin.upload())
        platform.wait_until(lambda: other in platform.models.answered and platform.ask(_KEPT) > 0)
        first.kill()
    return review_id


def killed_at_a_lock(platform: Platform, table: LiteralString, statement: str) -> str:
    """The database makes the worker wait before a statement."""
    with platform.worker() as first:
        platform.robin.ended(platform.robin.request(platform.robin.upload()))
        platform.models.answered.clear()
        resume_id = platform.robin.upload()
        with psycopg.connect(platform.url) as lock:
            lock.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            review_id = platform.robin.request(resume_id)
            platform.wait_until(lambda: platform.ask(_BLOCKED, statement) > 0)
            first.kill()
    return review_id


def killed_in_summary(platform: Platform) -> str:
    platform.models.held = {SUMMARY}
    with platform.worker() as first:
        review_id = platform.robin.request(platform.robin.upload())
        platform.wait_until(lambda: "SummaryReport" in platform.models.asked[-1].body)
        first.kill()
    return review_id


PLACES: dict[str, Callable[[Platform], str]] = {
    "prepare": lambda platform: killed_at_a_lock(platform, "review_steps.checkpoints", "%FROM checkpoints%"),
    "structure": lambda platform: killed_while_held(platform, STRUCTURE, APPEAL),
    "appeal": lambda platform: killed_while_held(platform, APPEAL, STRUCTURE),
    "summarise": killed_in_summary,
    "store": lambda platform: killed_at_a_lock(platform, "review_feedback_items", "INSERT INTO review_feed%"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_kill_costs_no_second_call_and_no_review(platform: Platform, place: str) -> None:
    platform.models.answered.clear()
    review_id = PLACES[place](platform)
    # Its caller is dead: a question let go before the server noticed would count as answered.
    platform.wait_until(lambda: not platform.models.waiting)
    platform.models.held = set()

    with platform.worker():
        status: dict[str, Any] = platform.robin.ended(review_id)
        platform.wait_until(lambda: platform.ask(_LEFT) == 0)

    result = status["result"]
    assert (status["status"], result["engine"], result["degraded"]) == ("completed", "rubric+llm", False)
    assert Counter(platform.models.answered) == {STRUCTURE: 1, APPEAL: 1, SUMMARY: 1}
