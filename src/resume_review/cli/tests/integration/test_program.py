"""The installed program from outside: what only a process of its own can show."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

HEAVY = ["pydantic", "fastapi", "sqlalchemy", "structlog", "typer", "uvicorn", "jinja2"]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "resume_review.cli.app", *arguments],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **environment},
    )


def test_review_prints_json_and_leaves_with_0(resume: Path) -> None:
    done = run("review", str(resume), "--format", "json")

    assert done.stderr == ""
    assert done.returncode == 0
    assert json.loads(done.stdout)["status"] == "completed"


def test_score_under_the_bar_leaves_with_1(resume: Path) -> None:
    done = run("review", str(resume), "--format", "json", "--fail-under", "100")

    assert done.returncode == 1
    assert "under the bar of 100" in done.stderr


def test_missing_file_leaves_with_2_and_no_traceback() -> None:
    done = run("review", "gone.pdf")

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "resume-review: gone.pdf: there is no such file; check the name and the folder\n"


def test_report_into_a_pipe_has_no_colour(resume: Path) -> None:
    done = run("review", str(resume))

    assert done.returncode == 0
    assert "Resume review" in done.stdout
    assert "\x1b" not in done.stdout


def test_reader_that_leaves_early_is_no_error(resume: Path) -> None:
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "resume_review.cli.app",
            "extract",
            *([str(resume)] * 40),
            "--format",
            "jsonl",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        complaint = process.stderr.read()

    assert complaint == b""


@pytest.mark.parametrize("command", ["extract", "review"])
def test_start_does_not_load_what_only_the_server_needs(resume: Path, command: str) -> None:
    script = (
        "import sys; from resume_review.cli.app import main; "
        f"code = main(['{command}', {str(resume)!r}, '--format', 'json']); "
        f"print([name for name in {HEAVY} + ['rich'] if name in sys.modules], file=sys.stderr); sys.exit(code)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=60
    )

    assert done.stderr == "[]\n"
