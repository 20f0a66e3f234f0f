"""The pages of a reviewed file as pictures, drawn in a child process: a file that crashes the drawing costs no report."""

import os
import select
import signal
import sys
import time
from pathlib import Path
from typing import NoReturn

import msgspec

from resume_review.cli.files import load
from resume_review.cli.output import warn
from resume_review.cli.parsing import CommandError
from resume_review.documents import Document

SECONDS = 20.0
MEMORY = 1 << 30
_CHUNK = 1 << 20


def images_of(path: Path, document: Document) -> dict[int, str]:
    """Data addresses of the pages by number; empty for formats without pages, and where drawing fails."""
    if not document.pages or not document.pages[0].width:
        return {}
    try:
        data = load(path)
    except CommandError as error:  # it was there a moment ago
        warn(str(error))
        return {}
    if sys.platform == "win32":
        return _drawn(data, document)
    answer = _in_a_child(data, document)
    if answer is None:
        warn(f"{path}: its pages could not be drawn; the report shows their text instead")
        return {}
    return msgspec.msgpack.decode(answer, type=dict[int, str])


def _drawn(data: bytes, document: Document) -> dict[int, str]:
    from resume_review.cli.debug.pictures import page_pictures  # noqa: PLC0415 - drawing costs 60 ms to load

    return page_pictures(data, document)


def _in_a_child(data: bytes, document: Document) -> bytes | None:
    receiver, sender = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        os.close(receiver)
        _work(data, document, sender)
    os.close(sender)
    answer = _received(receiver)
    if answer is None:
        os.kill(pid, signal.SIGKILL)
    _, code = os.waitpid(pid, 0)
    return answer if os.waitstatus_to_exitcode(code) == 0 else None


def _received(receiver: int) -> bytes | None:
    """All that the child says, or null when it says nothing more in time."""
    deadline = time.monotonic() + SECONDS
    parts: list[bytes] = []
    with os.fdopen(receiver, "rb", buffering=0) as pipe:
        while select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
            part = pipe.read(_CHUNK)
            if not part:
                return b"".join(parts)
            parts.append(part)
    return None


def _work(data: bytes, document: Document, sender: int) -> NoReturn:
    """The life of the child: never returns into the code that forked it."""
    import resource  # noqa: PLC0415 - exists on Unix only

    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        answer = msgspec.msgpack.encode(_drawn(data, document))
        with os.fdopen(sender, "wb") as pipe:
            pipe.write(answer)
        code = 0
    finally:
        # The parent reads the exit code; a traceback could hold words of the resume.
        os._exit(code)
