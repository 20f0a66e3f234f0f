"""Reviews under chaos: concurrent clients work while every part is killed, cut off, slowed down or out of space.

Run the long form by hand: `.venv/bin/python tests/reliability/chaos.py --reviews 500 --seconds 360 --seed 1`.
It prints what was done, what was seen and the verdict, writes all of it as JSON where asked, and ends with 1 if
anything happened that must not.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psycopg
from chaos_clients import PASSWORD, Client
from chaos_faults import faults
from chaos_parts import Parts, running_parts
from history import Fault, History, Stored, Violation, check

from resume_review.database.enums import UserRole
from resume_review.database.session import Database
from resume_review.features.auth import PasswordHasher, create_user

PAUSE_S = (0.3, 2.0)
CALM_SECONDS = 120.0
LOOK_SECONDS = 0.2
SHOWN_VIOLATIONS = 20
SLOWEST = 10

_STORED = """
    SELECT r.id::text, r.target_role, split_part(u.email, '@', 1), r.status, r.attempt,
           (SELECT count(*) FROM review_results AS x WHERE x.review_request_id = r.id),
           (SELECT count(*) FROM review_feedback_items AS f JOIN review_results AS x ON x.id = f.review_result_id
            WHERE x.review_request_id = r.id)
    FROM review_requests AS r JOIN users AS u ON u.id = r.requested_by_user_id
