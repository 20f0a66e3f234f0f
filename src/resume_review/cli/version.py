"""`resume-review version`."""

import sys
from collections.abc import Sequence
from importlib.metadata import version

from resume_review.cli.parsing import Parser


def program_version() -> str:
    """The version of the installed package."""
    return version("resume-review")


def run(arguments: Sequence[str]) -> int:
    """Print the version of the installed package."""
    Parser("resume-review version", description="Print the version.").parse_args(arguments)
    sys.stdout.write(f"resume-review {program_version()}\n")
    return 0
