"""The entry point `resume-review`: finds the command, runs it and turns its failures into one line and a code."""

import difflib
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from resume_review.cli.parsing import CommandError

PROGRAM = "resume-review"

EXIT_OK = 0
EXIT_UNUSABLE = 2
EXIT_INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command lives: `module` has `run(arguments) -> exit code` and is imported only when it is asked for."""

    module: str
    summary: str


# One line adds a command; its module costs nothing to the others.
COMMANDS = {
    "review": Command("resume_review.cli.review", "review resumes: scores, findings and what to mend first"),
    "extract": Command("resume_review.cli.extract", "show what a tracking system reads in a resume"),
    "rules": Command("resume_review.cli.rules", "show what is checked and why"),
    "packs": Command("resume_review.cli.packs", "show what each industry looks for, check your own pack"),
    "prompts": Command("resume_review.cli.prompts", "show what models are told, check a prompt of your own"),
    "evaluate": Command(
        "resume_review.cli.evaluate", "try a model on invented resumes before it judges real ones"
    ),
    "replay": Command("resume_review.cli.replay", "repeat a stored review and explain every difference"),
    "serve": Command("resume_review.cli.serve", "start the server"),
    "worker": Command("resume_review.cli.worker", "do the jobs that a server has queued"),
    "ai": Command("resume_review.cli.ai", "judge for other machines: the models as a service"),
    "admin": Command("resume_review.cli.admin", "create accounts and reset passwords"),
    "db": Command("resume_review.cli.db", "show or upgrade the database schema"),
    "backup": Command("resume_review.cli.backup", "save everything into one archive, or check one"),
    "restore": Command("resume_review.cli.restore", "put a backup back"),
    "storage": Command("resume_review.cli.storage", "seal stored files with the newest key"),
    "doctor": Command("resume_review.cli.doctor", "show the settings and try each part"),
    "version": Command("resume_review.cli.version", "print the version"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when all went well, 1 when a review stays under the bar, 2 when something could not be read or the
        command was wrong.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _dispatch(given)
    except CommandError as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)  # noqa: T201 - the one place that reports a failed command
        return EXIT_UNUSABLE
    except BrokenPipeError:
        # The reader (head, less) has gone; without this Python complains once more while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def _dispatch(given: list[str]) -> int:
    if not given or given[0] in {"-h", "--help", "help"}:
        sys.stdout.write(_help())
        return EXIT_OK if given else EXIT_UNUSABLE
    name, rest = given[0], given[1:]
    if name in {"-V", "--version"}:
        name = "version"
    command = COMMANDS.get(name)
    if command is None:
        raise CommandError(_unknown(name))
    run = cast("Callable[[Sequence[str]], int]", importlib.import_module(command.module).run)
    try:
        code = run(rest)
        sys.stdout.flush()
    except SystemExit as stop:  # argparse leaves this way after printing the help
        return stop.code if isinstance(stop.code, int) else EXIT_OK
    return code


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            f"usage: {PROGRAM} COMMAND [OPTIONS]",
            "",
            "Reads resumes the way a tracking system does and reviews them.",
            "",
            "commands:",
            *lines,
            "",
            f"See `{PROGRAM} COMMAND --help` for the options of a command.",
            "",
        ]
    )


def _unknown(name: str) -> str:
    close = difflib.get_close_matches(name, COMMANDS, n=1)
    if close:
        return f"there is no command {name!r}; did you mean {close[0]!r}?"
    if os.path.exists(name):  # noqa: PTH110 - keeps pathlib out of the start of every command
        return f"there is no command {name!r}; to review the file: {PROGRAM} review {name}"
    return f"there is no command {name!r}; the commands are {', '.join(COMMANDS)}"


if __name__ == "__main__":
    sys.exit(main())