"""
_UNFINISHED = """
    SELECT (SELECT count(*) FROM review_requests WHERE status IN ('pending', 'processing')),
           (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing'))
"""
_ENGINES = "SELECT engine, degraded, count(*) FROM review_results GROUP BY 1, 2 ORDER BY 1, 2"


@dataclass
class Verdict:
    """What is told about a run; `slowest` is in seconds, `timeline` names the faults with their begin and end."""

    seed: int
    reviews: int
    clients: int
    seconds: float = 0.0
    timeline: list[tuple[str, float, float]] = field(default_factory=list[tuple[str, float, float]])
    without: dict[str, str] = field(default_factory=dict[str, str])
    answers: dict[str, int] = field(default_factory=dict[str, int])
    slowest: dict[str, float] = field(default_factory=dict[str, float])
    longest: list[str] = field(default_factory=list[str])
    statuses: dict[str, int] = field(default_factory=dict[str, int])
    engines: dict[str, int] = field(default_factory=dict[str, int])
    attempts: dict[str, int] = field(default_factory=dict[str, int])
    accepted: int = 0
    violations: list[Violation] = field(default_factory=list[Violation])

    def by_fault(self) -> dict[str, int]:
        """How often each thing happened that must not."""
        counts = Counter(violation.fault for violation in self.violations)
        return {fault.value: counts[fault] for fault in Fault}


async def run(
    *,
    reviews: int,
    clients: int,
    seconds: float,
    seed: int,
    ask_models: bool = True,
    logs: Path | None = None,
) -> Verdict:
    """Have the reviews done, for so many seconds under chaos, then let all come to rest and judge.

    The reviews are asked for over half of the time, so that every kind of fault finds work to disturb.
    """
    chance, history = random.Random(seed), History()
    verdict = Verdict(seed, reviews, clients)
    async with running_parts(history, ask_models=ask_models, logs=logs) as parts:
        crew = await _crew(parts, clients)
        verdict.timeline = await _work(parts, crew, reviews=reviews, seconds=seconds, chance=chance)
        await asyncio.to_thread(_come_to_rest, parts)
        await asyncio.gather(*(client.look_again() for client in crew))
        await asyncio.gather(*(client.close() for client in crew))
        await asyncio.to_thread(_look_inside, parts, verdict)
        verdict.seconds = round(parts.now(), 1)
        verdict.without = parts.without
    _sum_up(history, verdict)
    return verdict


async def _crew(parts: Parts, number: int) -> list[Client]:
    stop, crew = asyncio.Event(), list[Client]()
    crew += [Client(f"c{each}", parts, crew, stop) for each in range(1, number + 1)]
    database, hasher = Database.connect(parts.postgres.url()), PasswordHasher()
    for client in crew:
        async with database.transaction() as session:
            await create_user(
                session,
                hasher,
                email=client.email,
                password=PASSWORD,
                first_name=client.name,
                last_name="Sato",
                role=UserRole.JUNIOR_RECRUITER,
            )
    await database.dispose()
    await asyncio.gather(*(client.open() for client in crew))
    return crew


async def _work(
    parts: Parts, crew: list[Client], *, reviews: int, seconds: float, chance: random.Random
) -> list[tuple[str, float, float]]:
    """Clients and faults at the same time; when the time of the faults is over, the clients finish in peace."""
    shares = [reviews * (each + 1) // len(crew) - reviews * each // len(crew) for each in range(len(crew))]
    stop, calm = crew[0].stop, asyncio.Event()
    breaking = asyncio.create_task(_break(parts, chance, calm))
    async with asyncio.TaskGroup() as group:
        working = [
            group.create_task(client.work(share, spread_s=seconds / 2))
            for client, share in zip(crew, shares, strict=True)
        ]
        await asyncio.wait(working, timeout=seconds)
        calm.set()
        timeline = await breaking
        await asyncio.wait(working, timeout=CALM_SECONDS)
        stop.set()
    return timeline


async def _break(parts: Parts, chance: random.Random, calm: asyncio.Event) -> list[tuple[str, float, float]]:
    """One fault after the other; each kind once before any comes again."""
    known, deck, timeline = faults(parts), list[str](), list[tuple[str, float, float]]()
    while not calm.is_set():
        deck = deck or chance.sample(sorted(known), len(known))
        await asyncio.sleep(chance.uniform(*PAUSE_S))
        name = deck.pop()
        begin = parts.now()
        await known[name](parts, chance)
        timeline.append((name, round(begin, 1), round(parts.now(), 1)))
    return timeline


def _come_to_rest(parts: Parts) -> None:
    """Wait until nothing is left to do; what is left after that is stuck."""
    deadline = time.monotonic() + CALM_SECONDS
    while time.monotonic() < deadline:
        with psycopg.connect(parts.postgres.conninfo("resume_review")) as connection:
            row = connection.execute(_UNFINISHED).fetchone()
        if row == (0, 0):
            return
        time.sleep(LOOK_SECONDS)


def _look_inside(parts: Parts, verdict: Verdict) -> None:
    """Read from the database what the clients cannot see."""
    with psycopg.connect(parts.postgres.conninfo("resume_review")) as connection:
        for row in connection.execute(_STORED):
            parts.history.stored.append(
                Stored(
                    id=row[0],
                    mark=row[1],
                    owner=row[2],
                    status=row[3],
                    attempt=row[4],
                    results=row[5],
                    findings=row[6],
                )
            )
        unfinished = connection.execute(_UNFINISHED).fetchone()
        engines = connection.execute(_ENGINES).fetchall()
    parts.history.jobs_left = unfinished[1] if unfinished else 0
    verdict.engines = {
        f"{name}{', degraded' if degraded else ''}": count for name, degraded, count in engines
    }


def _sum_up(history: History, verdict: Verdict) -> None:
    verdict.accepted = len(history.accepted())
    verdict.violations = check(history)
    verdict.attempts = _counted(str(review.attempt) for review in history.stored)
    verdict.answers = _counted(answer.kind.value for answer in history.answers)
    verdict.statuses = _counted(str(answer.status or "none") for answer in history.answers)
    longest = sorted(history.answers, key=lambda answer: -answer.seconds)[:SLOWEST]
    verdict.longest = [f"{each.kind} {each.status} {each.started:.1f}+{each.seconds:.1f}" for each in longest]
    for answer in history.answers:
        slowest = verdict.slowest.get(answer.kind.value, 0.0)
        verdict.slowest[answer.kind.value] = max(slowest, round(answer.seconds, 2))


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def table(verdict: Verdict) -> str:
    """The verdict for people."""
    accepted = f"{verdict.accepted} of {verdict.reviews} reviews accepted from {verdict.clients} clients"
    lines = [f"seed {verdict.seed}: {accepted} in {verdict.seconds} s"]
    facts = {
        "faults": _counted(name for name, _, _ in verdict.timeline),
        "left out": verdict.without,
        "questions": verdict.answers,
        "slowest answer, s": verdict.slowest,
        "HTTP statuses": verdict.statuses,
        "results": verdict.engines,
        "attempts of a review": verdict.attempts,
    }
    for name, values in facts.items():
        if values:
            lines.append(f"  {name}: " + ", ".join(f"{key} {value}" for key, value in values.items()))
    lines += [f"  {name:<12} {count}" for name, count in verdict.by_fault().items()]
    lines += [f"  ! {each.fault}: {each.what}" for each in verdict.violations[:SHOWN_VIOLATIONS]]
    lines.append(
        "  verdict: " + ("held" if not verdict.violations else f"{len(verdict.violations)} violations")
    )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description="Reviews under chaos.")
    parser.add_argument("--reviews", type=int, default=500)
    parser.add_argument("--clients", type=int, default=10)
    parser.add_argument(
        "--seconds", type=float, default=300.0, help="the longest time of chaos; the rest is done in peace"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-models", action="store_true", help="let the rubric review alone")
    parser.add_argument("--json", type=Path, help="where the verdict is written too")
    parser.add_argument("--logs", type=Path, help="an existing directory for the logs of server and workers")
    given = parser.parse_args()
    load = {"reviews": given.reviews, "clients": given.clients, "seconds": given.seconds}
    verdict = asyncio.run(run(**load, seed=given.seed, ask_models=not given.without_models, logs=given.logs))
    sys.stdout.write(table(verdict) + "\n")
    if given.json:
        given.json.write_text(json.dumps(asdict(verdict) | {"counts": verdict.by_fault()}, indent=2) + "\n")
    return 1 if verdict.violations else 0


if __name__ == "__main__":
    sys.exit(main())
