"""What the image is made of, as far as that can be known without building it."""

import fnmatch
import re
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")


def in_context(path: str) -> bool:
    """Whether `.dockerignore` lets a file into the build, by its last rule that matches."""
    sent = True
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        rule = line.removeprefix("!")
        parts = Path(path).parts
        prefixes = ["/".join(parts[: count + 1]) for count in range(len(parts))]
        pattern = rule.removeprefix("**/")
        names = parts if rule.startswith("**/") else prefixes
        if any(fnmatch.fnmatchcase(name, pattern) for name in names):
            sent = line.startswith("!")
    return sent


def test_requirements_are_locked_and_hold_no_tools(shipped: str) -> None:
    names = re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==", shipped, re.MULTILINE)
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    tools = {re.split(r"[\[<>=~]", entry)[0] for entries in groups.values() for entry in entries}

    assert "uv export --frozen --no-default-groups " in DOCKERFILE
    assert {"fastapi", "psycopg-binary", "openai", "anthropic"} <= set(names)
    assert set(names) & tools == set()
    assert shipped.count("--hash=sha256:") >= len(names)


@pytest.mark.parametrize(
    "path",
    [
        "pyproject.toml", "uv.lock", "hatch_build.py", "openapi.json", "README.md", "LICENSE", "CHANGELOG.md",
        "scripts/build_web.sh", "frontend/package-lock.json", "frontend/src/main.tsx", "src/resume_review/main.py",
        "src/resume_review/database/migrations/versions/0001_schema.sql",
    ],
)  # fmt: skip
def test_what_the_wheel_is_made_of_is_sent_to_the_build(path: str) -> None:
    assert (ROOT / path).exists()
    assert in_context(path)


@pytest.mark.parametrize(
    "path",
    [
        ".git/config", ".venv/bin/python", ".env", "deploy/compose/.env", "tests/conftest.py", "frontend/node_modules/x/index.js",
        "src/resume_review/features/auth/tests/unit/test_tokens.py", "src/resume_review/__pycache__/main.pyc", "secret.key",
        "docs/index.md", ".bench/latest.json",
    ],
)  # fmt: skip
def test_nothing_else_is_sent(path: str) -> None:
    assert not in_context(path)


def test_last_stage_runs_without_root_and_is_watched() -> None:
    stages = DOCKERFILE.split("\nFROM ")[1:]

    assert len(stages) == 2
    assert "\nUSER 10001:10001\n" in stages[-1]
    assert "\nHEALTHCHECK " in stages[-1]
    assert "COPY . ." not in stages[-1]
    assert re.search(r"^ARG PYTHON_IMAGE=python:3\.\d+-slim-\w+$", DOCKERFILE, re.MULTILINE)


def test_uv_is_the_one_of_the_bootstrap() -> None:
    pinned = re.search(r"UV_VERSION=(\S+)", (ROOT / "scripts" / "bootstrap.sh").read_text())

    assert pinned is not None
    assert f"uv=={pinned[1]}" in DOCKERFILE
    for workflow in (ROOT / ".github" / "workflows").glob("*.yml"):
        assert set(re.findall(r"uv==(\S+)", workflow.read_text())) <= {pinned[1]}
