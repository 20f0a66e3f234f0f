"""Models from the command line, as a user has them: real processes, real sockets."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from resume_review.database.embedded import EmbeddedPostgres
from resume_review.database.session import psycopg_url
from resume_review.testing.consultant import ADMIN, consultant
from resume_review.testing.model_server import ModelServer, bodies, model_server
from resume_review.testing.postgres import temporary_database
from resume_review.testing.processes import Process, Server, environment, program
from resume_review.testing.resumes import MARKDOWN

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.timeout(240)]

SECRET = "a secret of this test alone"


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "resume.md"
    path.write_text(MARKDOWN)
    return path


@pytest.fixture
def models() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


@pytest.fixture
def address(postgres_server: EmbeddedPostgres) -> Iterator[str]:
    with temporary_database(postgres_server) as url:
        yield psycopg_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def run(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    env = {name: value for name, value in os.environ.items() if not name.startswith("RESUME_REVIEW_")}
    return subprocess.run(
        program(*arguments), env=env | variables, capture_output=True, text=True, check=False
    )


def test_a_review_says_what_leaves_the_machine_and_leaves_out_who_it_is(
    resume: Path, models: ModelServer
) -> None:
    base = f"{models.url}/v1"

    done = run("review", str(resume), "--engine", "openai:gpt-test", "--format", "json", OPENAI_BASE_URL=base)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["engine"] == "rubric+llm"
    assert f"are sent to openai:gpt-test at {base}, without names" in done.stderr
    assert [word for word in ("Jane", "Doe", "7946 0958") if word in bodies(models.asked)] == []


def test_models_are_told_what_an_own_pack_looks_for(
    resume: Path, models: ModelServer, tmp_path: Path
) -> None:
    own = tmp_path / "ours.yaml"
    built_in = run("packs", "show", "strategy_consulting", "--format", "yaml").stdout
    first = next(line for line in built_in.splitlines() if line.startswith("name: "))
    own.write_text(built_in.replace(first, "name: Boutique of the North", 1))

    done = run(
        "review",
        str(resume),
        *("--engine", "openai:gpt-test", "--pack", str(own), "--format", "json"),
        OPENAI_BASE_URL=f"{models.url}/v1",
    )

    review = json.loads(done.stdout)
    assert (review["engine"], review["degraded"]) == ("rubric+llm", False), done.stderr
    assert "sha256:" in review["receipt"]["pack"]
    assert "Boutique of the North" in bodies(models.asked)


def test_a_model_that_gives_no_answer_leaves_the_rubrics_review(resume: Path) -> None:
    done = run("review", str(resume), "--engine", "fake:rubric!refuse", "--format", "json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["degraded"] is True
    assert "RefusedError" in done.stderr


@pytest.mark.parametrize(
    ("engine", "wish"),
    [
        ("openai:gpt-test", "OPENAI_API_KEY"),
        ("oracle:m", "RESUME_REVIEW_ENGINE"),
        ("openai", "RESUME_REVIEW_MODEL"),
    ],
)
def test_a_model_that_cannot_be_asked_is_refused_in_one_line(resume: Path, engine: str, wish: str) -> None:
    done = run("review", str(resume), "--engine", engine)

    assert done.returncode == 2
    assert wish in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_a_stored_review_is_repeated_and_its_differences_are_told(address: str, tmp_path: Path) -> None:
    settings = {"DATABASE_URL": address, "ENGINE": "fake", "MODEL": "rubric"}
    with (
        Server(tmp_path, WORKERS="1", **settings, **ADMIN) as server,
        consultant(server.api) as robin,
    ):
        review_id = robin.request(robin.upload())
        robin.ended(review_id)
    env = environment(tmp_path, **settings)

    same = run("replay", review_id, **env)
    with psycopg.connect(address) as connection:
        connection.execute(
            """UPDATE review_results SET review = jsonb_set(jsonb_set(review, '{receipt,rubric}', '"older"'),
            '{scores,overall}', '1')"""
        )
    other = run("replay", review_id, **env)

    assert (same.returncode, same.stdout) == (0, "The same answer.\n"), same.stderr
    assert other.returncode == 1
    assert "rubric: older -> " in other.stdout
    assert "score overall: 1 -> " in other.stdout


def test_a_platform_has_its_resumes_judged_by_a_service(
    address: str, tmp_path: Path, models: ModelServer
) -> None:
    serving = environment(
        tmp_path / "service", ENGINE="openai", MODEL="gpt-test", AI_SERVICE_SECRET=SECRET, WORKERS="1"
    ) | {"OPENAI_BASE_URL": f"{models.url}/v1"}
    with Process(program("ai", "serve", "--port", "0"), env=serving) as service:
        url = service.wait_for(r"answers at (http://[^ ]+)").group(1)
        settings = {"DATABASE_URL": address, "AI_SERVICE_URL": url, "AI_SERVICE_SECRET": SECRET}
        with (
            Server(tmp_path, WORKERS="1", **settings, **ADMIN) as server,
            consultant(server.api) as robin,
        ):
            result = robin.ended(robin.request(robin.upload()))["result"]
        code = service.stop()

    assert (result["engine"], result["degraded"], result["ai_model_used"]) == (
        "rubric+llm",
        False,
        "gpt-test",
    )
    assert code == 0
