"""What is erased is erased everywhere, also while it is being worked on: case 37, on a platform with every part."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from resume_review.database.embedded import EmbeddedPostgres
from resume_review.database.session import psycopg_url
from resume_review.testing.consultant import ADMIN, Consultant, consultant
from resume_review.testing.model_server import ModelServer, model_server
from resume_review.testing.postgres import temporary_database
from resume_review.testing.processes import Server
from resume_review.testing.redis import RedisServer
from resume_review.testing.resumes import MARKDOWN

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]

WORD = "Quuxborough"
PATIENCE_SECONDS = 60.0
_COLUMNS = """
    SELECT table_schema, table_name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
"""


def in_tables(database: str) -> Iterator[str]:
    """Tables with a row that shows the word, in any column."""
    with psycopg.connect(database) as connection:
        for schema, table in connection.execute(_COLUMNS).fetchall():
            statement = sql.SQL("SELECT count(*) FROM {} AS t WHERE t::text ILIKE %s").format(
                sql.Identifier(schema, table)
            )
            row = connection.execute(statement, [f"%{WORD}%"]).fetchone()
            if row and row[0]:
                yield f"{schema}.{table}"


def in_files(directory: Path) -> Iterator[str]:
    """Files that hold the word."""
    for path in directory.rglob("*"):
        if path.is_file() and WORD.casefold().encode() in path.read_bytes().lower():
            yield str(path.relative_to(directory))


def in_redis(server: RedisServer) -> Iterator[str]:
    """What Redis writes to its disk when it is told to, if it holds the word."""
    command = ["redis-cli", "-s", server.url.removeprefix("unix://"), "--rdb", "-"]
    dumped = subprocess.run(command, capture_output=True, timeout=30, check=True).stdout
    if WORD.casefold().encode() in dumped.lower():
        yield "redis"


def traces(database: str, data_dir: Path, redis: RedisServer) -> list[str]:
    return [*in_tables(database), *in_files(data_dir / "files"), *in_redis(redis)]


def begun(robin: Consultant, models: ModelServer) -> tuple[str, str]:
    """A candidate whose review waits for a model, with one agent's answer kept already."""
    names = {"first_name": "Jane", "last_name": WORD}
    candidate_id = robin.client.post("/candidates", json=names).json()["candidate"]["id"]
    resume = MARKDOWN.replace("grocery chain", f"{WORD} chain").replace("Jane Doe", f"Jane {WORD}")
    path = f"/resume_upload/candidates/{candidate_id}/resumes"
    sent = robin.client.post(path, files={"file": (f"{WORD}.md", resume.encode())}).raise_for_status().json()
    models.held = {"AppealReport"}
    review_id = robin.request(sent["id"])
    wait_until(lambda: "StructureReport" in models.answered and "AppealReport" in models.waiting)
    return candidate_id, review_id


def wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(int(PATIENCE_SECONDS / 0.05)):
        if condition():
            return
        threading.Event().wait(0.05)
    raise AssertionError("It did not come to that.")


def test_case_37_nothing_of_an_erased_person_is_left_when_their_review_was_running(
    postgres_server: EmbeddedPostgres, own_redis: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with temporary_database(postgres_server) as address, model_server() as models:
        database = psycopg_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
        monkeypatch.setenv("OPENAI_BASE_URL", f"{models.url}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "sk-for-tests")
        parts = {
            "DATABASE_URL": database,
            "REDIS_URL": own_redis.url,
            "ENGINE": "openai",
            "MODEL": "gpt-test",
        }
        with (
            Server(tmp_path, WORKERS="1", RATE_LIMITS="off", **parts, **ADMIN) as server,
            consultant(server.api) as robin,
        ):
            candidate_id, review_id = begun(robin, models)
            before = traces(database, tmp_path, own_redis)

            erased = robin.client.request(
                "DELETE", f"/candidates/{candidate_id}", json={"confirm": f"Jane {WORD}"}
            )
            wait_until(lambda: not models.waiting)
            models.held = set()
            wait_until(lambda: not traces(database, tmp_path, own_redis))

            review = robin.client.get(f"/analysis/analysis/{review_id}/status")
            # The slot is free, and nothing comes back while others are served.
            other = robin.ended(robin.request(robin.upload()))
            server.stop()
            log = "\n".join(server.lines) + server.errors
        after = traces(database, tmp_path, own_redis)

    assert {"public.candidates", "public.resumes", "review_steps.checkpoint_blobs"} & set(before)
    assert (erased.status_code, review.status_code, other["status"]) == (200, 404, "completed")
    assert after == []
    assert WORD.casefold() not in log.casefold()
