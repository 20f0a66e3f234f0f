"""Whole reviews over HTTP: how soon after the upload, how many with more workers, and what 10,000 leave in memory."""

import atexit
import itertools
import re
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg
from bench_cold_start import SAMPLE
from harness import Measurement

from resume_review.core.clock import utc_now
from resume_review.database.embedded import EmbeddedPostgres
from resume_review.database.migrate import upgrade
from resume_review.documents.reader import read_document
from resume_review.rubric import review
from resume_review.testing.consultant import ADMIN, Consultant, consultant
from resume_review.testing.processes import Process, Server, environment, program

INDUSTRY = "strategy_consulting"
CROWD = (1, 2, 4)
"""Worker processes, one job at once in each."""
BATCH = 400
EARLY = 1_000
MANY = 10_000

# Without the first and the last quarter, in which not every worker is at work.
_PACE = """
    SELECT extract(epoch FROM percentile_disc(0.75) WITHIN GROUP (ORDER BY completed_at)
                            - percentile_disc(0.25) WITHIN GROUP (ORDER BY completed_at)) / (count(*) * 0.5)
    FROM review_requests WHERE id = ANY(%s)
"""
_MEMORY = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True)
class Platform:
    """A server without workers on a database of its own, and whoever asks it."""

    server: Server
    robin: Consultant
    rows: psycopg.Connection
    env: Mapping[str, str]

    def resume(self) -> str:
        """The sample, uploaded as its candidate's first resume."""
        return self.robin.upload(SAMPLE.read_bytes(), filename=SAMPLE.name)

    def ask(self, resume_id: str, *, number: int) -> list[str]:
        """As many reviews, each to be worked out anew."""
        path, wanted = f"/analysis/resumes/{resume_id}/analyze", {"industry": INDUSTRY, "force": True}
        return [self.robin.post(path, json=wanted)["analysis_id"] for _ in range(number)]

    def end(self, reviews: list[str]) -> None:
        """Wait for all of them.

        Raises:
            RuntimeError: One was not completed.
        """
        for asked in reversed(reviews):
            if (status := self.robin.ended(asked)["status"]) != "completed":
                raise RuntimeError(f"a review is {status}")

    @contextmanager
    def workers(self, number: int) -> Generator[list[Process]]:
        with ExitStack() as stack:
            yield [
                stack.enter_context(Process(program("worker", "--workers", "1"), env=dict(self.env)))
                for _ in range(number)
            ]


@cache
def _platform() -> Platform:
    stack = ExitStack()
    atexit.register(stack.close)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    postgres = stack.enter_context(EmbeddedPostgres(folder / "postgres"))
    upgrade(postgres.conninfo())
    settings = {"DATABASE_URL": postgres.conninfo(), "RATE_LIMITS": "off", **ADMIN}
    server = stack.enter_context(Server(folder, WORKERS="0", **settings))
    robin = stack.enter_context(consultant(server.api))
    rows = stack.enter_context(psycopg.connect(postgres.conninfo(), autocommit=True))
    return Platform(server, robin, rows, environment(folder, **settings))


@cache
def _pace() -> dict[int, float]:
    """Milliseconds between two finished reviews, by how many workers share them."""
    platform, found = _platform(), dict[int, float]()
    resume_id = platform.resume()
    for number in CROWD:
        asked = platform.ask(resume_id, number=BATCH)
        with platform.workers(number):
            platform.end(asked)
        row = platform.rows.execute(_PACE, [asked]).fetchone()
        assert row is not None
        found[number] = 1000 * float(row[0])
    return found


@dataclass(frozen=True)
class Memory:
    """Megabytes in use, shared ones counted by share."""

    worker: float
    server: float


@cache
def _memory() -> dict[int, Memory]:
    """What is in use after so many reviews of one worker."""
    platform, found = _platform(), dict[int, Memory]()
    resume_id = platform.resume()
    with platform.workers(1) as (worker,):
        for before, after in itertools.pairwise((0, EARLY, MANY)):
            platform.end(platform.ask(resume_id, number=after - before))
            found[after] = Memory(_megabytes(worker), _megabytes(platform.server))
    return found


def _megabytes(process: Process) -> float:
    found = _MEMORY.search(Path(f"/proc/{process.pid}/smaps_rollup").read_text())
    assert found is not None
    return int(found.group(1)) / 1024


@cache
def _with_a_worker() -> Platform:
    """The platform with one worker, which has done its first review, until the end of the program."""
    stack, platform = ExitStack(), _platform()
    atexit.register(stack.close)
    stack.enter_context(platform.workers(1))
    platform.end(platform.ask(platform.resume(), number=1))
    return platform


def _upload_to_result() -> float:
    """Milliseconds until a consultant who just chose a file may read what was found in it."""
    platform = _with_a_worker()
    started = time.perf_counter()
    (asked,) = platform.ask(platform.resume(), number=1)
    platform.end([asked])
    platform.robin.client.get(f"/analysis/analysis/{asked}").raise_for_status()
    return 1000 * (time.perf_counter() - started)


def _reading_and_judging() -> float:
    started = time.perf_counter()
    review(read_document(SAMPLE.read_bytes(), SAMPLE.name), industry=INDUSTRY, review_date=utc_now().date())
    return 1000 * (time.perf_counter() - started)


MEASUREMENTS = [
    *(
        Measurement(
            name=f"a review of the sample, {number} workers", unit="ms", measure=lambda number=number: _pace()[number],
            baseline_name="1 worker", measure_baseline=lambda: _pace()[1], rounds=1,
        )
        for number in CROWD[1:]
    ),
    Measurement(
        name=f"memory of a worker after {MANY} reviews", unit="MB", measure=lambda: _memory()[MANY].worker,
        baseline_name=f"after {EARLY}", measure_baseline=lambda: _memory()[EARLY].worker, rounds=1,
    ),
    Measurement(
        name=f"memory of the server after {MANY} reviews", unit="MB", measure=lambda: _memory()[MANY].server,
        baseline_name=f"after {EARLY}", measure_baseline=lambda: _memory()[EARLY].server, rounds=1,
    ),
    Measurement(
        name="upload to result, the sample", unit="ms", measure=_upload_to_result,
        baseline_name="reading and judging in one process", measure_baseline=_reading_and_judging, rounds=10,
    ),
]  # fmt: skip
