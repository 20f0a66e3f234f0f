"""The process in which files are parsed: `python -m resume_review.documents.child`.

It reads requests from its standard input and answers on its standard output until the input ends. Its memory,
the files it may write (none) and its core dumps are limited by the operating system.
"""

import os
import sys
from collections.abc import Callable
from typing import BinaryIO

import msgspec

from resume_review.documents.frames import MORE_TIME, Request, read_frame, write_frame
from resume_review.documents.limits import Limits
from resume_review.documents.model import Document
from resume_review.documents.patience import listen
from resume_review.documents.pipeline import extract

Read = Callable[[bytes, str, Limits], Document]
MOST_REQUEST = 1 << 30


def limit_process(memory_bytes: int) -> None:
    """Bound what this process may use; where the system knows no such limits, time alone protects."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    _lower(resource.RLIMIT_AS, memory_bytes)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)


def _lower(kind: int, value: int) -> None:
    import resource  # noqa: PLC0415 - not on every system

    _, hard = resource.getrlimit(kind)
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (bound, bound))


def serve(source: BinaryIO, sink: BinaryIO, *, read: Read = extract) -> None:
    """Answer requests until the input ends."""
    decoder = msgspec.msgpack.Decoder(Request)
    while (frame := read_frame(source, most=MOST_REQUEST)) is not None:
        request = decoder.decode(frame)
        document = read(request.data, request.filename, request.limits)
        write_frame(sink, msgspec.msgpack.encode(document))


def main(*, read: Read = extract) -> None:
    """Run as a child process; the first argument is the memory limit in bytes."""
    if len(sys.argv) > 1:
        limit_process(int(sys.argv[1]))
    # Libraries in C may write to standard output: give them another one.
    private = os.dup(1)
    os.dup2(2, 1)
    with os.fdopen(private, "wb") as sink:
        listen(lambda: write_frame(sink, MORE_TIME))
        serve(sys.stdin.buffer, sink, read=read)


if __name__ == "__main__":
    main()
