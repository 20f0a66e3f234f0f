"""Every command that the documents show exists, with the options they give it."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```(?:sh|bash|console|shell)\n(.*?)```", re.DOTALL)
INLINE = re.compile(r"`((?:make|resume-review) [^`\n]+)`")
OTHER_PROGRAMS = {"cd", "cp", "curl", "docker", "git", "psql", "tar", "uv", "export", "cat", "jq"}
ASSIGNMENT = re.compile(r"^[A-Z_]+=\S*$")


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def commands(text: str) -> Iterator[str]:
    for block in BLOCK.findall(text):
        lines = block.replace("\\\n", " ").splitlines()
        yield from (line.removeprefix("$ ") for line in lines if line.strip() and not line.startswith("#"))
    yield from INLINE.findall(text)


@cache
def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@cache
def help_text(*subcommands: str) -> str | None:
    command = [ROOT / ".venv/bin/resume-review", *subcommands, "--help"]
    env = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}
    result = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    return result.stdout if result.returncode == 0 else None


def fault(command: str) -> str | None:
    """What is wrong with one line of a document, if anything."""
    words = [word for word in command.partition(" # ")[0].split() if not ASSIGNMENT.match(word)]
    program, *rest = words or ["cd"]
    if program == "make":
        unknown = [word for word in rest if word not in targets() and not word.startswith("-")]
        return f"no such target: {unknown}" if unknown else None
    if program.rpartition("/")[2] == "resume-review":
        return cli_fault(rest)
    return None if program in OTHER_PROGRAMS else f"unknown program {program}"


def cli_fault(words: list[str]) -> str | None:
    subcommands: list[str] = []
    for word in words:
        if not re.fullmatch(r"[a-z][a-z-]*", word):
            break
        subcommands.append(word)
    text = help_text(*subcommands)
    if text is None:
        return f"no such command: resume-review {' '.join(subcommands)}"
    options = {word.partition("=")[0] for word in words if word.startswith("--")}
    unknown = sorted(option for option in options if option not in text)
    return f"no such option: {unknown}" if unknown else None


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_document_exist(path: Path) -> None:
    faults = {command: found for command in commands(path.read_text()) if (found := fault(command))}

    assert faults == {}


@pytest.mark.parametrize(
    "command",
    ["make nonsense", "resume-review nonsense", "resume-review review --nonsense x.pdf", "nonsense --help"],
)
def test_command_that_does_not_exist_is_found(plant: Callable[[str, str], Path], command: str) -> None:
    path = plant("page.md", f"# Page\n\n```sh\n{command}\n```\n")

    assert [fault(found) for found in commands(path.read_text())] != [None]
