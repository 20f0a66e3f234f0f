"""`resume-review extract`: what a tracking system reads in a resume."""

import argparse
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from resume_review.cli.files import load
from resume_review.cli.jsonresume import json_resume
from resume_review.cli.output import as_json, as_line, emit, warn
from resume_review.cli.parsing import CommandError, Parser, choice
from resume_review.cli.reading import read_files
from resume_review.documents import Document, Status

_DESCRIPTION = """Show what a tracking system reads in a resume: text, places, sections, facts, and what was hidden.
PDF, DOCX, TXT, MD, RTF, ODT and HTML are read; the content decides the kind, not the name."""
_EPILOG = """A refused file still has its entry. Exit code: 0 all were read, 2 one could not be.

examples:
  resume-review extract resume.pdf
  resume-review extract --format jsonl resumes/*.pdf > resumes.jsonl"""


class Format(StrEnum):
    """How Documents are printed."""

    JSON = "json"
    JSONL = "jsonl"
    TEXT = "text"
    JSONRESUME = "jsonresume"
    HTML = "html"


class _Tally:
    """Whether every file was read."""

    def __init__(self) -> None:
        self.all_read = True

    def documents(self, paths: Sequence[Path]) -> Iterator[Document]:
        """The Documents in order; says on standard error which file is refused and why."""
        for outcome in read_files(paths):
            if outcome.document is None:
                self.all_read = False
                warn(outcome.problem or f"{outcome.path}: cannot be read")
                continue
            if outcome.document.status is not Status.OK:
                self.all_read = False
                warn(f"{outcome.path}: {outcome.document.message}")
            yield outcome.document


def run(arguments: Sequence[str]) -> int:
    """Extract the files named in the arguments."""
    options = _parser().parse_args(arguments)
    paths: list[Path] = options.files
    tally = _Tally()
    documents = tally.documents(paths)
    emit(_rendered(documents, options.format, paths), options.output)
    return 0 if tally.all_read else 2


def _parser() -> argparse.ArgumentParser:
    parser = Parser("resume-review extract", description=_DESCRIPTION, epilog=_EPILOG)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--format",
        type=choice(Format),
        default=Format.JSON,
        metavar="FORMAT",
        help="json (default; an array for several files), jsonl (one line a file), text, jsonresume, or html: "
        "the pages with everything that was read drawn on them",
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write here instead of to standard output"
    )
    return parser


def _rendered(documents: Iterable[Document], form: Format, paths: Sequence[Path]) -> Iterator[bytes]:
    single = len(paths) == 1
    match form:
        case Format.JSON:
            yield as_json(list(documents), single=single)
        case Format.JSONL:
            for document in documents:
                yield as_line(document)
        case Format.JSONRESUME:
            yield as_json([json_resume(document) for document in documents], single=single)
        case Format.HTML:
            yield _view(documents, paths)
        case Format.TEXT:
            for document in documents:
                heading = "" if single else f"==> {document.source.filename} <==\n"
                yield f"{heading}{document.text}\n".encode()


def _view(documents: Iterable[Document], paths: Sequence[Path]) -> bytes:
    # A template engine and a drawing library, which no other format needs.
    from resume_review.cli.debug import pictures, view  # noqa: PLC0415

    files = {hashlib.sha256(data).hexdigest(): data for data in map(_bytes, paths)}
    drawn = [
        (document, pictures.page_pictures(files[document.source.sha256], document)) for document in documents
    ]
    return view.page(drawn).encode() if drawn else b""


def _bytes(path: Path) -> bytes:
    try:
        return load(path)
    except CommandError:
        return b""  # said already, by the reader of this file
