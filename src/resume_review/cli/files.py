"""Files named on the command line: read with a clear complaint, written whole or not at all."""

import os
import tempfile
from pathlib import Path

from resume_review.cli.parsing import CommandError

MOST_MEGABYTES = 200
"""Files above this are not even loaded; the reader has a lower limit and a fuller answer."""


def load(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        CommandError: Missing, a folder, not a regular file, far too large or not allowed to be read.
    """
    try:
        if path.is_dir():
            raise CommandError(f"{path}: this is a folder; name the files in it, for example {path}/*.pdf")
        if path.exists() and not path.is_file():
            raise CommandError(f"{path}: this is not a regular file; save the resume to disk first")
        megabytes = path.stat().st_size // 1_000_000
        if megabytes > MOST_MEGABYTES:
            raise CommandError(
                f"{path}: {megabytes:,} MB is too large for a resume; export it again without pictures"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise CommandError(f"{path}: there is no such file; check the name and the folder") from None
    except PermissionError:
        raise CommandError(f"{path}: you may not read this file; change its permissions first") from None
    except OSError as error:
        raise CommandError(f"{path}: cannot be read: {error.strerror}") from None


def store(path: Path, content: bytes) -> None:
    """Put the content in place in one step, so that no half-written file is ever seen.

    Raises:
        CommandError: The folder is missing or cannot be written to.
    """
    target = path.resolve()
    if target.is_dir():
        raise CommandError(f"{path}: this is a folder; give --output a file name")
    if target.exists() and not target.is_file():
        _write_through(target, content)
        return
    try:
        handle, draft = tempfile.mkstemp(prefix=f".{target.name[:60]}.", dir=target.parent)
    except FileNotFoundError:
        raise CommandError(f"{path}: its folder does not exist; create {path.parent} first") from None
    except OSError as error:
        raise CommandError(f"{path}: cannot be written: {error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).chmod(_mode(target))
        Path(draft).replace(target)
    except OSError as error:
        Path(draft).unlink(missing_ok=True)
        raise CommandError(f"{path}: cannot be written: {error.strerror}") from None


def _write_through(device: Path, content: bytes) -> None:
    """A pipe or `/dev/stdout` cannot be replaced, only written to."""
    try:
        device.write_bytes(content)
    except OSError as error:
        raise CommandError(f"{device}: cannot be written: {error.strerror}") from None


def _mode(target: Path) -> int:
    """What the file has already, or what a new file would get: `mkstemp` makes private files."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
