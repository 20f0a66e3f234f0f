"""Where a command's answer goes: to standard output piece by piece, or into a file in one step."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from resume_review.cli.files import store


def emit(pieces: Iterable[bytes], output: Path | None) -> None:
    """Write the pieces as they come, or all of them into the file once the last is there."""
    if output is not None:
        content = b"".join(pieces)
        if content:
            store(output, content)
        return
    for piece in pieces:
        sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()


def warn(line: str) -> None:
    """One line on standard error about one file."""
    print(f"resume-review: {line}", file=sys.stderr)  # noqa: T201 - the command line speaks here


def as_json(items: Sequence[object], *, single: bool) -> bytes:
    """The item itself for one file, an array for several, indented."""
    if single and not items:
        return b""
    return msgspec.json.format(msgspec.json.encode(items[0] if single else items), indent=2) + b"\n"


def as_line(item: object) -> bytes:
    """One line of JSON."""
    return msgspec.json.encode(item) + b"\n"
