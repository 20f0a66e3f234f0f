"""Every command that the documents show is understood by the program, and every link leads somewhere."""

import argparse
import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from resume_review.cli.app import PROGRAM, main
from resume_review.cli.parsing import Parser

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```(?:sh|bash|console|shell)\n(.*?)```", re.DOTALL)
INLINE = re.compile(r"`((?:make|resume-review) [^`\n]+)`")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
# fmt: off
OTHER_PROGRAMS = {
    "cat", "cd", "cp", "curl", "docker", "export", "gcloud", "git", "install", "jq", "kubectl", "psql", "sed", "systemctl",
    "tar", "useradd", "uv",
}
# fmt: on
ASSIGNMENT = re.compile(r"^[A-Z_]+=\S*$")


class _Understood(BaseException):
    """Stands for all that a command would do after it has read its arguments."""


class _Refused(BaseException):
    """What the program has against its arguments."""


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").rglob("*.md")]


def commands(text: str) -> Iterator[tuple[str, bool]]:
    """Commands, and whether each stands in a block: there it is to be run as it is."""
    for block in BLOCK.findall(text):
        lines = block.replace("\\\n", " ").splitlines()
        yield from (
            (line.removeprefix("$ "), True) for line in lines if line.strip() and not line.startswith("#")
        )
    yield from ((line, False) for line in INLINE.findall(text))


def whole_lines(block: str) -> Iterator[str]:
    """Lines, a quoted text of several of them as part of one."""
    begun = ""
    for line in block.splitlines():
        begun += line
        try:
            shlex.split(begun, comments=True)
        except ValueError:
            begun += "\n"
            continue
        yield begun
        begun = ""
    yield begun


@cache
def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def fault(command: str, *, block: bool = True) -> str | None:
    """What is wrong with one line of a document, if anything."""
    words = [word for word in command.partition(" # ")[0].split() if not ASSIGNMENT.match(word)]
    program, *rest = (words[1:] if words[:1] == ["sudo"] else words) or ["cd"]
    if program == "make":
        unknown = [word for word in rest if word not in targets() and not word.startswith("-")]
        return f"no such target: {unknown}" if unknown else None
    if program.rpartition("/")[2] == PROGRAM:
        return cli_fault(command, block=block)
    return None if program in OTHER_PROGRAMS else f"unknown program {program}"


def cli_fault(command: str, *, block: bool) -> str | None:
    """What the program itself has against the arguments; nothing is done with them."""
    words = shlex.split(command.partition(" # ")[0], comments=True)
    start = next(place for place, word in enumerate(words) if word.rpartition("/")[2] == PROGRAM)
    given: list[str] = []
    for word in words[start + 1 :]:
        if word in {"|", ">", "&&", ";"}:
            break
        given.append(word)
    try:
        return f"exit code {code}" if (code := main(given)) else None
    except _Understood:
        return None
    except _Refused as refusal:
        # A sentence may name a command without what it works on.
        return None if "required" in str(refusal) and not block else str(refusal)


@pytest.fixture(autouse=True)
def only_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    parse = argparse.ArgumentParser.parse_args

    def refuse(_parser: Parser, message: str) -> None:
        raise _Refused(message)

    def parse_and_stop(self: Parser, arguments: Sequence[str]) -> None:
        parse(self, arguments)
        raise _Understood

    monkeypatch.setattr(Parser, "error", refuse)
    monkeypatch.setattr(Parser, "parse_args", parse_and_stop)


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_document_exist(path: Path) -> None:
    shown = commands(path.read_text())

    faults = {command: found for command, block in shown if (found := fault(command, block=block))}

    assert faults == {}


@pytest.mark.parametrize(
    "command",
    [
        "make nonsense",
        "resume-review nonsense",
        "resume-review review --nonsense x.pdf",
        "resume-review extract",
        "nonsense --help",
    ],
)
def test_command_that_does_not_exist_is_found(plant: Callable[[str, str], Path], command: str) -> None:
    path = plant("page.md", f"# Page\n\n```sh\n{command}\n```\n")

    assert [fault(found, block=block) for found, block in commands(path.read_text())] != [None]


def broken_links(path: Path) -> list[str]:
    text = FENCED.sub("", path.read_text())
    found = [first or second for first, second in LINK.findall(text)]
    relative = [
        link.partition("#")[0] for link in found if "://" not in link and not link.startswith("mailto:")
    ]
    return [link for link in relative if link and not (path.parent / unquote(link)).exists()]


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files_that_exist(path: Path) -> None:
    assert broken_links(path) == []


def test_a_link_to_nothing_is_found(plant: Callable[[str, str], Path]) -> None:
    path = plant("page.md", "# Page\n\n[there](page.md#page), [not there](gone.md), `[code](x.md)`\n")

    assert broken_links(path) == ["gone.md"]
