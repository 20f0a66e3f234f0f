"""The API with 100 and with 1,000,000 reviews, at 1, 16 and 64 connections, beside a bare FastAPI that selects one row.

No worker takes part and the rate limits are on. Everything is measured once, in turns; `.bench/api.json` keeps it all.
"""

import functools
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from agency import Agency, Route, open_agency
from harness import LATEST, Measurement
from load import Figures, Job, LoadGenerator, request

from resume_review.database.embedded import EmbeddedPostgres
from resume_review.testing.processes import Process, environment

FEW, MANY = 100, 1_000_000
CONNECTIONS = (1, 16, 64)
AT = 16
SECONDS = 1.0
WARM_UP_SECONDS = 0.5
MOST_GROWTH = 1.5
GOALS_MS = {
    Route.STATUS: 50.0,
    Route.RESULT: 200.0,
    Route.HISTORY: 200.0,
    Route.CANDIDATES: 200.0,
    Route.CREATE: 100.0,
    Route.LOGIN: None,
    Route.UPLOAD: None,
}
"""In the order of measuring: what changes rows comes last."""


@dataclass
class Survey:
    """All figures, by what was asked, of how many reviews, over how many connections; or what went wrong."""

    fault: str | None = None
    routes: dict[tuple[Route, int, int], Figures] = field(
        default_factory=dict[tuple[Route, int, int], Figures]
    )
    bare: dict[int, Figures] = field(default_factory=dict[int, Figures])

    def table(self) -> str:
        rows = [f"{'':16}{'reviews':>10}{'conns':>7}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'per s':>9}"]
        rows += [_line("bare", 0, connections, found) for connections, found in self.bare.items()]
        rows += [
            _line(route, reviews, at, found) for (route, reviews, at), found in sorted(self.routes.items())
        ]
        return "\n".join(rows)


def _line(name: str, reviews: int, connections: int, found: Figures) -> str:
    times = "".join(f"{value:9.1f}" for value in (found.p50, found.p95, found.p99))
    return f"{name:16}{reviews:10}{connections:7}{times}{found.per_second:9.0f}"


@dataclass(frozen=True)
class _Running:
    few: Agency
    many: Agency
    bare: int
    load: LoadGenerator


@functools.cache
def survey() -> Survey:
    """Measures everything at the first call, and does not try again when something goes wrong."""
    found = Survey()
    try:
        with _running() as running:
            _measure(running, found)
    except RuntimeError as error:
        found.fault = str(error)
        return found
    print(found.table(), file=sys.stderr)
    LATEST.parent.mkdir(exist_ok=True)
    LATEST.with_name("api.json").write_bytes(
        msgspec.json.encode(
            [
                {"route": route, "reviews": reviews, "connections": at, "figures": figures}
                for (route, reviews, at), figures in found.routes.items()
            ]
        )
    )
    return found


def _measure(running: _Running, found: Survey) -> None:
    agencies = (running.few, running.many)
    requests = {(agency.reviews, route): agency.requests(route) for agency in agencies for route in GOALS_MS}
    for (reviews, _), wire in requests.items():
        port = next(agency.port for agency in agencies if agency.reviews == reviews)
        running.load.run(Job(port, 1, WARM_UP_SECONDS, wire))
    for connections in CONNECTIONS:
        found.bare[connections] = running.load.run(
            Job(running.bare, connections, SECONDS, [request("GET", "/")])
        )
        for route in GOALS_MS:
            for agency in agencies:
                job = Job(agency.port, connections, SECONDS, requests[agency.reviews, route])
                found.routes[route, agency.reviews, connections] = running.load.run(job)


def _found() -> Survey:
    found = survey()
    if found.fault is not None:
        raise RuntimeError(found.fault)
    return found


@contextmanager
def _running() -> Generator[_Running]:
    with ExitStack() as stack:
        data_dir = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres = stack.enter_context(EmbeddedPostgres(data_dir / "postgres"))
        few, many = (_opened(stack, postgres, data_dir, reviews) for reviews in (FEW, MANY))
        bare_app = str(Path(__file__).with_name("bare_app.py"))
        command = [sys.executable, bare_app, postgres.conninfo()]
        bare = stack.enter_context(Process(command, env=environment(data_dir)))
        port = int(bare.wait_for(r"answers at \S+:(\d+)").group(1))
        yield _Running(few, many, port, stack.enter_context(LoadGenerator()))


def _opened(stack: ExitStack, postgres: EmbeddedPostgres, data_dir: Path, reviews: int) -> Agency:
    agency = open_agency(postgres, data_dir / str(reviews), reviews=reviews)
    stack.callback(agency.server.stop)
    return agency


def _figure(route: Route, *, reviews: int, of: Callable[[Figures], float]) -> Callable[[], float]:
    return lambda: of(_found().routes[route, reviews, AT])


def _bare(of: Callable[[Figures], float]) -> Callable[[], float]:
    return lambda: of(_found().bare[AT])


def _growth(route: Route) -> float:
    """How many times as long a request takes in the large table."""
    few, many = (_found().routes[route, reviews, AT].p50 for reviews in (FEW, MANY))
    return many / few


MEASUREMENTS = [
    *(
        Measurement(
            name=f"{route}, p95 at {AT} connections, {MANY} reviews",
            unit="ms",
            measure=_figure(route, reviews=MANY, of=lambda found: found.p95),
            baseline_name="bare FastAPI + SELECT",
            measure_baseline=_bare(lambda found: found.p95),
            goal=goal,
            rounds=1,
        )
        for route, goal in GOALS_MS.items()
    ),
    *(
        Measurement(
            name=f"{route}, median with {MANY} reviews, times that with {FEW}",
            unit="x",
            measure=functools.partial(_growth, route),
            baseline_name="no growth",
            measure_baseline=lambda: 1.0,
            goal=MOST_GROWTH,
            rounds=1,
        )
        for route in GOALS_MS
    ),
    Measurement(
        name=f"status, requests of the bare app for one of ours at {AT} connections",
        unit="x",
        measure=lambda: _found().bare[AT].per_second / _found().routes[Route.STATUS, MANY, AT].per_second,
        baseline_name="bare FastAPI + SELECT",
        measure_baseline=lambda: 1.0,
        goal=2.0,
        rounds=1,
    ),
]
